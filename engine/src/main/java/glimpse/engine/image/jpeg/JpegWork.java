package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;
import java.util.List;

/**
 * Bounds the cost of decoding before anything is allocated: a few bytes of pixel data can neither declare a huge image
 * nor make the decoder pass over it hundreds of times.
 */
final class JpegWork {
    /** Real files have about ten. */
    private static final int MAX_SCANS = 256;

    /** Cost of visiting a block, in coefficients. */
    private static final int BLOCK_COST = 4;

    /** Ten visits to every coefficient; real files need fewer than four. */
    private static final long COST_PER_BLOCK = 10L * JpegFrame.BLOCK_SIZE;

    /** Always allowed, however small the image: less than 0.1 s. */
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
            // a block takes at least one bit
            if (blocks(frame, component) > Byte.SIZE * bytes) {
                throw new ImageFormatException("corrupt JPEG: declares " + frame.width() + " x " + frame.height()
                        + " pixels, more than its " + bytes + " bytes of pixel data can hold");
            }
        }
        if (cost > FREE_COST + COST_PER_BLOCK * blocks) {
            throw new ImageFormatException("a JPEG of " + scans.size() + " scans over " + frame.width() + " x "
                    + frame.height() + " pixels, too much work for an image of this size");
        }
    }

    private static long blocks(JpegFrame frame, JpegFrame.Component component) {
        return (long) frame.blocksAcross(component) * frame.blocksDown(component);
    }
}
