package glimpse.engine.image;

import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import java.util.List;
import java.util.Map;

/**
 * From an image to the numbers that a model was trained on. The steps are apart, because an edge sends the 8-bit pixels
 * of {@link #crop} and the server goes on from there with {@link #normalise}: both get bit-identical values. Immutable.
 *
 * @param framing how the image becomes a square
 * @param mean of each channel, on a scale of 0..1; one value for a grey model, three for RGB
 * @param std standard deviation of each channel, on the same scale, positive; as many as {@code mean}
 */
public record Preprocessing(Framing framing, List<Float> mean, List<Float> std) {
    private static final List<Float> IMAGENET_MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> IMAGENET_STD = List.of(0.229f, 0.224f, 0.225f);
    private static final double IMAGENET_CROP_FRACTION = 0.875;

    /** Checks that the channels are 1 or 3, and every value finite and in range. */
    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
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
     * What DeiT and most ImageNet models use: bicubic, the crop being 7/8 of the shorter side (224 of 256), ImageNet's
     * mean and standard deviation.
     *
     * @param imageSize side of the model's input in pixels
     */
    public static Preprocessing imagenet(int imageSize) {
        int resize = (int) Math.floor(imageSize / IMAGENET_CROP_FRACTION);
        return new Preprocessing(
                new Framing.ResizeAndCrop(resize, imageSize, Interpolation.BICUBIC), IMAGENET_MEAN, IMAGENET_STD);
    }

    /** Channels of the model's input: 1 (grey) or 3 (RGB). */
    public int channels() {
        return mean.size();
    }

    /**
     * The square that the model sees, in 8 bits. For a grey model the image is first turned to ITU-R 601 luma, as
     * Pillow's {@code convert("L")} does, and the result has three equal channels.
     *
     * @return {@code framing.size()} pixels wide and high
     * @throws IllegalArgumentException if the framing takes images as they are and this one has another size
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
            case Framing.ResizeAndCrop resizeAndCrop -> CentreCrop.of(source, resizeAndCrop);
            case Framing.StretchAndCrop stretchAndCrop -> CentreCrop.of(source, stretchAndCrop);
        };
    }

    /**
     * All patches of the square, in 8 bits: {@link #crop}, then {@link PixelPatches#cut}.
     *
     * @param patchSize side of a patch in pixels, a divisor of the square's side
     */
    public PixelPatches pixelPatches(RgbImage image, int patchSize) {
        return PixelPatches.cut(crop(image), patchSize, channels());
    }

    /**
     * Scales to 0..1, subtracts the mean and divides by the standard deviation, all in float32, in this order, as
     * torchvision's ToTensor and Normalize do.
     *
     * @throws IllegalArgumentException if the patches have another number of channels
     */
    public PatchSequence normalise(PixelPatches patches) {
        if (patches.channels() != channels()) {
            throw new IllegalArgumentException(
                    "the patches have " + patches.channels() + " channels, expected " + channels());
        }
        float[] normalised = normalisedLevels(); // [channels][256]
        byte[] pixels = patches.rawPixels(); // [patches][area][channels]
        float[] values = new float[pixels.length]; // [patches][channels][area]
        int area = patches.patchSize() * patches.patchSize();
        int at = 0;
        for (int patch = 0; patch < patches.patches(); patch++) {
            int start = patch * area * channels();
            for (int channel = 0; channel < channels(); channel++) {
                for (int i = 0; i < area; i++) {
                    values[at++] = normalised[channel * 256 + (pixels[start + i * channels() + channel] & 0xff)];
                }
            }
        }
        int grid = framing.size() / patches.patchSize();
        return PatchSequence.of(grid, patches.patchBytes(), patches.positions(), values);
    }

    /** The whole way: {@link #pixelPatches}, then {@link #normalise}. */
    public PatchSequence apply(RgbImage image, int patchSize) {
        return normalise(pixelPatches(image, patchSize));
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

    /** Adds this preprocessing to the metadata of a converted file: keys {@code glimpse.preprocessing.*}. */
    public void writeTo(Map<String, String> metadata) {
        PreprocessingMetadata.write(this, metadata);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param config of the model in the same file: its image size and channels must agree
     * @throws IllegalArgumentException naming the key that is missing or unusable
     */
    public static Preprocessing readFrom(Map<String, String> metadata, VitConfig config) {
        return PreprocessingMetadata.read(metadata, config);
    }
}
