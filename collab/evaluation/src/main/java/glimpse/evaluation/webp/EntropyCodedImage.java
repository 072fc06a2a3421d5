package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;

/** Reads images of entropy-coded pixels (RFC 9649, sections 3.6 and 3.7): the main one, and those that describe it. */
final class EntropyCodedImage {
    /** Encoders make at most 2,600; each takes some kilobytes. */
    private static final int MOST_GROUPS = 1 << 12;

    private static final int MOST_CACHE_BITS = 11;
    private static final int CACHE_MULTIPLIER = 0x1e35a7bd;

    private final LosslessBits in;
    private final int width;
    private final int height;

    EntropyCodedImage(LosslessBits in, int width, int height) {
        this.in = in;
        this.width = width;
        this.height = height;
    }

    /** Which codes the pixels of each block have. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Groups(int blockBits, int blocksAcross, int[] blocks, PrefixCodeGroup[] groups) {
        PrefixCodeGroup at(int x, int y) {
            return groups.length == 1
                    ? groups[0]
                    : groups[(blocks[(y >> blockBits) * blocksAcross + (x >> blockBits)] >> 8) & 0xffff];
        }
    }

    /** Returns how many blocks of {@code 1 << bits} pixels cover a length. */
    static int blocks(int length, int bits) {
        return (length + (1 << bits) - 1) >> bits;
    }

    /**
     * Reads an image that describes another.
     *
     * @return {@code [height][width]}, ARGB
     */
    int[] readDescription() throws ImageFormatException {
        int cacheBits = readCacheBits();
        PrefixCodeGroup[] one = {PrefixCodeGroup.read(in, colours(cacheBits))};
        return readPixels(cacheBits, new Groups(Integer.SIZE - 1, 1, new int[1], one));
    }

    /**
     * Reads the main image, whose parts may have different codes.
     *
     * @return {@code [height][width]}, ARGB
     */
    int[] readMain() throws ImageFormatException {
        int cacheBits = readCacheBits();
        if (!in.readFlag()) {
            PrefixCodeGroup[] one = {PrefixCodeGroup.read(in, colours(cacheBits))};
            return readPixels(cacheBits, new Groups(Integer.SIZE - 1, 1, new int[1], one));
        }
        int blockBits = 2 + in.read(3);
        int across = blocks(width, blockBits);
        int[] numbers = new EntropyCodedImage(in, across, blocks(height, blockBits)).readDescription();
        int most = 0;
        for (int number : numbers) {
            most = Math.max(most, (number >> 8) & 0xffff);
        }
        if (most >= MOST_GROUPS) {
            throw new ImageFormatException(
                    "a WebP with " + (most + 1) + " groups of prefix codes, expected at most " + MOST_GROUPS);
        }
        PrefixCodeGroup[] groups = new PrefixCodeGroup[most + 1];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = PrefixCodeGroup.read(in, colours(cacheBits));
        }
        return readPixels(cacheBits, new Groups(blockBits, across, numbers, groups));
    }

    private int readCacheBits() throws ImageFormatException {
        if (!in.readFlag()) {
            return 0;
        }
        int bits = in.read(4);
        if (bits < 1 || bits > MOST_CACHE_BITS) {
            throw new ImageFormatException(
                    "corrupt WebP: a colour cache of " + bits + " bits, expected 1.." + MOST_CACHE_BITS);
        }
        return bits;
    }

    private static int colours(int cacheBits) {
        return cacheBits == 0 ? 0 : 1 << cacheBits;
    }

    private int[] readPixels(int cacheBits, Groups groups) throws ImageFormatException {
        int[] pixels = new int[width * height];
        int[] cache = new int[colours(cacheBits)];
        int shift = Integer.SIZE - cacheBits;
        int blockMask = (1 << groups.blockBits()) - 1;
        PrefixCodeGroup group = groups.at(0, 0);
        int x = 0;
        int y = 0;
        boolean copied = false; // a copy may end within another block
        for (int i = 0; i < pixels.length; ) {
            if (copied || (x & blockMask) == 0) {
                group = groups.at(x, y);
            }
            int code = group.green().read(in);
            int end = i + 1;
            copied = false;
            if (code < PrefixCodeGroup.LITERALS) {
                int red = group.red().read(in);
                int blue = group.blue().read(in);
                pixels[i] = (group.alpha().read(in) << 24) | (red << 16) | (code << 8) | blue;
            } else if (code < PrefixCodeGroup.LITERALS + PrefixCodeGroup.LENGTHS) {
                end = i + readNumber(code - PrefixCodeGroup.LITERALS);
                int distance =
                        CopyDistances.distance(readNumber(group.distance().read(in)), width);
                copy(pixels, i, end, distance);
                copied = true;
            } else {
                pixels[i] = cache[code - PrefixCodeGroup.LITERALS - PrefixCodeGroup.LENGTHS];
            }
            for (; i < end; i++) {
                if (cacheBits > 0) {
                    cache[(pixels[i] * CACHE_MULTIPLIER) >>> shift] = pixels[i];
                }
                x++;
            }
            if (x >= width) {
                y += x / width;
                x %= width;
            }
        }
        return pixels;
    }

    private static void copy(int[] pixels, int from, int to, int distance) throws ImageFormatException {
        if (distance > from || to > pixels.length) {
            throw new ImageFormatException("corrupt WebP: a copy of " + (to - from) + " pixels from " + distance
                    + " before pixel " + from + " of " + pixels.length);
        }
        for (int i = from; i < to; i++) {
            pixels[i] = pixels[i - distance];
        }
    }

    /** Reads the extra bits of a length or a distance, at least 1. */
    private int readNumber(int prefix) throws ImageFormatException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << extra) + in.read(extra) + 1;
    }
}
