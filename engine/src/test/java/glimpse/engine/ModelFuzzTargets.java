package glimpse.engine;

import glimpse.engine.binding.TensorBinder;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The readers of converted models and of their metadata. */
public final class ModelFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public ModelFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of(
                        "model",
                        ModelFuzzTargets::model,
                        SafetensorsException.class,
                        ModelException.class,
                        IllegalArgumentException.class),
                FuzzTarget.of("model-metadata", ModelFuzzTargets::metadata, IllegalArgumentException.class));
    }

    private static void model(byte[] input) throws IOException {
        SafetensorsFile file = SafetensorsFile.of("input", MemorySegment.ofArray(input));
        ModelInfo info = ModelInfo.of(file);
        TensorBinder.bind(file, ModelTensors.shapes(info.config()));
        requireRestored(info.metadata());
    }

    /** A line per key, without the prefix that all keys share; labels are separated by bars. */
    private static void metadata(byte[] input) {
        Map<String, String> metadata = new HashMap<>();
        for (String line : Texts.of(input).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                metadata.put(
                        "glimpse." + line.substring(0, equals),
                        line.substring(equals + 1).replace('|', '\n'));
            }
        }
        requireRestored(metadata);
    }

    private static void requireRestored(Map<String, String> metadata) {
        VitConfig config = VitConfig.readFrom(metadata);
        ClassLabels labels = ClassLabels.readFrom(metadata);
        Preprocessing preprocessing = Preprocessing.readFrom(metadata, config);
        Map<String, String> written = new HashMap<>();
        config.writeTo(written);
        labels.writeTo(written);
        preprocessing.writeTo(written);
        Texts.requireEqual(config, VitConfig.readFrom(written));
        Texts.requireEqual(labels, ClassLabels.readFrom(written));
        Texts.requireEqual(preprocessing, Preprocessing.readFrom(written, config));
    }
}
