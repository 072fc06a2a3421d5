package glimpse.evaluation.plan;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.plan.FileFormat.Encoded;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A progressive JPEG that can be cut after each of its scans: with an end marker, the scans so far are a file.
 * Immutable.
 */
public final class JpegScans {
    /** The most scans of a file: those of the usual script for colour; a grey one has six. */
    public static final int MAX_SCANS = 10;

    private static final int MARKER = 0xff;
    private static final int MARKER_BYTES = 2;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;

    private final PixelPatches whole;
    private final byte[] file;
    private final List<Integer> ends; // of the scans, in the file

    private JpegScans(PixelPatches whole, byte[] file) {
        this.whole = whole;
        this.file = file;
        this.ends = ends(file);
    }

    /**
     * Encodes an image.
     *
     * @param whole all patches of a square image
     * @param quality 1..100, on the scale of the Independent JPEG Group
     */
    public static JpegScans encode(PixelPatches whole, int quality) {
        BufferedImage image = PatchAssembler.buffered(whole);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream to = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality / 100f);
            settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(to);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // written to memory only
        } finally {
            writer.dispose();
        }
        return new JpegScans(whole, file.toByteArray());
    }

    /** Finds where each scan's compressed data ends. */
    private static List<Integer> ends(byte[] file) {
        List<Integer> ends = new ArrayList<>();
        int at = 2; // behind the start marker
        while ((file[at + 1] & 0xff) != END_OF_IMAGE) {
            boolean scan = (file[at + 1] & 0xff) == START_OF_SCAN;
            at += 2 + (((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
            if (scan) {
                while (!isMarker(file, at)) {
                    at++;
                }
                ends.add(at);
            }
        }
        return ends;
    }

    /** Returns whether compressed data ends here. */
    private static boolean isMarker(byte[] file, int at) {
        int next = file[at + 1] & 0xff;
        return (file[at] & 0xff) == MARKER && next != 0 && !(next >= FIRST_RESTART && next <= LAST_RESTART);
    }

    /** Returns the number of scans. */
    public int scans() {
        return ends.size();
    }

    /** Returns the length of the file that the first scans are, at least one; all if there are fewer. */
    public int bytes(int scans) {
        return end(scans) + MARKER_BYTES;
    }

    private int end(int scans) {
        return ends.get(Math.min(scans, ends.size()) - 1);
    }

    /** Returns the first scans as a file, at least one; all if there are fewer. */
    public Encoded first(int scans) {
        int end = end(scans);
        byte[] cut = Arrays.copyOf(file, end + MARKER_BYTES);
        cut[end] = (byte) MARKER;
        cut[end + 1] = (byte) END_OF_IMAGE;
        try {
            return new Encoded(cut.length, PixelPatches.cut(RgbImage.decode(cut), whole.patchSize(), whole.channels()));
        } catch (ImageFormatException e) {
            throw new IllegalStateException("a JPEG that was just written can't be read", e);
        }
    }
}
