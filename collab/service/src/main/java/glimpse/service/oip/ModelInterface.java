package glimpse.service.oip;

import glimpse.collab.node.PassOutputs;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Preprocessing;
import glimpse.service.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model takes and gives. Of the inputs a request has one.
 *
 * @param name of the model
 * @param inputs {@link #PIXELS} and {@link #IMAGE}
 * @param outputs {@link #LOGITS}, {@link #PROBABILITIES}, {@link #LABEL}, and those that are given only if asked for
 * @param properties by name, in words
 */
public record ModelInterface(
        String name, List<TensorSpec> inputs, List<TensorSpec> outputs, Map<String, String> properties) {
    /** The only version of each model. */
    public static final String VERSION = "1";

    /** What models here run on. */
    public static final String PLATFORM = "glimpse";

    /** The most images in one request. */
    public static final int MAX_IMAGES = 64;

    /** FP32 {@code [images][channels][height][width]}: normalised pixels. */
    public static final String PIXELS = "pixels";

    /** BYTES {@code [images]}: image files. */
    public static final String IMAGE = "image";

    /** FP32 {@code [images][classes]}. */
    public static final String LOGITS = "logits";

    /** FP32 {@code [images][classes]}: the logits' softmax, at the model's temperature. */
    public static final String PROBABILITIES = "probabilities";

    /** BYTES {@code [images]}: the name of the most probable class, or its index if the model's file has no names. */
    public static final String LABEL = "label";

    /** FP32 {@code [images][layers][heads][tokens]}: the readout row. */
    public static final String ATTENTION = "attention";

    /** FP32 {@code [images][patches][width]}: the patches' tokens after the last layer. */
    public static final String PATCH_TOKENS = "patch_tokens";

    /** Copies the collections. */
    public ModelInterface {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        properties = Map.copyOf(properties);
    }

    /** Describes a model. */
    public static ModelInterface of(ServedModel model) {
        VitConfig config = model.classifier().transformer().config();
        List<TensorSpec> outputs = new ArrayList<>(List.of(
                TensorSpec.of(LOGITS, DataType.FP32, -1, config.classes()),
                TensorSpec.of(PROBABILITIES, DataType.FP32, -1, config.classes()),
                TensorSpec.of(LABEL, DataType.BYTES, -1)));
        int layers = PassOutputs.attentionLayers(config);
        if (layers > 0) {
            outputs.add(TensorSpec.of(ATTENTION, DataType.FP32, -1, layers, config.heads(), tokens(config)));
        }
        outputs.add(TensorSpec.of(PATCH_TOKENS, DataType.FP32, -1, config.patches(), config.width()));
        return new ModelInterface(
                model.name(),
                List.of(
                        TensorSpec.of(
                                PIXELS, DataType.FP32, -1, config.channels(), config.imageSize(), config.imageSize()),
                        TensorSpec.of(IMAGE, DataType.BYTES, -1)),
                outputs,
                properties(model));
    }

    private static long tokens(VitConfig config) {
        return (long) config.patches() + config.prefixTokens();
    }

    private static Map<String, String> properties(ServedModel model) {
        Preprocessing preprocessing = model.classifier().preprocessing();
        return Map.of(
                "sha256",
                model.sha256(),
                PIXELS,
                "normalised: (value / 255 - mean) / std, mean " + preprocessing.mean() + ", std " + preprocessing.std()
                        + (preprocessing.channels() == 1 ? ", grey" : ", RGB"),
                IMAGE,
                "an image file, JPEG or PNG among others, which the server frames and normalises; in JSON, base64");
    }

    /** Returns the output of a name. */
    public Optional<TensorSpec> output(String output) {
        return outputs.stream().filter(one -> one.name().equals(output)).findAny();
    }
}
