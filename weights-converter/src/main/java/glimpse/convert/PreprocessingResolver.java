package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.convert.naming.HubConfig;
import glimpse.convert.source.Excerpt;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Preprocessing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Decides on a model's preprocessing: what the options say, otherwise what the configuration beside the checkpoint
 * says, otherwise ImageNet's.
 */
final class PreprocessingResolver {
    private static final double DEFAULT_CROP_PCT = 0.875;
    private static final int PILLOW_BILINEAR = 2;
    private static final int PILLOW_BICUBIC = 3;

    private final PreprocessingOptions options;
    private final VitConfig model;
    private final HubConfig config;
    private final HubConfig preprocessor;

    /**
     * Prepares a decision.
     *
     * @param config the {@code config.json}, in which timm keeps the preprocessing
     * @param preprocessor the {@code preprocessor_config.json} of transformers
     */
    PreprocessingResolver(PreprocessingOptions options, VitConfig model, HubConfig config, HubConfig preprocessor) {
        this.options = options;
        this.model = model;
        this.config = config;
        this.preprocessor = preprocessor;
    }

    /** What was decided, with the crop it takes and who says so; the crop is empty if images are taken as they are. */
    record Resolved(Preprocessing preprocessing, Optional<ConversionReport.Crop> crop) {}

    Resolved resolve() throws ConvertException {
        Preprocessing imagenet = Preprocessing.imagenet(model.imageSize(), model.patchSize());
        boolean colour = model.channels() == 3;
        List<Float> mean = channels(
                "mean",
                options.mean(),
                config.numbers(timm("mean")),
                preprocessor.numbers("image_mean"),
                colour ? imagenet.mean() : List.of(0.5f));
        List<Float> std = channels(
                "std",
                options.std(),
                config.numbers(timm("std")),
                preprocessor.numbers("image_std"),
                colour ? imagenet.std() : List.of(0.5f));
        CropMode mode = cropMode();
        Optional<ConversionReport.Crop> crop = mode == CropMode.AS_IS ? Optional.empty() : Optional.of(crop(mode));
        try {
            Framing framing = crop.isEmpty() ? new Framing.AsIs(model.imageSize()) : framing(crop.get());
            return new Resolved(new Preprocessing(framing, model.patchSize(), mean, std), crop);
        } catch (IllegalArgumentException e) {
            throw new ConvertException("preprocessing: " + e.getMessage(), e);
        }
    }

    /** The places where timm has kept a value: its newer configurations nest it, its oldest don't. */
    private static String[] timm(String key) {
        return new String[] {"pretrained_cfg." + key, "default_cfg." + key, key};
    }

    private Framing framing(ConversionReport.Crop crop) throws ConvertException {
        return crop.mode() == CropMode.SQUASH
                ? Framing.Squash.ofCropPct(crop.pct(), model.imageSize(), filter())
                : Framing.Center.ofCropPct(crop.pct(), model.imageSize(), filter());
    }

    private ConversionReport.Crop crop(CropMode mode) throws ConvertException {
        if (options.cropPct().isPresent()) {
            return new ConversionReport.Crop(options.cropPct().getAsDouble(), mode, ConversionReport.CropOrigin.OPTION);
        }
        OptionalDouble configured = config.number(timm("crop_pct"));
        if (configured.isEmpty()) {
            configured = transformersCropPct();
        }
        return configured.isPresent()
                ? new ConversionReport.Crop(configured.getAsDouble(), mode, ConversionReport.CropOrigin.CONFIGURATION)
                : new ConversionReport.Crop(DEFAULT_CROP_PCT, mode, ConversionReport.CropOrigin.DEFAULT);
    }

    /** transformers gives two sizes; without a crop, the resized image is the model's input. */
    private OptionalDouble transformersCropPct() throws ConvertException {
        OptionalInt resized = preprocessor.integer("size.shortest_edge", "size.height", "size");
        if (resized.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalInt cropped = preprocessor.integer("crop_size.height", "crop_size");
        boolean crops = preprocessor.flag("do_center_crop").orElse(cropped.isPresent());
        return OptionalDouble.of(crops && cropped.isPresent() ? (double) cropped.getAsInt() / resized.getAsInt() : 1);
    }

    /** timm names it; transformers squashes if it gives a height and a width or, of old, one number without a crop. */
    private CropMode cropMode() throws ConvertException {
        if (options.cropMode().isPresent()) {
            return options.cropMode().get();
        }
        Optional<String> named = config.text(timm("crop_mode"));
        if (named.isPresent()) {
            return switch (named.get()) {
                case "center" -> CropMode.CENTER;
                case "squash" -> CropMode.SQUASH;
                default ->
                    throw new ConvertException(config.name() + ": crop_mode " + Excerpt.of(named.get())
                            + " is not supported: set the option crop-mode to center or squash");
            };
        }
        boolean bothSides = preprocessor.integer("size.height").isPresent()
                && preprocessor.integer("size.width").isPresent();
        boolean crops = preprocessor
                .flag("do_center_crop")
                .orElse(preprocessor.integer("crop_size.height", "crop_size").isPresent());
        return bothSides || (preprocessor.isNumber("size") && !crops) ? CropMode.SQUASH : CropMode.CENTER;
    }

    private Interpolation filter() throws ConvertException {
        if (options.interpolation().isPresent()) {
            return options.interpolation().get();
        }
        Optional<String> named = config.text(timm("interpolation"));
        OptionalInt numbered = preprocessor.integer("resample");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "bilinear" -> Interpolation.BILINEAR;
                case "bicubic" -> Interpolation.BICUBIC;
                default -> throw unknownFilter(config.name() + ": interpolation " + Excerpt.of(named.get()));
            };
        }
        if (numbered.isPresent()) {
            return switch (numbered.getAsInt()) {
                case PILLOW_BILINEAR -> Interpolation.BILINEAR;
                case PILLOW_BICUBIC -> Interpolation.BICUBIC;
                default -> throw unknownFilter(preprocessor.name() + ": resample " + numbered.getAsInt());
            };
        }
        return Interpolation.BICUBIC;
    }

    private static ConvertException unknownFilter(String what) {
        return new ConvertException(what + " is not supported: set the option interpolation to bilinear or bicubic");
    }

    @SafeVarargs
    private List<Float> channels(String what, List<Float>... choices) throws ConvertException {
        for (List<Float> choice : choices) {
            if (choice.size() == model.channels()) {
                return choice;
            }
            if (!choice.isEmpty()) {
                throw new ConvertException(what + " is " + Excerpt.of(choice) + ", expected one number for each of "
                        + model.channels() + " channels");
            }
        }
        throw new IllegalStateException("no " + what + " for " + model.channels() + " channels");
    }
}
