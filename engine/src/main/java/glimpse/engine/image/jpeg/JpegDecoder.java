package glimpse.engine.image.jpeg;

import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes a JPEG byte for byte as libjpeg-turbo does, including damaged data: missing bits are zeros, unknown codes are
 * symbol 0, and blocks behind a lost restart marker stay grey or, in a progressive image, coarse. Files that libjpeg
 * rejects are rejected, as are those without an end marker and those whose pixel data can't hold the declared size.
 *
 * <p>The JDK's reader is not used: when it warns of damage, it allocates inside a JNI critical region, which can freeze
 * the virtual machine with the serial and the parallel collector (JDK-8375188). Its upsampling also differs between
 * vendors.
 */
public final class JpegDecoder {
    private final JpegStructure structure;
    private final JpegFrame frame;
    private final JpegTransform transform = new JpegTransform();

    private JpegDecoder(JpegStructure structure) {
        this.structure = structure;
        this.frame = structure.frame();
    }

    /** Returns whether a file begins as a JPEG does. */
    public static boolean matches(byte[] file) {
        return JpegStructure.matches(file);
    }

    /**
     * Reads the structure of a file that {@link #matches}.
     *
     * @throws ImageFormatException saying what is wrong with it, or that it exceeds the options' limit
     */
    public static JpegDecoder of(byte[] file, DecodeOptions options) throws ImageFormatException {
        return new JpegDecoder(JpegStructure.parse(file, options));
    }

    /** Returns the number of pixels in a row. */
    public int width() {
        return frame.width();
    }

    /** Returns the number of rows. */
    public int height() {
        return frame.height();
    }

    /** Returns where the EXIF data lies in the file, if there is any. */
    public Optional<ExifRange> exif() {
        return structure.exif();
    }

    /**
     * Decodes the pixels.
     *
     * @return {@code [height][width][3]}, as stored, whatever the EXIF orientation says
     * @throws ImageFormatException saying what is wrong with the pixel data
     */
    public byte[] decode() throws ImageFormatException {
        JpegScan first = structure.scans().getFirst();
        boolean oneScan = !frame.progressive()
                && first.channels().size() == frame.components().size();
        return rgb(oneScan ? planesOfScan(first) : planesOfScans());
    }

    /** Decodes and transforms block by block. */
    private List<JpegPlane> planesOfScan(JpegScan scan) throws ImageFormatException {
        List<JpegPlane> planes = frame.components().stream()
                .map(component -> JpegPlane.of(frame, component))
                .toList();
        JpegPlane[] targets = scan.channels().stream()
                .map(channel -> planes.get(channel.component().index()))
                .toArray(JpegPlane[]::new);
        short[][] quantisation = scan.channels().stream()
                .map(channel -> structure.quantisation(channel.component()))
                .toArray(short[][]::new);
        JpegSequentialCode code = new JpegSequentialCode(scan);
        short[] block = new short[JpegFrame.BLOCK_SIZE];
        JpegScanReader.read(structure.file(), frame, scan, code, (in, channel, row, column) -> {
            JpegPlane plane = targets[channel];
            int at = JpegFrame.BLOCK * (row * plane.stride() + column);
            int last = code.decodeToLast(in, channel, block, 0);
            if (last == 0) {
                JpegTransform.inverseDc(block[0], quantisation[channel], plane.samples(), at, plane.stride());
            } else {
                transform.inverse(block, 0, quantisation[channel], plane.samples(), at, plane.stride());
                Arrays.fill(block, (short) 0);
            }
        });
        return planes;
    }

    /** Collects the coefficients of all scans, then transforms them. */
    private List<JpegPlane> planesOfScans() throws ImageFormatException {
        List<JpegFrame.Component> components = frame.components();
        short[][] coefficients = new short[components.size()][]; // [component][blocks][64]
        for (JpegFrame.Component component : components) {
            coefficients[component.index()] = new short
                    [frame.storedBlocksAcross(component) * frame.storedBlocksDown(component) * JpegFrame.BLOCK_SIZE];
        }
        int lastGoodRow = 0;
        for (JpegScan scan : structure.scans()) {
            lastGoodRow = readInto(coefficients, scan);
        }
        Optional<JpegSmoothing> smoothing = JpegSmoothing.of(structure, lastGoodRow);
        List<JpegPlane> planes = new ArrayList<>();
        for (JpegFrame.Component component : components) {
            planes.add(transformed(component, coefficients[component.index()], smoothing));
            coefficients[component.index()] = new short[0]; // free it before the next plane is allocated
        }
        return planes;
    }

    /** Decodes a scan and returns the last MCU row for which it had bits. */
    private int readInto(short[][] coefficients, JpegScan scan) throws ImageFormatException {
        short[][] targets = scan.channels().stream()
                .map(channel -> coefficients[channel.component().index()])
                .toArray(short[][]::new);
        int[] strides = scan.channels().stream()
                .mapToInt(channel -> frame.storedBlocksAcross(channel.component()))
                .toArray();
        JpegBlockCode code = JpegBlockCode.of(scan, frame.progressive());
        return JpegScanReader.read(
                structure.file(),
                frame,
                scan,
                code,
                (in, channel, row, column) -> code.decode(
                        in, channel, targets[channel], (row * strides[channel] + column) * JpegFrame.BLOCK_SIZE));
    }

    private JpegPlane transformed(
            JpegFrame.Component component, short[] coefficients, Optional<JpegSmoothing> smoothing) {
        JpegPlane plane = JpegPlane.of(frame, component);
        short[] quantisation = structure.quantisation(component);
        int across = frame.storedBlocksAcross(component);
        short[] smooth = new short[JpegFrame.BLOCK_SIZE];
        for (int row = 0; row < frame.blocksDown(component); row++) {
            for (int column = 0; column < frame.blocksAcross(component); column++) {
                int block = (row * across + column) * JpegFrame.BLOCK_SIZE;
                int at = JpegFrame.BLOCK * (row * plane.stride() + column);
                if (smoothing.isPresent()) {
                    System.arraycopy(coefficients, block, smooth, 0, smooth.length);
                    smoothing.get().smooth(component, coefficients, quantisation, row, column, smooth);
                    transform.inverse(smooth, 0, quantisation, plane.samples(), at, plane.stride());
                } else {
                    transform.inverse(coefficients, block, quantisation, plane.samples(), at, plane.stride());
                }
            }
        }
        return plane;
    }

    private byte[] rgb(List<JpegPlane> planes) {
        int width = frame.width();
        int height = frame.height();
        JpegColour colour = structure.colour();
        byte[] rgb = new byte[width * height * 3];
        byte[][] rows = new byte[planes.size()][frame.unitsAcross() * frame.maxHorizontal() * JpegFrame.BLOCK];
        for (int y = 0; y < height; y++) {
            for (JpegFrame.Component component : frame.components()) {
                JpegPlane plane = planes.get(component.index());
                int across = frame.maxHorizontal() / component.horizontal();
                int down = frame.maxVertical() / component.vertical();
                JpegUpsampling.of(across, down, plane.width()).row(plane, across, down, y, rows[component.index()]);
            }
            colour.toRgb(rows, width, rgb, y * width * 3);
        }
        return rgb;
    }
}
