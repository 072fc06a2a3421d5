package glimpse.engine.image.jpeg;

import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JPEG file's segments (ITU-T T.81, annex B), checked: its frame, scans and tables, its colour space and its
 * orientation. What libjpeg rejects is rejected here, and what it skips, such as stray bytes between segments, is
 * skipped.
 */
final class JpegStructure {
    private static final int TEM = 0x01;
    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DNL = 0xdc;
    private static final int DRI = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;

    private static final String EXIF = "Exif\0\0";

    private final byte[] file;
    private final DecodeOptions options;
    private final JpegTables tables;
    private final List<JpegScan> scans = new ArrayList<>();
    private final Map<JpegFrame.Component, short[]> quantisation = new HashMap<>(); // as of the component's first scan
    private Optional<JpegFrame> frame = Optional.empty();
    private int at;
    private boolean jfif;
    private int adobeTransform = -1; // -1: no Adobe segment
    private Optional<ExifRange> exif = Optional.empty();

    private JpegStructure(byte[] file, DecodeOptions options) {
        this.file = file;
        this.options = options;
        this.tables = new JpegTables(file);
    }

    static boolean matches(byte[] file) {
        return file.length >= 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == SOI && (file[2] & 0xff) == 0xff;
    }

    /** Parses a file that {@link #matches}. */
    static JpegStructure parse(byte[] file, DecodeOptions options) throws ImageFormatException {
        JpegStructure structure = new JpegStructure(file, options);
        structure.readSegments();
        JpegWork.require(structure.frame(), structure.scans);
        return structure;
    }

    byte[] file() {
        return file;
    }

    JpegFrame frame() {
        return frame.orElseThrow();
    }

    List<JpegScan> scans() {
        return List.copyOf(scans);
    }

    /** Returns the step size of each of a component's coefficients, {@code [8][8]}; zeros if no scan codes it. */
    short[] quantisation(JpegFrame.Component component) {
        return quantisation.getOrDefault(component, new short[JpegFrame.BLOCK_SIZE]);
    }

    /** Returns where the EXIF data lies, if there is any. */
    Optional<ExifRange> exif() {
        return exif;
    }

    /** Returns the colour space by the rules of the Independent JPEG Group's library. */
    JpegColour colour() {
        return switch (frame().components().size()) {
            case 1 -> JpegColour.GREY;
            case 3 -> threeComponents();
            default -> adobeTransform <= 0 ? JpegColour.CMYK : JpegColour.YCCK;
        };
    }

    private JpegColour threeComponents() {
        if (jfif) {
            return JpegColour.YCBCR;
        }
        if (adobeTransform >= 0) {
            return adobeTransform == 0 ? JpegColour.RGB : JpegColour.YCBCR;
        }
        List<Integer> ids =
                frame().components().stream().map(JpegFrame.Component::id).toList();
        return ids.equals(List.of((int) 'R', (int) 'G', (int) 'B')) ? JpegColour.RGB : JpegColour.YCBCR;
    }

    private void readSegments() throws ImageFormatException {
        at = 2;
        while (true) {
            int marker = nextMarker();
            if (marker == EOI) {
                break;
            }
            if (marker == SOI) {
                throw new ImageFormatException("corrupt JPEG: a second start of image at byte " + (at - 2));
            }
            if (marker != TEM && (marker < RST0 || marker > RST7)) {
                readSegment(marker);
            }
        }
        if (scans.isEmpty()) {
            throw new ImageFormatException("corrupt JPEG: it ends without pixel data");
        }
    }

    /** Returns the next marker, skipping other bytes before it as libjpeg does. */
    private int nextMarker() throws ImageFormatException {
        while (true) {
            while (at < file.length && (file[at] & 0xff) != 0xff) {
                at++;
            }
            while (at < file.length && (file[at] & 0xff) == 0xff) {
                at++;
            }
            if (at >= file.length) {
                throw truncated();
            }
            int marker = file[at++] & 0xff;
            if (marker != 0) {
                return marker;
            }
        }
    }

    private void readSegment(int marker) throws ImageFormatException {
        int start = at;
        int length = unsignedShort(at); // includes its own two bytes
        if (length < 2) {
            throw new ImageFormatException("corrupt JPEG: a segment of length " + length + " at byte " + at);
        }
        if (length > file.length - start) {
            throw truncated();
        }
        at += length;
        switch (marker) {
            case APP0 -> jfif |= length >= 16 && hasText(start + 2, "JFIF\0");
            case APP1 -> {
                int tiff = start + 2 + EXIF.length();
                if (exif.isEmpty() && tiff <= at && hasText(start + 2, EXIF)) {
                    exif = Optional.of(new ExifRange(tiff, at)); // the first EXIF segment counts
                }
            }
            case APP14 -> {
                if (length >= 14 && hasText(start + 2, "Adobe")) {
                    adobeTransform = file[start + 13] & 0xff;
                }
            }
            case DHT -> tables.readHuffman(start + 2, at);
            case DQT -> tables.readQuantisation(start + 2, at);
            case DRI -> tables.readRestartInterval(start + 2, at);
            case SOS -> readScan(start);
            case DAC, DNL, COM -> {}
            default -> {
                if (marker >= SOF0 && marker <= SOF15) {
                    readFrame(marker, start);
                } else if (marker < APP0 || marker > APP15) {
                    throw new ImageFormatException(
                            "corrupt JPEG: marker " + Integer.toHexString(marker) + " at byte " + (start - 2));
                }
            }
        }
    }

    private void readFrame(int marker, int start) throws ImageFormatException {
        if (marker > SOF2) {
            throw new ImageFormatException("JPEG process " + (marker - SOF0)
                    + " (lossless, hierarchical or arithmetic) isn't supported, expected baseline, extended or"
                    + " progressive");
        }
        if (frame.isPresent()) {
            throw new ImageFormatException("corrupt JPEG: a second frame at byte " + start);
        }
        frame = Optional.of(JpegHeaders.frame(file, start, at, marker == SOF2, options));
    }

    private void readScan(int start) throws ImageFormatException {
        if (frame.isEmpty()) {
            throw new ImageFormatException("corrupt JPEG: pixel data before a frame header at byte " + start);
        }
        if (!scans.isEmpty() && isWhole(scans.getFirst())) {
            throw new ImageFormatException("corrupt JPEG: pixel data after those of the whole image at byte " + start);
        }
        int end = endOfPixelData(at);
        JpegScan scan = JpegHeaders.scan(file, start, at, end, frame(), tables);
        for (JpegScan.Channel channel : scan.channels()) {
            JpegFrame.Component component = channel.component();
            if (!quantisation.containsKey(component)) {
                quantisation.put(component, tables.quantisation(component.quantisation()));
            }
        }
        scans.add(scan);
        at = end;
    }

    /** Returns whether one scan codes the whole image. */
    private boolean isWhole(JpegScan scan) {
        return !frame().progressive()
                && scan.channels().size() == frame().components().size();
    }

    /** Returns the index of the first marker that even damaged pixel data can't contain. */
    private int endOfPixelData(int start) throws ImageFormatException {
        for (int i = start; i < file.length - 1; i++) {
            if (file[i] == (byte) 0xff) {
                int next = file[i + 1] & 0xff;
                if (next >= SOF0 && (next < RST0 || next > RST7) && next != 0xff) {
                    return i;
                }
            }
        }
        throw truncated();
    }

    private int unsignedShort(int index) throws ImageFormatException {
        if (index + 2 > file.length) {
            throw truncated();
        }
        return ((file[index] & 0xff) << 8) | (file[index + 1] & 0xff);
    }

    private boolean hasText(int index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(file, index, index + bytes.length, bytes, 0, bytes.length);
    }

    private ImageFormatException truncated() {
        return new ImageFormatException(
                "truncated JPEG: it ends after " + file.length + " bytes, before its end marker");
    }
}
