package glimpse.convert;

import glimpse.engine.image.Interpolation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the caller says about a model's preprocessing. Whatever is left empty is taken from the configuration beside the
 * checkpoint: timm's {@code config.json}, transformers' {@code preprocessor_config.json}. If that doesn't say, it is
 * ImageNet's: a {@code crop_pct} of 0.875, crop mode {@code center}, bicubic, ImageNet's mean and standard deviation
 * (0.5 for a model with one channel). Immutable.
 *
 * @param mean mean of each channel on a scale of 0..1; empty if not given
 * @param std standard deviation of each channel on the same scale, positive; empty if not given
 * @param cropPct side of the crop as a fraction of the resized image's shorter side, above 0 and at most 1
 * @param cropMode how images are framed; {@link CropMode#AS_IS} makes {@code cropPct} and {@code interpolation}
 *     irrelevant
 * @param interpolation filter for resizing
 */
public record PreprocessingOptions(
        List<Float> mean,
        List<Float> std,
        OptionalDouble cropPct,
        Optional<CropMode> cropMode,
        Optional<Interpolation> interpolation) {
    private static final PreprocessingOptions DEFAULTS =
            new PreprocessingOptions(List.of(), List.of(), OptionalDouble.empty(), Optional.empty(), Optional.empty());

    /** Copies the lists. Values are checked against the model when it is converted. */
    public PreprocessingOptions {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Returns options that say nothing. */
    public static PreprocessingOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a mean for each channel. */
    public PreprocessingOptions withMean(List<Float> channels) {
        return new PreprocessingOptions(channels, std, cropPct, cropMode, interpolation);
    }

    /** Returns these options with a standard deviation for each channel. */
    public PreprocessingOptions withStd(List<Float> channels) {
        return new PreprocessingOptions(mean, channels, cropPct, cropMode, interpolation);
    }

    /** Returns these options with a {@code crop_pct}, above 0 and at most 1. */
    public PreprocessingOptions withCropPct(double fraction) {
        return new PreprocessingOptions(mean, std, OptionalDouble.of(fraction), cropMode, interpolation);
    }

    /** Returns these options with a crop mode. */
    public PreprocessingOptions withCropMode(CropMode mode) {
        return new PreprocessingOptions(mean, std, cropPct, Optional.of(mode), interpolation);
    }

    /** Returns these options with a filter for resizing. */
    public PreprocessingOptions withInterpolation(Interpolation filter) {
        return new PreprocessingOptions(mean, std, cropPct, cropMode, Optional.of(filter));
    }
}
