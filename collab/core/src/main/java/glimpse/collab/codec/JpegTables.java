package glimpse.collab.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * The tables that edge and server both know, so that they needn't be sent: those of ITU-T T.81, annex K, the
 * quantisation tables scaled to a quality as the Independent JPEG Group's library does. Immutable.
 *
 * @param quality 1..100
 * @param channels 1 (grey) or 3 (YCbCr, chroma at half width and height)
 */
record JpegTables(int quality, int channels) {
    private static final int MAX_QUALITY = 100;

    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    static void requireQuality(int quality) {
        if (quality < 1 || quality > MAX_QUALITY) {
            throw new IllegalArgumentException("the JPEG quality is " + quality + ", expected 1..100");
        }
    }

    /** Returns the side of an MCU (minimum coded unit) in pixels: one block, or with colour two by two. */
    int mcuSide() {
        return channels == 1 ? 8 : 16;
    }

    /** Returns the index of a component's tables: 0 for luminance, 1 for chrominance. */
    static int tableIndex(int component) {
        return component == 0 ? 0 : 1;
    }

    /** Returns the quantisation tables: luminance, then chrominance if there is colour. */
    JPEGQTable[] quantisationTables() {
        JPEGQTable[] both = {scaled(JPEGQTable.K1Luminance), scaled(JPEGQTable.K2Chrominance)};
        return Arrays.copyOf(both, Math.min(channels, 2));
    }

    private JPEGQTable scaled(JPEGQTable table) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] steps = table.getTable(); // row by row
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Math.clamp((steps[i] * percent + 50) / 100, 1, 255);
        }
        return new JPEGQTable(steps);
    }

    /** Returns the Huffman tables of the DC differences: luminance, then chrominance if there is colour. */
    JPEGHuffmanTable[] dcCodes() {
        JPEGHuffmanTable[] both = {JPEGHuffmanTable.StdDCLuminance, JPEGHuffmanTable.StdDCChrominance};
        return Arrays.copyOf(both, Math.min(channels, 2));
    }

    /** Returns the Huffman tables of the AC coefficients: luminance, then chrominance if there is colour. */
    JPEGHuffmanTable[] acCodes() {
        JPEGHuffmanTable[] both = {JPEGHuffmanTable.StdACLuminance, JPEGHuffmanTable.StdACChrominance};
        return Arrays.copyOf(both, Math.min(channels, 2));
    }

    /** Returns the JPEG file of an entropy-coded scan. */
    byte[] file(int width, int height, byte[] scan) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(scan.length + 700);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        segment(out, 0xe0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
        JPEGQTable[] quantisation = quantisationTables();
        for (int i = 0; i < quantisation.length; i++) {
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            table.write(i);
            for (int at : ZIGZAG) {
                table.write(quantisation[i].getTable()[at]);
            }
            segment(out, 0xdb, table.toByteArray());
        }
        segment(out, 0xc0, frame(width, height));
        for (int i = 0; i < quantisation.length; i++) {
            segment(out, 0xc4, codes(i, dcCodes()[i]));
            segment(out, 0xc4, codes(0x10 | i, acCodes()[i]));
        }
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.write(channels);
        for (int c = 0; c < channels; c++) {
            start.write(c + 1);
            start.write(tableIndex(c) * 0x11);
        }
        start.writeBytes(new byte[] {0, 63, 0});
        segment(out, 0xda, start.toByteArray());
        out.writeBytes(scan);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    private byte[] frame(int width, int height) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(8); // bits per sample
        frame.writeBytes(new byte[] {(byte) (height >> 8), (byte) height, (byte) (width >> 8), (byte) width});
        frame.write(channels);
        for (int c = 0; c < channels; c++) {
            frame.write(c + 1);
            frame.write(c == 0 && channels > 1 ? 0x22 : 0x11);
            frame.write(tableIndex(c));
        }
        return frame.toByteArray();
    }

    private static byte[] codes(int destination, JPEGHuffmanTable table) {
        ByteArrayOutputStream codes = new ByteArrayOutputStream();
        codes.write(destination);
        for (int length : Arrays.copyOf(table.getLengths(), 16)) {
            codes.write(length);
        }
        for (short value : table.getValues()) {
            codes.write(value);
        }
        return codes.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] content) {
        int length = content.length + 2;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        out.writeBytes(content);
    }
}
