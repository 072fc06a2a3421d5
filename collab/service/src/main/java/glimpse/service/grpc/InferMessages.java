package glimpse.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import glimpse.service.oip.InferRequest;
import glimpse.service.oip.InferResponse;
import glimpse.service.oip.InputTensor;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.OipException;
import glimpse.service.oip.OipException.Code;
import glimpse.service.oip.OutputTensor;
import glimpse.service.oip.RequestedOutput;
import glimpse.service.oip.TensorData;
import glimpse.service.oip.json.InferResponseWriter;
import glimpse.service.proto.inference.InferParameter;
import glimpse.service.proto.inference.InferTensorContents;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelInferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads requests for inferences and writes their responses. */
final class InferMessages {
    private InferMessages() {}

    static InferRequest read(ModelInferRequest request) throws OipException {
        int raw = request.getRawInputContentsCount();
        if (raw > 0 && raw != request.getInputsCount()) {
            throw invalid("raw_input_contents has " + raw + " elements, expected one for each of "
                    + request.getInputsCount() + " inputs, or none");
        }
        List<InputTensor> inputs = new ArrayList<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            ModelInferRequest.InferInputTensor input = request.getInputs(i);
            TensorData data = raw > 0
                    ? new TensorData.Raw(request.getRawInputContents(i).asReadOnlyByteBuffer())
                    : data(input.getName(), input.getContents());
            inputs.add(new InputTensor(input.getName(), input.getDatatype(), input.getShapeList(), data));
        }
        List<RequestedOutput> outputs = new ArrayList<>();
        for (ModelInferRequest.InferRequestedOutputTensor output : request.getOutputsList()) {
            long classes = number(output.getParametersMap(), "classification");
            outputs.add(new RequestedOutput(output.getName(), true, Math.clamp(classes, -1, Integer.MAX_VALUE)));
        }
        return new InferRequest(
                request.getId(),
                inputs,
                outputs,
                true,
                InferRequest.priority(number(request.getParametersMap(), "priority")),
                InferRequest.timeout(number(request.getParametersMap(), "timeout")));
    }

    private static TensorData data(String name, InferTensorContents contents) throws OipException {
        int floats = contents.getFp32ContentsCount();
        int strings = contents.getBytesContentsCount();
        if (floats > 0 && strings > 0) {
            throw invalid("input '" + name + "' has fp32_contents as well as bytes_contents");
        }
        if (strings > 0) {
            return new TensorData.Strings(contents.getBytesContentsList().stream()
                    .map(ByteString::toByteArray)
                    .toList());
        }
        float[] values = new float[floats];
        for (int i = 0; i < floats; i++) {
            values[i] = contents.getFp32Contents(i);
        }
        return TensorData.Floats.of(values);
    }

    /** Returns the value of a parameter; 0 if there is none. */
    private static long number(Map<String, InferParameter> parameters, String name) throws OipException {
        InferParameter parameter = parameters.get(name);
        if (parameter == null) {
            return 0;
        }
        return switch (parameter.getParameterChoiceCase()) {
            case INT64_PARAM -> parameter.getInt64Param();
            case UINT64_PARAM -> parameter.getUint64Param();
            case BOOL_PARAM, STRING_PARAM, DOUBLE_PARAM, PARAMETERCHOICE_NOT_SET ->
                throw invalid("parameter '" + name + "' isn't an integer");
        };
    }

    private static OipException invalid(String message) {
        return new OipException(Code.INVALID, message);
    }

    static ModelInferResponse write(InferResponse response) {
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(response.model())
                .setModelVersion(ModelInterface.VERSION)
                .setId(response.id());
        for (OutputTensor output : response.outputs()) {
            message.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.type().name())
                    .addAllShape(output.shape());
            message.addRawOutputContents(UnsafeByteOperations.unsafeWrap(InferResponseWriter.raw(output.data())));
        }
        return message.build();
    }
}
