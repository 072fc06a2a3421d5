package glimpse.engine.image;

/**
 * Decodes a PNG to the samples that Pillow gives: grey of fewer than 8 bits scaled to 0..255, the upper 8 of 16 bits,
 * alpha and transparent colours ignored, black for an index outside the palette. Memory is three bytes per pixel, the
 * result, and two rows.
 */
final class PngDecoder {
    /** The passes of an interlaced image: first column and row, distances of columns and of rows. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final PngStructure structure;
    private final byte[] levels; // [256][3]
    private final byte[] rgb; // [height][width][3]

    private PngDecoder(PngStructure structure) {
        this.structure = structure;
        this.levels = levels(structure);
        this.rgb = new byte[structure.width() * structure.height() * 3];
    }

    static RgbImage decode(PngStructure structure) throws ImageFormatException {
        PngDecoder decoder = new PngDecoder(structure);
        try (PngRows rows = new PngRows(structure)) {
            for (int[] pass : structure.interlaced() ? ADAM7 : WHOLE) {
                decoder.read(rows, pass[0], pass[1], pass[2], pass[3]);
            }
            rows.finish();
        }
        return RgbImage.own(structure.width(), structure.height(), decoder.rgb);
    }

    private void read(PngRows rows, int left, int top, int across, int down) throws ImageFormatException {
        int count = (structure.width() - left + across - 1) / across;
        if (count <= 0) {
            return;
        }
        int length = (int)
                (((long) count * structure.colour().samples() * structure.bitDepth() + Byte.SIZE - 1) / Byte.SIZE);
        byte[] row = new byte[length];
        byte[] above = new byte[length];
        for (int y = top; y < structure.height(); y += down) {
            rows.read(row, above, length);
            int at = (y * structure.width() + left) * 3;
            if (structure.colour().samples() < 3) {
                convertGrey(row, count, at, across * 3);
            } else {
                convertColour(row, count, at, across * 3);
            }
            byte[] spare = above;
            above = row;
            row = spare;
        }
    }

    private void convertColour(byte[] row, int count, int first, int step) {
        int sampleBytes = structure.bitDepth() / Byte.SIZE;
        int pixelBytes = structure.colour().samples() * sampleBytes;
        int at = first;
        for (int x = 0, from = 0; x < count; x++, from += pixelBytes, at += step) {
            rgb[at] = row[from];
            rgb[at + 1] = row[from + sampleBytes];
            rgb[at + 2] = row[from + 2 * sampleBytes];
        }
    }

    private void convertGrey(byte[] row, int count, int first, int step) {
        int bits = Math.min(structure.bitDepth(), Byte.SIZE); // of 16, the upper ones
        int pixelBits = structure.colour().samples() * structure.bitDepth();
        int at = first;
        for (int x = 0; x < count; x++, at += step) {
            int from = x * pixelBits;
            int value = (row[from / Byte.SIZE] & 0xff) >> (Byte.SIZE - bits - from % Byte.SIZE) & ((1 << bits) - 1);
            rgb[at] = levels[value * 3];
            rgb[at + 1] = levels[value * 3 + 1];
            rgb[at + 2] = levels[value * 3 + 2];
        }
    }

    /** Returns the colour that each sample of up to 8 bits represents. */
    private static byte[] levels(PngStructure structure) {
        byte[] levels = new byte[256 * 3];
        if (structure.colour() == PngStructure.Colour.PALETTE) {
            byte[] palette = structure.palette();
            System.arraycopy(palette, 0, levels, 0, palette.length);
            return levels;
        }
        int top = (1 << Math.min(structure.bitDepth(), 8)) - 1;
        for (int value = 0; value <= top; value++) {
            for (int channel = 0; channel < 3; channel++) {
                levels[value * 3 + channel] = (byte) (value * 255 / top);
            }
        }
        return levels;
    }
}
