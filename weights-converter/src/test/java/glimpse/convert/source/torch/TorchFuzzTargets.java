package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.SourceTensor;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import java.io.IOException;
import java.util.List;

/** The readers of PyTorch's zip archives and of the pickles in them. */
public final class TorchFuzzTargets implements FuzzTargets {
    private static final int PART = 4096;

    /** Makes the list; called by the service loader. */
    public TorchFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("pickle", input -> PickleReader.read("input", input), ConvertException.class),
                FuzzTarget.of("torch", TorchFuzzTargets::torch, ConvertException.class));
    }

    private static void torch(byte[] input) throws IOException {
        try (TorchSource source = TorchSource.open(Scratch.write("input.pth", input))) {
            float[] part = new float[PART];
            for (SourceTensor tensor : source.tensors().values()) {
                for (long first = 0; first < tensor.elements(); first += PART) {
                    source.read(tensor.name(), first, part, 0, (int) Math.min(PART, tensor.elements() - first));
                }
            }
        }
    }
}
