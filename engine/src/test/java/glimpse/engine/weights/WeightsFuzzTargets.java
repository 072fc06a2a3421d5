package glimpse.engine.weights;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.List;

/** The reader of safetensors files. */
public final class WeightsFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public WeightsFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("safetensors", WeightsFuzzTargets::safetensors, SafetensorsException.class));
    }

    private static void safetensors(byte[] input) throws IOException {
        SafetensorsFile file = SafetensorsFile.of("input", MemorySegment.ofArray(input));
        for (TensorInfo tensor : file.tensors().values()) {
            if (tensor.dtype().isReadableAsFloat()) {
                file.read(tensor.name(), new float[(int) tensor.elements()]);
            }
        }
        try (SafetensorsFile arrived =
                SafetensorsFile.read("input", Channels.newChannel(new ByteArrayInputStream(input)))) {
            Texts.requireEqual(file.tensors(), arrived.tensors());
            Texts.requireEqual(file.metadata(), arrived.metadata());
        }
    }
}
