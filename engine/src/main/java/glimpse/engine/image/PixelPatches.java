package glimpse.engine.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Square patches of 8-bit pixels with their positions in the image's grid: what an edge sends to a server. Immutable.
 */
public final class PixelPatches {
    /** The largest side of a patch in pixels. */
    static final int MAX_PATCH_SIZE = 1024;

    private final int patchSize;
    private final int channels;
    private final int[] positions; // [patches], strictly ascending
    private final byte[] pixels; // [patches][patchSize][patchSize][channels]

    private PixelPatches(int patchSize, int channels, int[] positions, byte[] pixels) {
        this.patchSize = patchSize;
        this.channels = channels;
        this.positions = positions;
        this.pixels = pixels;
    }

    /**
     * Creates patches from copies of the arrays.
     *
     * @param patchSize side of a patch in pixels, 1..1024
     * @param channels 1 (grey) or 3 (RGB)
     * @param positions {@code [patches]}: each patch's index in the row-major grid, strictly ascending, not negative;
     *     may be empty
     * @param pixels {@code [patches][patchSize][patchSize][channels]}, each 0..255
     * @throws IllegalArgumentException if a value is out of range or the lengths don't fit
     */
    public static PixelPatches of(int patchSize, int channels, int[] positions, byte[] pixels) {
        requireKind(patchSize, channels);
        if (pixels.length != (long) positions.length * patchSize * patchSize * channels) {
            throw new IllegalArgumentException("pixels has " + pixels.length + " bytes, expected " + positions.length
                    + " patches x " + patchSize + " x " + patchSize + " x " + channels + " channels");
        }
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || (i > 0 && positions[i] <= positions[i - 1])) {
                throw new IllegalArgumentException(
                        "positions[" + i + "] is " + positions[i] + ", expected strictly ascending from 0");
            }
        }
        return new PixelPatches(patchSize, channels, positions.clone(), pixels.clone());
    }

    /**
     * Cuts a whole image into patches, row by row from the top left.
     *
     * @param image its sides are multiples of {@code patchSize}
     * @param patchSize side of a patch in pixels, 1..1024
     * @param channels 3, or 1 to take the first channel of a grey image
     * @throws IllegalArgumentException if the image doesn't divide into patches
     */
    public static PixelPatches cut(RgbImage image, int patchSize, int channels) {
        requireKind(patchSize, channels);
        if (image.width() % patchSize != 0 || image.height() % patchSize != 0) {
            throw new IllegalArgumentException("the image is " + image.width() + " x " + image.height()
                    + " pixels, expected multiples of the patch size " + patchSize);
        }
        int gridWidth = image.width() / patchSize;
        int[] positions = new int[gridWidth * (image.height() / patchSize)];
        Arrays.setAll(positions, i -> i);
        byte[] pixels = new byte[image.width() * image.height() * channels];
        int at = 0;
        for (int position : positions) {
            int left = position % gridWidth * patchSize;
            int top = position / gridWidth * patchSize;
            for (int row = top; row < top + patchSize; row++) {
                copyRun(image, (row * image.width() + left) * 3, patchSize, channels, pixels, at);
                at += patchSize * channels;
            }
        }
        return new PixelPatches(patchSize, channels, positions, pixels);
    }

    private static void copyRun(RgbImage image, int from, int length, int channels, byte[] to, int at) {
        if (channels == 3) {
            System.arraycopy(image.rawSamples(), from, to, at, length * 3);
            return;
        }
        for (int x = 0; x < length; x++) {
            to[at + x] = image.rawSamples()[from + x * 3];
        }
    }

    /** Returns the number of patches, 0 or more. */
    public int patches() {
        return positions.length;
    }

    /** Returns the side of a patch in pixels. */
    public int patchSize() {
        return patchSize;
    }

    /** Returns the number of channels: 1 (grey) or 3 (RGB). */
    public int channels() {
        return channels;
    }

    /** Returns the number of bytes of one patch: patchSize x patchSize x channels. */
    public int patchBytes() {
        return patchSize * patchSize * channels;
    }

    /** Returns the position in the grid of the patch at {@code index}. */
    public int position(int index) {
        return positions[index];
    }

    /** Returns a copy of the positions, strictly ascending. */
    public int[] positions() {
        return positions.clone();
    }

    /** Returns a copy of the pixels, {@code [patches][patchSize][patchSize][channels]}. */
    public byte[] pixels() {
        return pixels.clone();
    }

    /** Returns the pixels without a copy, {@code [patches][patchSize][patchSize][channels]}; they can't be changed. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
    }

    /**
     * Returns the patches at the given positions.
     *
     * @param kept grid positions, strictly ascending, each present in these patches; may be empty
     * @throws IllegalArgumentException naming the position that is missing or out of order
     */
    public PixelPatches select(int[] kept) {
        int length = patchBytes();
        byte[] selected = new byte[kept.length * length];
        for (int i = 0; i < kept.length; i++) {
            int index = Arrays.binarySearch(positions, kept[i]);
            if (index < 0 || (i > 0 && kept[i] <= kept[i - 1])) {
                throw new IllegalArgumentException(
                        "kept[" + i + "] is " + kept[i] + ", expected strictly ascending positions of these patches");
            }
            System.arraycopy(pixels, index * length, selected, i * length, length);
        }
        return new PixelPatches(patchSize, channels, kept.clone(), selected);
    }

    /**
     * Returns these patches and others of the same image.
     *
     * @param others at other positions; may be empty
     * @throws IllegalArgumentException naming the position that both have, or if the others are of another kind
     */
    public PixelPatches and(PixelPatches others) {
        if (others.patchSize != patchSize || others.channels != channels) {
            throw new IllegalArgumentException("the others are patches of " + others.patchSize + " pixels and "
                    + others.channels + " channels, expected " + patchSize + " and " + channels);
        }
        int length = patchBytes();
        int[] all = new int[positions.length + others.positions.length];
        byte[] merged = new byte[all.length * length];
        int mine = 0;
        int theirs = 0;
        for (int i = 0; i < all.length; i++) {
            boolean own = theirs == others.positions.length
                    || (mine < positions.length && positions[mine] < others.positions[theirs]);
            if (!own && mine < positions.length && positions[mine] == others.positions[theirs]) {
                throw new IllegalArgumentException(
                        "both have a patch at position " + positions[mine] + ", expected other positions");
            }
            int index = own ? mine++ : theirs++;
            PixelPatches from = own ? this : others;
            all[i] = from.positions[index];
            System.arraycopy(from.pixels, index * length, merged, i * length, length);
        }
        return new PixelPatches(patchSize, channels, all, merged);
    }

    private static void requireKind(int patchSize, int channels) {
        if (patchSize < 1 || patchSize > MAX_PATCH_SIZE) {
            throw new IllegalArgumentException("patchSize is " + patchSize + ", expected 1..1024");
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels is " + channels + ", expected 1 or 3");
        }
    }
}
