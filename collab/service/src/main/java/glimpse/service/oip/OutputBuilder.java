package glimpse.service.oip;

import glimpse.collab.node.ServerResult;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Makes the tensors of a response from the results of its images. Immutable. */
final class OutputBuilder {
    private final ModelInterface model;
    private final ClassLabels labels;
    private final List<ServerResult.Logits> images;
    private final List<Prediction> predictions;

    /**
     * Creates a builder.
     *
     * @param images at least one
     * @throws glimpse.engine.NonFiniteOutputException if the logits of an image aren't finite
     */
    OutputBuilder(ModelInterface model, ClassLabels labels, List<ServerResult.Logits> images) {
        this.model = model;
        this.labels = labels;
        this.images = List.copyOf(images);
        this.predictions =
                this.images.stream().map(ServerResult.Logits::prediction).toList();
    }

    OutputTensor build(RequestedOutput output) {
        return switch (output.name()) {
            case ModelInterface.LOGITS -> classes(output, values(ServerResult.Logits::values));
            case ModelInterface.PROBABILITIES ->
                classes(output, predictions.stream().map(OutputBuilder::floats).toList());
            case ModelInterface.LABEL ->
                strings(
                        output,
                        List.of((long) images.size()),
                        predictions.stream().map(this::label).toList());
            case ModelInterface.ATTENTION -> floats(output, values(ServerResult.Logits::attention));
            case ModelInterface.PATCH_TOKENS -> floats(output, values(ServerResult.Logits::patchTokens));
            default -> throw new IllegalArgumentException("no output " + output.name());
        };
    }

    private List<float[]> values(Function<ServerResult.Logits, float[]> ofImage) {
        return images.stream().map(ofImage).toList();
    }

    private String label(Prediction prediction) {
        return name(prediction.top(1).getFirst().index());
    }

    private String name(int index) {
        return labels.isEmpty() ? Integer.toString(index) : labels.name(index);
    }

    private static float[] floats(Prediction prediction) {
        float[] values = new float[prediction.classes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) prediction.probability(i);
        }
        return values;
    }

    private OutputTensor classes(RequestedOutput output, List<float[]> values) {
        if (output.classes() == 0) {
            return floats(output, values);
        }
        List<String> texts = new ArrayList<>();
        int most = Math.min(output.classes(), predictions.getFirst().classes());
        for (int image = 0; image < images.size(); image++) {
            float[] ofImage = values.get(image);
            for (ClassProbability one : predictions.get(image).top(most)) {
                texts.add(ranked(ofImage[one.index()], one.index()));
            }
        }
        return strings(output, List.of((long) images.size(), (long) most), texts);
    }

    private String ranked(float value, int index) {
        String ranked = String.format(Locale.ROOT, "%f:%d", value, index);
        return labels.isEmpty() ? ranked : ranked + ":" + labels.name(index);
    }

    private OutputTensor floats(RequestedOutput output, List<float[]> values) {
        float[] all = new float[0];
        for (int image = 0; image < images.size(); image++) {
            float[] one = values.get(image);
            if (image == 0) {
                all = new float[Math.multiplyExact(images.size(), one.length)];
            }
            System.arraycopy(one, 0, all, image * one.length, one.length);
        }
        List<Long> shape =
                new ArrayList<>(model.output(output.name()).orElseThrow().shape());
        shape.set(0, (long) images.size());
        return new OutputTensor(output.name(), DataType.FP32, shape, TensorData.Floats.of(all), output.binary());
    }

    private static OutputTensor strings(RequestedOutput output, List<Long> shape, List<String> texts) {
        List<byte[]> values = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new OutputTensor(output.name(), DataType.BYTES, shape, new TensorData.Strings(values), output.binary());
    }
}
