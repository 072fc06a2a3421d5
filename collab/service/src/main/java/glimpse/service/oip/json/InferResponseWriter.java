package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import glimpse.service.oip.ByteStrings;
import glimpse.service.oip.InferResponse;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.OutputTensor;
import glimpse.service.oip.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the body of a response to an inference: JSON, and the binary data that follows it. */
public final class InferResponseWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private InferResponseWriter() {}

    /**
     * A body.
     *
     * @param json the document at its beginning
     * @param binary what follows, in this order; empty if there is no binary data
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Body(byte[] json, List<ByteBuffer> binary) {}

    /** Writes a response. */
    public static Body write(InferResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ByteBuffer> binary = new ArrayList<>();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model_name", response.model());
            json.writeStringField("model_version", ModelInterface.VERSION);
            if (!response.id().isEmpty()) {
                json.writeStringField("id", response.id());
            }
            json.writeArrayFieldStart("outputs");
            for (OutputTensor output : response.outputs()) {
                write(output, json, binary);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return new Body(bytes.toByteArray(), binary);
    }

    private static void write(OutputTensor output, JsonGenerator json, List<ByteBuffer> binary) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeStringField("datatype", output.type().name());
        json.writeArrayFieldStart("shape");
        for (long dimension : output.shape()) {
            json.writeNumber(dimension);
        }
        json.writeEndArray();
        if (output.binary()) {
            ByteBuffer raw = raw(output.data());
            binary.add(raw);
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", raw.remaining());
            json.writeEndObject();
        } else {
            json.writeArrayFieldStart("data");
            writeElements(output.data(), json);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeElements(TensorData data, JsonGenerator json) throws IOException {
        switch (data) {
            case TensorData.Floats floats -> {
                FloatBuffer values = floats.values().slice();
                while (values.hasRemaining()) {
                    json.writeNumber(values.get());
                }
            }
            case TensorData.Strings strings -> {
                for (byte[] string : strings.values()) {
                    json.writeString(new String(string, StandardCharsets.UTF_8));
                }
            }
            case TensorData.Raw raw -> throw notWritten();
            case TensorData.Base64 texts -> throw notWritten();
        }
    }

    /** Returns a tensor's elements as binary data. */
    public static ByteBuffer raw(TensorData data) {
        return switch (data) {
            case TensorData.Floats floats -> {
                FloatBuffer values = floats.values().slice();
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                yield bytes;
            }
            case TensorData.Strings strings -> ByteStrings.join(strings.values());
            case TensorData.Raw raw -> raw.bytes();
            case TensorData.Base64 texts -> throw notWritten();
        };
    }

    private static IllegalArgumentException notWritten() {
        return new IllegalArgumentException("outputs are numbers or byte strings");
    }
}
