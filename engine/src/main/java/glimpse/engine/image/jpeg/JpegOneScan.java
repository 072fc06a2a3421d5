package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;
import java.util.Arrays;
import java.util.List;

/** Decodes an image whose only scan codes everything: each block is transformed as soon as it is read. */
final class JpegOneScan implements JpegRows {
    private final JpegFrame frame;
    private final List<JpegPlane> planes;
    private final JpegScanReader reader;
    private final JpegSequentialCode code;
    private final JpegPlane[] targets; // [channel]
    private final short[][] quantisation; // [channel][64]
    private final JpegTransform transform = new JpegTransform();
    private final short[] block = new short[JpegFrame.BLOCK_SIZE];

    /**
     * Prepares decoding.
     *
     * @param planes receive the samples, by component
     */
    JpegOneScan(JpegStructure structure, List<JpegPlane> planes) {
        JpegScan scan = structure.scans().getFirst();
        this.frame = structure.frame();
        this.planes = planes;
        this.targets = scan.channels().stream()
                .map(channel -> planes.get(channel.component().index()))
                .toArray(JpegPlane[]::new);
        this.quantisation = scan.channels().stream()
                .map(channel -> structure.quantisation(channel.component()))
                .toArray(short[][]::new);
        this.code = new JpegSequentialCode(scan);
        this.reader = new JpegScanReader(structure.file(), frame, scan, code, this::block);
    }

    private void block(JpegBitReader in, int channel, int row, int column) {
        JpegPlane plane = targets[channel];
        int at = plane.block(row, column);
        int last = code.decodeToLast(in, channel, block, 0);
        if (last == 0) {
            JpegTransform.inverseDc(block[0], quantisation[channel], plane.samples(), at, plane.stride());
        } else {
            transform.inverse(block, 0, quantisation[channel], plane.samples(), at, plane.stride());
            Arrays.fill(block, (short) 0);
        }
    }

    @Override
    public void decode(int unitRow) {
        for (JpegFrame.Component component : frame.components()) {
            for (int row = 0; row < component.vertical(); row++) {
                planes.get(component.index()).clear(unitRow * component.vertical() + row);
            }
        }
        reader.read(unitRow);
    }

    @Override
    public void finish() throws ImageFormatException {
        reader.finish();
    }
}
