package glimpse.engine.image;

import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The steps from an image to a model's input: framing, cutting into patches, normalisation. They are also available
 * separately because an edge sends the 8-bit pixels of some patches and the server continues from there with
 * {@link #normalise}; both compute bit-identical values. Immutable.
 *
 * @param framing how the image becomes a square
 * @param patchSize side of a patch in pixels; divides the square's side, at most 1024
 * @param mean mean of each channel on a scale of 0..1: one value for a grey model, three for RGB
 * @param std standard deviation of each channel on the same scale, positive; as many as {@code mean}
 */
public record Preprocessing(Framing framing, int patchSize, List<Float> mean, List<Float> std) {
    private static final List<Float> IMAGENET_MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> IMAGENET_STD = List.of(0.229f, 0.224f, 0.225f);
    private static final double IMAGENET_CROP_PCT = 0.875;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (patchSize < 1 || patchSize > PixelPatches.MAX_PATCH_SIZE || framing.size() % patchSize != 0) {
            throw new IllegalArgumentException("patchSize is " + patchSize + ", expected 1.."
                    + PixelPatches.MAX_PATCH_SIZE + ", a divisor of the size " + framing.size());
        }
        if (mean.size() != 1 && mean.size() != 3) {
            throw new IllegalArgumentException("mean has " + mean.size() + " channels, expected 1 or 3");
        }
        if (std.size() != mean.size()) {
            throw new IllegalArgumentException("std has " + std.size() + " channels, expected " + mean.size());
        }
        for (int c = 0; c < mean.size(); c++) {
            if (!Float.isFinite(mean.get(c))) {
                throw new IllegalArgumentException("mean is " + mean + ", expected finite values");
            }
            if (!Float.isFinite(std.get(c)) || std.get(c) <= 0) {
                throw new IllegalArgumentException("std is " + std + ", expected finite values above 0");
            }
        }
    }

    /**
     * Returns the preprocessing of most ImageNet models: bicubic, crop mode {@code center} with a {@code crop_pct} of
     * 0.875 (224 of 256 pixels), ImageNet's mean and standard deviation.
     *
     * @param imageSize side of the model's input in pixels
     * @param patchSize side of a patch in pixels
     * @throws IllegalArgumentException if the patch size doesn't divide the image size
     */
    public static Preprocessing imagenet(int imageSize, int patchSize) {
        Framing framing = Framing.Center.ofCropPct(IMAGENET_CROP_PCT, imageSize, Interpolation.BICUBIC);
        return new Preprocessing(framing, patchSize, IMAGENET_MEAN, IMAGENET_STD);
    }

    /** Returns the number of channels of the model's input: 1 (grey) or 3 (RGB). */
    public int channels() {
        return mean.size();
    }

    /**
     * Returns the square that the model sees, in 8 bits. For a grey model the image is first converted to ITU-R 601
     * luma, as Pillow's {@code convert("L")} does, and the result has three equal channels.
     *
     * @return {@code framing.size()} pixels wide and high
     * @throws IllegalArgumentException if the framing is {@link Framing.AsIs} and the image has another size, or if the
     *     image is too long and thin to be resized
     */
    public RgbImage crop(RgbImage image) {
        RgbImage source = channels() == 1 ? Luma.grey(image) : image;
        return switch (framing) {
            case Framing.AsIs(int size) -> {
                if (image.width() != size || image.height() != size) {
                    throw new IllegalArgumentException("the image is " + image.width() + " x " + image.height()
                            + " pixels, expected " + size + " x " + size);
                }
                yield source;
            }
            case Framing.Center center -> CentralCrop.of(source, center);
            case Framing.Squash squash -> CentralCrop.of(source, squash);
        };
    }

    /**
     * Returns all patches of the square, in 8 bits: {@link #crop}, then {@link PixelPatches#cut}.
     *
     * @throws IllegalArgumentException as {@link #crop}
     */
    public PixelPatches pixelPatches(RgbImage image) {
        return PixelPatches.cut(crop(image), patchSize, channels());
    }

    /**
     * Scales to 0..1, subtracts the mean and divides by the standard deviation, in this order and in float32, as
     * torchvision's ToTensor and Normalize do. A pass computes that as it reads the pixels.
     *
     * @throws IllegalArgumentException if the patches have another number of channels or another size
     */
    public PatchSequence normalise(PixelPatches patches) {
        if (patches.channels() != channels()) {
            throw new IllegalArgumentException(
                    "the patches have " + patches.channels() + " channels, expected " + channels());
        }
        if (patches.patchSize() != patchSize) {
            throw new IllegalArgumentException(
                    "the patches have " + patches.patchSize() + " pixels a side, expected " + patchSize);
        }
        return normalise(patches.positions(), patches.asBuffer());
    }

    /**
     * Does the same as {@link #normalise(PixelPatches)} with a copy of pixels that may lie outside the heap.
     *
     * @param positions {@code [patches]}: each patch's index in the row-major grid, strictly ascending; may be empty
     * @param pixels {@code [patches][patchSize][patchSize][channels]} from its position to its limit, which stay as
     *     they are
     * @throws IllegalArgumentException if a position is outside the grid or out of order, or the lengths don't fit
     */
    public PatchSequence normalise(int[] positions, ByteBuffer pixels) {
        int patchLength = patchSize * patchSize * channels();
        return PatchSequence.ofPixels(framing.size() / patchSize, patchLength, positions, pixels, normalisedLevels());
    }

    /**
     * Returns a model's input for an image: {@link #pixelPatches}, then {@link #normalise}.
     *
     * @throws IllegalArgumentException as {@link #crop}
     */
    public PatchSequence apply(RgbImage image) {
        return normalise(pixelPatches(image));
    }

    private float[] normalisedLevels() {
        float[] normalised = new float[channels() * 256]; // [channels][256]
        for (int channel = 0; channel < channels(); channel++) {
            for (int level = 0; level < 256; level++) {
                normalised[channel * 256 + level] = (level / 255f - mean.get(channel)) / std.get(channel);
            }
        }
        return normalised;
    }

    /**
     * Adds this preprocessing to a converted file's metadata, under keys that begin with
     * {@code glimpse.preprocessing.}; the patch size is the configuration's.
     */
    public void writeTo(Map<String, String> metadata) {
        PreprocessingMetadata.write(this, metadata);
    }

    /**
     * Reads what {@link #writeTo} wrote, in this or an earlier version.
     *
     * @param metadata of a converted file
     * @param config the model's configuration: gives the patch size; image size and channels must match
     * @throws IllegalArgumentException naming the key that is missing or invalid
     */
    public static Preprocessing readFrom(Map<String, String> metadata, VitConfig config) {
        return PreprocessingMetadata.read(metadata, config);
    }
}
