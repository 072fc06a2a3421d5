package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes an image of several scans. All of them are read side by side, an MCU row at a time, so that the coefficients
 * of a few MCU rows are in memory rather than those of the whole image: a scan depends on what earlier scans say about
 * the same blocks, and on nothing else.
 */
final class JpegScans implements JpegRows {
    private static final int NEIGHBOURS = 2; // MCU rows above and below that smoothing looks at

    private final JpegFrame frame;
    private final JpegStructure structure;
    private final List<JpegPlane> planes;
    private final Optional<JpegSmoothing> smoothing;
    private final List<JpegBlocks> blocks = new ArrayList<>(); // by component
    private final List<JpegScanReader> readers = new ArrayList<>();
    private final JpegTransform transform = new JpegTransform();
    private final short[] smooth = new short[JpegFrame.BLOCK_SIZE];
    private int rowsRead; // of MCUs

    private JpegScans(JpegStructure structure, List<JpegPlane> planes, Optional<JpegSmoothing> smoothing) {
        this.frame = structure.frame();
        this.structure = structure;
        this.planes = planes;
        this.smoothing = smoothing;
        int unitRows = smoothing.isPresent() ? 2 * NEIGHBOURS + 1 : 1;
        for (JpegFrame.Component component : frame.components()) {
            blocks.add(JpegBlocks.of(frame, component, unitRows));
        }
        for (JpegScan scan : structure.scans()) {
            readers.add(reader(scan));
        }
    }

    /**
     * Prepares decoding.
     *
     * @param planes receive the samples, by component
     */
    static JpegScans of(JpegStructure structure, List<JpegPlane> planes) {
        JpegScans scans = new JpegScans(structure, planes, Optional.empty());
        if (!JpegSmoothing.applies(structure)) {
            return scans;
        }
        // how far the last scan has bits, which smoothing depends on, is known only at its end
        for (int row = 0; row < scans.frame.unitsDown(); row++) {
            scans.read(row);
        }
        JpegSmoothing smoothing =
                JpegSmoothing.of(structure, scans.readers.getLast().lastGoodRow());
        return new JpegScans(structure, planes, Optional.of(smoothing));
    }

    private JpegScanReader reader(JpegScan scan) {
        JpegBlocks[] targets = scan.channels().stream()
                .map(channel -> blocks.get(channel.component().index()))
                .toArray(JpegBlocks[]::new);
        JpegBlockCode code = JpegBlockCode.of(scan, frame.progressive());
        return new JpegScanReader(structure.file(), frame, scan, code, (in, channel, row, column) -> {
            JpegBlocks target = targets[channel];
            code.decode(in, channel, target.coefficients(), target.index(row, column));
        });
    }

    @Override
    public void decode(int unitRow) {
        int end = smoothing.isPresent() ? Math.min(unitRow + NEIGHBOURS + 1, frame.unitsDown()) : unitRow + 1;
        while (rowsRead < end) {
            read(rowsRead++);
        }
        for (JpegFrame.Component component : frame.components()) {
            int first = unitRow * component.vertical();
            int endRow = Math.min(first + component.vertical(), frame.blocksDown(component));
            for (int row = first; row < endRow; row++) {
                transform(component, row);
            }
        }
    }

    private void read(int unitRow) {
        for (JpegFrame.Component component : frame.components()) {
            for (int row = 0; row < component.vertical(); row++) {
                blocks.get(component.index()).clear(unitRow * component.vertical() + row);
            }
        }
        for (JpegScanReader reader : readers) {
            reader.read(unitRow);
        }
    }

    private void transform(JpegFrame.Component component, int row) {
        JpegPlane plane = planes.get(component.index());
        JpegBlocks from = blocks.get(component.index());
        short[] coefficients = from.coefficients();
        short[] quantisation = structure.quantisation(component);
        int across = frame.blocksAcross(component);
        for (int column = 0; column < across; column++) {
            int block = from.index(row, column);
            int at = plane.block(row, column);
            if (smoothing.isPresent()) {
                System.arraycopy(coefficients, block, smooth, 0, smooth.length);
                smoothing.get().smooth(component, from, quantisation, row, column, smooth);
                transform.inverse(smooth, 0, quantisation, plane.samples(), at, plane.stride());
            } else {
                transform.inverse(coefficients, block, quantisation, plane.samples(), at, plane.stride());
            }
        }
    }

    @Override
    public void finish() throws ImageFormatException {
        for (JpegScanReader reader : readers) {
            reader.finish();
        }
    }
}
