package glimpse.service.oip;

import glimpse.collab.node.PassOutputs;
import java.util.List;

/** The outputs of a request, checked against the model. Immutable. */
final class OutputSelection {
    private static final List<String> DEFAULT =
            List.of(ModelInterface.LOGITS, ModelInterface.PROBABILITIES, ModelInterface.LABEL);

    // a result and its copy in the response; JSON writes some 12 characters for a number
    private static final int BINARY_BYTES = 8; // per number
    private static final int TEXT_BYTES = 16; // per number
    private static final int STRING_BYTES = 64;

    private final List<RequestedOutput> outputs;

    private OutputSelection(List<RequestedOutput> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    static OutputSelection of(InferRequest request, ModelInterface model) throws OipException {
        if (request.outputs().isEmpty()) {
            return new OutputSelection(DEFAULT.stream()
                    .map(name -> new RequestedOutput(name, request.binaryByDefault(), 0))
                    .toList());
        }
        for (int i = 0; i < request.outputs().size(); i++) {
            check(request.outputs().get(i), model);
            for (int j = 0; j < i; j++) {
                if (request.outputs()
                        .get(i)
                        .name()
                        .equals(request.outputs().get(j).name())) {
                    throw OipException.invalid(
                            "output '" + request.outputs().get(i).name() + "' is requested twice");
                }
            }
        }
        return new OutputSelection(request.outputs());
    }

    private static void check(RequestedOutput output, ModelInterface model) throws OipException {
        if (model.output(output.name()).isEmpty()) {
            throw OipException.invalid("the model has no output '" + output.name() + "', expected one of "
                    + model.outputs().stream().map(TensorSpec::name).toList());
        }
        boolean perClass =
                output.name().equals(ModelInterface.LOGITS) || output.name().equals(ModelInterface.PROBABILITIES);
        if (output.classes() < 0 || (output.classes() > 0 && !perClass)) {
            throw OipException.invalid("output '" + output.name() + "' has classification " + output.classes()
                    + ", expected " + (perClass ? "a positive number" : "none"));
        }
    }

    List<RequestedOutput> outputs() {
        return outputs;
    }

    /** Returns what the pass must give. */
    PassOutputs passOutputs() {
        return new PassOutputs(has(ModelInterface.ATTENTION), has(ModelInterface.PATCH_TOKENS));
    }

    /** Estimates how many bytes of memory results and response take together. */
    long responseBytes(int images, ModelInterface model) {
        long bytes = 0;
        for (RequestedOutput output : outputs) {
            TensorSpec tensor = model.output(output.name()).orElseThrow();
            long perImage = tensor.shape().stream().skip(1).reduce(1L, (a, b) -> a * b);
            if (tensor.type() == DataType.BYTES) {
                bytes += images * perImage * STRING_BYTES;
            } else if (output.classes() > 0) {
                bytes += images * Math.min(output.classes(), perImage) * STRING_BYTES;
            } else {
                bytes += images * perImage * (output.binary() ? BINARY_BYTES : TEXT_BYTES);
            }
        }
        return bytes;
    }

    private boolean has(String name) {
        return outputs.stream().anyMatch(output -> output.name().equals(name));
    }
}
