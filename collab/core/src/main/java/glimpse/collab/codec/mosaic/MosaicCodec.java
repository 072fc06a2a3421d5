package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.RangeDecoder;
import java.util.Arrays;

/**
 * A lossy codec for some patches of an image, positions included. Its code has neither headers nor tables: every
 * decision is coded with probabilities that start as they are in photographs and adapt (MESSAGE.md, codecs 2 to 100).
 * Decoding computes with integers alone, so that all decoders restore the same pixels. Immutable, safe for use by
 * several threads.
 *
 * @param grid patches along one side of the image, 1..255
 * @param patchSize pixels along one side of a patch, 1..1024
 * @param channels 1 (grey) or 3 (RGB)
 * @param quality 1..{@link #MAX_QUALITY}
 */
public record MosaicCodec(int grid, int patchSize, int channels, int quality) {
    /** The highest quality. */
    public static final int MAX_QUALITY = 99;

    /** The most bytes of pixels that a byte of code may stand for. */
    public static final int MAX_EXPANSION = 1024;

    /** Checks the ranges. */
    public MosaicCodec {
        requireRange("grid", grid, 255);
        requireRange("patch size", patchSize, 1024);
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("the channels are " + channels + ", expected 1 or 3");
        }
        requireRange("quality", quality, MAX_QUALITY);
    }

    private static void requireRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("the " + name + " is " + value + ", expected 1.." + most);
        }
    }

    /** Returns the fewest bytes that the code of so many bytes of pixels has; a shorter one is filled up with zeros. */
    public static long minBytes(long pixelBytes) {
        return (pixelBytes + MAX_EXPANSION - 1) / MAX_EXPANSION;
    }

    /**
     * Encodes patches.
     *
     * @param positions {@code [patches]}, strictly ascending, inside the grid; at least one
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     */
    public byte[] encode(int[] positions, byte[] pixels) {
        Mosaic mosaic = new Mosaic(grid, patchSize, channels, positions);
        byte[] code = new MosaicEncoder(mosaic, quality, new Model(StandardPriors.PRIORS)).encode(pixels);
        return Arrays.copyOf(code, (int) Math.max(code.length, minBytes(pixels.length)));
    }

    /**
     * Decodes the positions alone.
     *
     * @param count number of patches, 1..grid²
     * @return {@code [patches]}, strictly ascending
     * @throws MosaicException if the code is too short for them
     */
    public int[] positions(int count, byte[] code) throws MosaicException {
        int[] positions = new int[count];
        RangeDecoder decoder = new RangeDecoder(code);
        new PositionSyntax(grid, new Model(StandardPriors.PRIORS)).code(decoder, positions);
        if (decoder.isBrokenOff()) {
            throw new MosaicException("the code breaks off within the positions");
        }
        return positions;
    }

    /**
     * Decodes patches.
     *
     * @param count number of patches, 1..grid²
     * @return {@code [patches][patchSize][patchSize][channels]}
     * @throws MosaicException if the code breaks off, or goes on after the last patch
     */
    public byte[] decode(int count, byte[] code) throws MosaicException {
        return new MosaicDecoder(this, count, code).decode();
    }
}
