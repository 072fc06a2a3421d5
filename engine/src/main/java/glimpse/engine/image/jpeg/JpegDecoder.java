package glimpse.engine.image.jpeg;

import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
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
 *
 * <p>Memory is three bytes per pixel, the result, and that of a few rows, however many scans there are.
 */
public final class JpegDecoder {
    private final JpegStructure structure;
    private final JpegFrame frame;

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
        List<JpegPlane> planes = frame.components().stream()
                .map(component -> JpegPlane.of(frame, component))
                .toList();
        JpegScan first = structure.scans().getFirst();
        boolean oneScan = !frame.progressive()
                && first.channels().size() == frame.components().size();
        JpegRows rows = oneScan ? new JpegOneScan(structure, planes) : JpegScans.of(structure, planes);
        byte[] rgb = new byte[frame.width() * frame.height() * 3];
        byte[][] upsampled = new byte[planes.size()][frame.unitsAcross() * frame.maxHorizontal() * JpegFrame.BLOCK];
        for (int row = 0; row < frame.unitsDown(); row++) {
            rows.decode(row);
            if (row > 0) {
                convert(row - 1, planes, upsampled, rgb); // upsampling looks at the next row's first samples
            }
        }
        convert(frame.unitsDown() - 1, planes, upsampled, rgb);
        rows.finish();
        return rgb;
    }

    /** Upsamples an MCU row and converts it to RGB. */
    private void convert(int unitRow, List<JpegPlane> planes, byte[][] upsampled, byte[] rgb) {
        int maxHorizontal = frame.maxHorizontal();
        int maxVertical = frame.maxVertical();
        int rows = maxVertical * JpegFrame.BLOCK;
        int end = Math.min((unitRow + 1) * rows, frame.height());
        JpegColour colour = structure.colour();
        for (int y = unitRow * rows; y < end; y++) {
            for (JpegFrame.Component component : frame.components()) {
                JpegPlane plane = planes.get(component.index());
                int across = maxHorizontal / component.horizontal();
                int down = maxVertical / component.vertical();
                JpegUpsampling.of(across, down, plane.width())
                        .row(plane, across, down, y, upsampled[component.index()]);
            }
            colour.toRgb(upsampled, frame.width(), rgb, y * frame.width() * 3);
        }
    }
}
