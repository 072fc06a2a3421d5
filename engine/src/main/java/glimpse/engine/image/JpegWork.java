package glimpse.engine.image;

import java.util.List;

/**
 * What decoding costs, bounded by what the scans have before anything is allocated: a few bytes can neither claim a huge
 * image nor make a decoder walk it over and over.
 */
final class JpegWork {
    /** Real files have about ten. */
    private static final int MAX_SCANS = 256;

    /** The cost of walking past a block, in coefficients looked at. */
    private static final int BLOCK_COST = 4;

    /** Ten times every coefficient: the most thorough encoders stay under four. */
    private static final long COST_PER_BLOCK = 10L * JpegFrame.BLOCK_SIZE;

    /** Under a tenth of a second, however small the image. */
    private static final long FREE_COST = 1 << 26;

    private JpegWork() {}

    static void require(JpegFrame frame, List<JpegScan> scans) throws ImageFormatException {
        if (scans.size() > MAX_SCANS) {
            throw new ImageFormatException("a JPEG of " + scans.size() + " scans, expected at most " + MAX_SCANS);
        }
        long bytes = 0;
        long cost = 0;
        for (JpegScan scan : scans) {
            bytes += scan.end() - scan.start();
            int perBlock = BLOCK_COST + (scan.high() == 0 ? 0 : scan.to() - scan.from() + 1);
            for (JpegScan.Channel channel : scan.channels()) {
                cost += perBlock * blocks(frame, channel.component());
            }
        }
        long blocks = 0;
        for (JpegFrame.Component component : frame.components()) {
            blocks += blocks(frame, component);
            // a block takes at least a bit
            if (blocks(frame, component) > Byte.SIZE * bytes) {
                throw new ImageFormatException("corrupt JPEG: declares " + frame.width() + " x " + frame.height()
                        + " pixels, more than its " + bytes + " bytes of pixel data can hold");
            }
        }
        if (cost > FREE_COST + COST_PER_BLOCK * blocks) {
            throw new ImageFormatException("a JPEG of " + scans.size() + " scans over " + frame.width() + " x "
                    + frame.height() + " pixels, more work than an image is worth");
        }
    }

    private static long blocks(JpegFrame frame, JpegFrame.Component component) {
        return (long) frame.blocksAcross(component) * frame.blocksDown(component);
    }
}
