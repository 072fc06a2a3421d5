package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;

/** What an encoder did to an image before it coded the pixels (RFC 9649, section 3.5). */
sealed interface LosslessTransform
        permits LosslessPrediction,
                LosslessTransform.ColourDecorrelation,
                LosslessTransform.GreenSubtraction,
                LosslessTransform.ColourTable {
    /**
     * Undoes it.
     *
     * @param pixels {@code [height][codedWidth]}, ARGB; may be overwritten
     * @return {@code [height][width]}, the pixels as they were before, perhaps in the same array
     */
    int[] undo(int[] pixels);

    /** Returns the width of the image that is coded, in pixels. */
    int codedWidth();

    /**
     * Reads a transform of a kind.
     *
     * @param kind 0..3
     * @param width of the image as it was before, in pixels
     * @param height of the image, in pixels
     * @throws ImageFormatException if the data is corrupt or ends early
     */
    static LosslessTransform read(int kind, LosslessBits in, int width, int height) throws ImageFormatException {
        return switch (kind) {
            case 0 -> {
                int bits = 2 + in.read(3);
                yield new LosslessPrediction(width, height, bits, blocks(in, width, height, bits));
            }
            case 1 -> {
                int bits = 2 + in.read(3);
                yield new ColourDecorrelation(width, height, bits, blocks(in, width, height, bits));
            }
            case 2 -> new GreenSubtraction(width);
            default -> ColourTable.read(in, width, height);
        };
    }

    private static int[] blocks(LosslessBits in, int width, int height, int bits) throws ImageFormatException {
        return new EntropyCodedImage(in, EntropyCodedImage.blocks(width, bits), EntropyCodedImage.blocks(height, bits))
                .readDescription();
    }

    /** Adds pixels channel by channel, modulo 256. */
    static int sum(int a, int b) {
        return (((a & 0x00ff00ff) + (b & 0x00ff00ff)) & 0x00ff00ff)
                | (((a & 0xff00ff00) + (b & 0xff00ff00)) & 0xff00ff00);
    }

    /**
     * Red and blue as their difference from a prediction: red by green, blue by green and red.
     *
     * @param bits a block has {@code 1 << bits} pixels along a side
     * @param blocks {@code [rows][columns]} of factors: green to red in the lowest byte, green to blue, red to blue
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ColourDecorrelation(int width, int height, int bits, int[] blocks) implements LosslessTransform {
        @Override
        public int codedWidth() {
            return width;
        }

        @Override
        public int[] undo(int[] pixels) {
            int across = EntropyCodedImage.blocks(width, bits);
            for (int y = 0, i = 0; y < height; y++) {
                for (int x = 0; x < width; x++, i++) {
                    int factors = blocks[(y >> bits) * across + (x >> bits)];
                    int pixel = pixels[i];
                    int green = pixel >> 8;
                    int red = (pixel >> 16) + product(factors, green);
                    int blue = pixel + product(factors >> 8, green) + product(factors >> 16, red);
                    pixels[i] = (pixel & 0xff00ff00) | ((red & 0xff) << 16) | (blue & 0xff);
                }
            }
            return pixels;
        }

        private static int product(int factor, int colour) {
            return ((byte) factor * (byte) colour) >> 5;
        }
    }

    /** Red and blue as their difference from green. */
    record GreenSubtraction(int width) implements LosslessTransform {
        @Override
        public int codedWidth() {
            return width;
        }

        @Override
        public int[] undo(int[] pixels) {
            for (int i = 0; i < pixels.length; i++) {
                int green = (pixels[i] >> 8) & 0xff;
                pixels[i] = sum(pixels[i], (green << 16) | green);
            }
            return pixels;
        }
    }

    /**
     * Colours as indices of a table; several indices share a pixel's green if there are few colours.
     *
     * @param packedBits {@code 1 << packedBits} indices share a pixel
     * @param colours {@code [256 or as many as indices have values]}, ARGB
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ColourTable(int width, int height, int packedBits, int[] colours) implements LosslessTransform {
        private static ColourTable read(LosslessBits in, int width, int height) throws ImageFormatException {
            int count = in.read(Byte.SIZE) + 1;
            int packedBits = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0;
            int[] differences = new EntropyCodedImage(in, count, 1).readDescription();
            int[] colours = new int[1 << (Byte.SIZE >> packedBits)]; // transparent black beyond the table
            colours[0] = differences[0];
            for (int i = 1; i < count; i++) {
                colours[i] = sum(colours[i - 1], differences[i]);
            }
            return new ColourTable(width, height, packedBits, colours);
        }

        @Override
        public int codedWidth() {
            return EntropyCodedImage.blocks(width, packedBits);
        }

        @Override
        public int[] undo(int[] pixels) {
            int[] unpacked = packedBits == 0 ? pixels : new int[width * height];
            int indexBits = Byte.SIZE >> packedBits;
            int columnMask = (1 << packedBits) - 1;
            int indexMask = (1 << indexBits) - 1;
            for (int y = 0, i = 0; y < height; y++) {
                for (int x = 0; x < width; x++, i++) {
                    int packed = pixels[y * codedWidth() + (x >> packedBits)] >> 8;
                    unpacked[i] = colours[(packed >> (indexBits * (x & columnMask))) & indexMask];
                }
            }
            return unpacked;
        }
    }
}
