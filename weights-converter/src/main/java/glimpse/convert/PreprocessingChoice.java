package glimpse.convert;

import glimpse.convert.layout.HubConfig;
import glimpse.convert.source.ConvertException;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Preprocessing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A model's preprocessing: what the user says, else what the configuration beside the checkpoint says (timm's {@code
 * config.json}, transformers' {@code preprocessor_config.json}), else ImageNet's usual one.
 *
 * @param mean of each channel; empty if not given
 * @param std of each channel; empty if not given
 * @param cropFraction side of the crop as a fraction of the resized image's shorter side
 * @param interpolation filter for resizing
 * @param asIs images are not resized
 */
record PreprocessingChoice(
        List<Float> mean,
        List<Float> std,
        OptionalDouble cropFraction,
        Optional<Interpolation> interpolation,
        boolean asIs) {
    private static final double USUAL_CROP_FRACTION = 0.875;
    private static final int PILLOW_BILINEAR = 2;
    private static final int PILLOW_BICUBIC = 3;

    /** Nothing given. */
    static PreprocessingChoice none() {
        return new PreprocessingChoice(List.of(), List.of(), OptionalDouble.empty(), Optional.empty(), false);
    }

    /** The preprocessing for a model. */
    Preprocessing resolve(VitConfig model, HubConfig config, HubConfig preprocessor) throws ConvertException {
        Preprocessing usual = Preprocessing.imagenet(model.imageSize());
        boolean colour = model.channels() == 3;
        List<Float> usualMean = colour ? usual.mean() : List.of(0.5f);
        List<Float> usualStd = colour ? usual.std() : List.of(0.5f);
        List<Float> resolvedMean = channels(
                "mean",
                model,
                mean,
                config.numbers("pretrained_cfg.mean"),
                preprocessor.numbers("image_mean"),
                usualMean);
        List<Float> resolvedStd = channels(
                "std", model, std, config.numbers("pretrained_cfg.std"), preprocessor.numbers("image_std"), usualStd);
        try {
            return new Preprocessing(framing(model.imageSize(), config, preprocessor), resolvedMean, resolvedStd);
        } catch (IllegalArgumentException e) {
            throw new ConvertException("preprocessing: " + e.getMessage(), e);
        }
    }

    private Framing framing(int size, HubConfig config, HubConfig preprocessor) throws ConvertException {
        if (asIs) {
            return new Framing.AsIs(size);
        }
        double fraction =
                cropFraction.orElse(config.number("pretrained_cfg.crop_pct").orElse(fraction(preprocessor)));
        if (!(fraction > 0 && fraction <= 1)) {
            throw new ConvertException("the crop's fraction is " + fraction + ", expected above 0, up to 1");
        }
        int resize = (int) Math.floor(size / fraction);
        return stretches(config, preprocessor)
                ? new Framing.StretchAndCrop(resize, size, filter(config, preprocessor))
                : new Framing.ResizeAndCrop(resize, size, filter(config, preprocessor));
    }

    /** timm says so; transformers by a height and a width, or of old by one number where nothing is cropped. */
    private static boolean stretches(HubConfig config, HubConfig preprocessor) throws ConvertException {
        if (config.text("pretrained_cfg.crop_mode").isPresent()) {
            return config.text("pretrained_cfg.crop_mode").get().equals("squash");
        }
        boolean bothSides = preprocessor.integer("size.height").isPresent()
                && preprocessor.integer("size.width").isPresent();
        boolean crops = preprocessor
                .flag("do_center_crop")
                .orElse(preprocessor.integer("crop_size.height", "crop_size").isPresent());
        return bothSides || (preprocessor.isNumber("size") && !crops);
    }

    /** transformers gives two sizes; without a crop, the resized image is the model's input. */
    private static double fraction(HubConfig preprocessor) throws ConvertException {
        OptionalInt resized = preprocessor.integer("size.shortest_edge", "size.height", "size");
        if (resized.isEmpty()) {
            return USUAL_CROP_FRACTION;
        }
        OptionalInt cropped = preprocessor.integer("crop_size.height", "crop_size");
        boolean crops = preprocessor.flag("do_center_crop").orElse(cropped.isPresent());
        return crops && cropped.isPresent() ? (double) cropped.getAsInt() / resized.getAsInt() : 1;
    }

    private Interpolation filter(HubConfig config, HubConfig preprocessor) throws ConvertException {
        if (interpolation.isPresent()) {
            return interpolation.get();
        }
        Optional<String> named = config.text("pretrained_cfg.interpolation");
        OptionalInt numbered = preprocessor.integer("resample");
        if (named.isPresent()) {
            return switch (named.get()) {
                case "bilinear" -> Interpolation.BILINEAR;
                case "bicubic" -> Interpolation.BICUBIC;
                default -> throw unknownFilter(config.name() + ": interpolation " + named.get());
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
        return new ConvertException(what + " is not supported: give --interpolation bilinear or bicubic");
    }

    @SafeVarargs
    private static List<Float> channels(String what, VitConfig model, List<Float>... choices) throws ConvertException {
        for (List<Float> choice : choices) {
            if (choice.size() == model.channels()) {
                return choice;
            }
            if (!choice.isEmpty()) {
                throw new ConvertException(
                        what + " is " + choice + ", expected one number for each of " + model.channels() + " channels");
            }
        }
        throw new IllegalStateException("the usual " + what + " fits every model");
    }
}
