package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import glimpse.service.oip.InferRequest;
import glimpse.service.oip.InputTensor;
import glimpse.service.oip.OipException;
import glimpse.service.oip.RequestedOutput;
import glimpse.service.oip.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of an inference request: JSON, and the binary data that follows it. Allocates no more than a few times
 * the body's length, whatever it declares.
 */
public final class InferRequestReader {
    /** Of a tensor of 150,528 numbers, the JDK's parser takes three times as long as all else, to the same bits. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    /** More than any model has; each costs an object. */
    private static final int MAX_TENSORS = 16;

    private final JsonParser json;
    private final ByteBuffer binary;

    private record Output(String name, Parameters parameters) {
        RequestedOutput resolve(boolean binaryByDefault) {
            return new RequestedOutput(name, parameters.binary().orElse(binaryByDefault), parameters.classes());
        }
    }

    private InferRequestReader(JsonParser json, ByteBuffer binary) {
        this.json = json;
        this.binary = binary;
    }

    /**
     * Reads a body.
     *
     * @param document the JSON document at its beginning
     * @param binary what follows it, from its position to its limit; tensors of the request are parts of it
     * @throws OipException if it is malformed; the message names the field
     */
    public static InferRequest read(InputStream document, ByteBuffer binary) throws OipException {
        try (JsonParser json = JSON.createParser(document)) {
            return new InferRequestReader(json, binary.slice()).read();
        } catch (JsonProcessingException e) {
            throw Fields.invalid("the request isn't valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Fields.invalid("the request isn't valid JSON: " + e.getMessage());
        }
    }

    private InferRequest read() throws IOException, OipException {
        Fields.require(json, json.nextToken(), JsonToken.START_OBJECT, "the request", "an object");
        String id = "";
        Parameters parameters = Parameters.NONE;
        List<InputTensor> inputs = List.of();
        List<Output> outputs = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "id" -> id = Fields.string(json, "id");
                case "parameters" -> parameters = Parameters.read(json, "parameters");
                case "inputs" -> inputs = inputs();
                case "outputs" -> outputs = outputs();
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw Fields.invalid("the request goes on after its JSON document; the header"
                    + " Inference-Header-Content-Length says where binary data begins");
        }
        if (binary.hasRemaining()) {
            throw Fields.invalid(binary.remaining() + " bytes of binary data belong to no input");
        }
        boolean binaryByDefault = parameters.binaryOutputs(); // which may come after the outputs
        return new InferRequest(
                id,
                inputs,
                outputs.stream().map(output -> output.resolve(binaryByDefault)).toList(),
                binaryByDefault,
                InferRequest.priority(parameters.priority()),
                InferRequest.timeout(parameters.timeoutMicros()));
    }

    private List<InputTensor> inputs() throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_ARRAY, "inputs", "an array");
        List<InputTensor> inputs = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (inputs.size() == MAX_TENSORS) {
                throw Fields.invalid("the request has more than " + MAX_TENSORS + " inputs");
            }
            inputs.add(input("inputs[" + inputs.size() + "]"));
        }
        return inputs;
    }

    private InputTensor input(String where) throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_OBJECT, where, "an object");
        String name = "";
        String datatype = "";
        List<Long> shape = List.of();
        long binaryBytes = -1;
        TensorData data = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            String path = where + "." + field;
            json.nextToken();
            switch (field) {
                case "name" -> name = Fields.string(json, path);
                case "datatype" -> datatype = Fields.string(json, path);
                case "shape" -> shape = Fields.integers(json, path);
                case "parameters" -> binaryBytes = Parameters.read(json, path).binaryBytes();
                case "data" -> data = ElementReader.read(json, path);
                default -> json.skipChildren();
            }
        }
        if (binaryBytes >= 0 && data != null) {
            throw Fields.invalid(where + " has data as well as binary data");
        }
        if (binaryBytes > binary.remaining()) {
            throw Fields.invalid(where + ".parameters.binary_data_size is " + binaryBytes + ", but "
                    + binary.remaining() + " bytes of binary data follow");
        }
        if (binaryBytes >= 0) {
            data = new TensorData.Raw(binary.slice(binary.position(), (int) binaryBytes));
            binary.position(binary.position() + (int) binaryBytes);
        }
        if (data == null) {
            throw Fields.invalid(where + " has neither data nor binary data");
        }
        return new InputTensor(name, datatype, shape, data);
    }

    private List<Output> outputs() throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_ARRAY, "outputs", "an array");
        List<Output> outputs = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (outputs.size() == MAX_TENSORS) {
                throw Fields.invalid("the request has more than " + MAX_TENSORS + " outputs");
            }
            outputs.add(output("outputs[" + outputs.size() + "]"));
        }
        return outputs;
    }

    private Output output(String where) throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_OBJECT, where, "an object");
        String name = "";
        Parameters parameters = Parameters.NONE;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = Fields.string(json, where + ".name");
                case "parameters" -> parameters = Parameters.read(json, where + ".parameters");
                default -> json.skipChildren();
            }
        }
        return new Output(name, parameters);
    }
}
