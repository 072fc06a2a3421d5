package glimpse.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A JPEG file's segments (ITU-T T.81, annex B), checked and reduced to what decoding needs: tables, frame, scans. The colour
 * space is determined here, by the rules of the Independent JPEG Group's library, so that it doesn't depend on the reader.
 */
final class JpegStructure {
    private static final int TEM = 0x01;
    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;

    /** Real files have about ten; each costs a pass over the whole image, however few bytes it has. */
    private static final int MAX_SCANS = 256;

    private static final String EXIF = "Exif\0\0";

    private final byte[] file;
    private final int maxPixels;
    private final ByteArrayOutputStream essential;
    private int at;
    private boolean jfif;
    private int adobeTransform = -1; // -1: no Adobe segment
    private int width;
    private int height;
    private final List<Component> components = new ArrayList<>();
    private int scans;
    private Optional<ExifOrientation> orientation = Optional.empty();

    private JpegStructure(byte[] file, int maxPixels) {
        this.file = file;
        this.maxPixels = maxPixels;
        this.essential = new ByteArrayOutputStream(file.length);
    }

    /** A colour component: its identifier and its horizontal and vertical sampling factors, 1..4. */
    record Component(int id, int horizontal, int vertical) {}

    static boolean matches(byte[] file) {
        return file.length >= 3 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == SOI && (file[2] & 0xff) == 0xff;
    }

    /** Parses a file that {@link #matches}. */
    static JpegStructure parse(byte[] file, int maxPixels) throws ImageFormatException {
        JpegStructure structure = new JpegStructure(file, maxPixels);
        structure.readSegments();
        structure.requirePlausibleSize();
        return structure;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    List<Component> components() {
        return List.copyOf(components);
    }

    ExifOrientation orientation() {
        return orientation.orElse(ExifOrientation.UPRIGHT);
    }

    /** Returns the file without application data and comments. */
    byte[] essential() {
        return essential.toByteArray();
    }

    JpegColour colour() {
        return switch (components.size()) {
            case 1 -> JpegColour.GREY;
            case 3 -> threeComponents();
            default -> adobeTransform == 2 ? JpegColour.YCCK : JpegColour.CMYK;
        };
    }

    private JpegColour threeComponents() {
        if (jfif) {
            return JpegColour.YCBCR;
        }
        if (adobeTransform >= 0) {
            return adobeTransform == 0 ? JpegColour.RGB : JpegColour.YCBCR;
        }
        boolean namedRgb = components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
        return namedRgb ? JpegColour.RGB : JpegColour.YCBCR;
    }

    private void readSegments() throws ImageFormatException {
        at = 2;
        putMarker(SOI);
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
        if (scans == 0) {
            throw new ImageFormatException("corrupt JPEG: it ends without pixel data");
        }
        putMarker(EOI);
    }

    /** Returns the next marker, skipping other bytes before it as the IJG library does. */
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
                if (orientation.isEmpty() && tiff <= at && hasText(start + 2, EXIF)) {
                    orientation = Optional.of(ExifOrientation.read(file, tiff, at)); // the first EXIF segment counts
                }
            }
            case APP14 -> {
                if (length >= 14 && hasText(start + 2, "Adobe")) {
                    adobeTransform = file[start + 13] & 0xff;
                }
            }
            case DHT, DQT, DRI -> put(marker, start);
            case SOS -> readScan(start);
            default -> {
                if (marker >= SOF0 && marker <= SOF15 && marker != JPG && marker != DAC) {
                    readFrame(marker, start, length);
                    put(marker, start);
                }
            }
        }
    }

    private void readFrame(int marker, int start, int length) throws ImageFormatException {
        if (marker > SOF2) {
            throw new ImageFormatException("JPEG process " + (marker - SOF0)
                    + " (lossless, hierarchical or arithmetic) isn't supported, expected baseline, extended or"
                    + " progressive");
        }
        if (!components.isEmpty()) {
            throw new ImageFormatException("corrupt JPEG: a second frame at byte " + start);
        }
        int count = length >= 8 ? file[start + 7] & 0xff : 0;
        if (length != 8 + 3 * count) {
            throw new ImageFormatException("corrupt JPEG: a frame header of length " + length + " at byte " + start);
        }
        int precision = file[start + 2] & 0xff;
        if (precision != 8) {
            throw new ImageFormatException("a JPEG of " + precision + " bits per sample, expected 8");
        }
        if (count != 1 && count != 3 && count != 4) {
            throw new ImageFormatException("a JPEG of " + count + " components, expected 1, 3 or 4");
        }
        height = unsignedShort(start + 3);
        width = unsignedShort(start + 5);
        ImageDecoder.requireSize(width, height, maxPixels);
        for (int i = 0; i < count; i++) {
            int component = start + 8 + 3 * i;
            int factors = file[component + 1] & 0xff;
            int horizontal = factors >> 4;
            int vertical = factors & 15;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
                throw new ImageFormatException("corrupt JPEG: sampling factors " + horizontal + " x " + vertical
                        + " of component " + i + ", expected 1..4");
            }
            components.add(new Component(file[component] & 0xff, horizontal, vertical));
        }
    }

    private void readScan(int start) throws ImageFormatException {
        if (components.isEmpty()) {
            throw new ImageFormatException("corrupt JPEG: pixel data before a frame header at byte " + start);
        }
        scans++;
        if (scans > MAX_SCANS) {
            throw new ImageFormatException("a JPEG of more than " + MAX_SCANS + " scans");
        }
        while (at < file.length - 1 && ((file[at] & 0xff) != 0xff || isWithinScan(file[at + 1] & 0xff))) {
            at++;
        }
        if (at >= file.length - 1) {
            throw truncated();
        }
        put(SOS, start);
    }

    /** Returns whether this can follow an FF byte in entropy-coded data: a stuffed zero, another FF, a restart marker. */
    private static boolean isWithinScan(int next) {
        return next == 0 || next == 0xff || (next >= RST0 && next <= RST7);
    }

    /** A block takes at least one bit, so that a few bytes can't make the decoder allocate a huge image. */
    private void requirePlausibleSize() throws ImageFormatException {
        int maxHorizontal =
                components.stream().mapToInt(Component::horizontal).max().orElse(1);
        int maxVertical =
                components.stream().mapToInt(Component::vertical).max().orElse(1);
        for (Component component : components) {
            long across = divideUp((long) width * component.horizontal, 8L * maxHorizontal);
            long down = divideUp((long) height * component.vertical, 8L * maxVertical);
            if (across * down > 8L * file.length) {
                throw new ImageFormatException("corrupt JPEG: declares " + width + " x " + height
                        + " pixels, more than its " + file.length + " bytes can hold");
            }
        }
    }

    private static long divideUp(long value, long divisor) {
        return (value + divisor - 1) / divisor;
    }

    private void put(int marker, int start) {
        putMarker(marker);
        essential.write(file, start, at - start);
    }

    private void putMarker(int marker) {
        essential.write(0xff);
        essential.write(marker);
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
