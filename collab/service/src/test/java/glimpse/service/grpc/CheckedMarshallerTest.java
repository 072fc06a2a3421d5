package glimpse.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc;
import glimpse.service.proto.inference.InferTensorContents;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelInferRequest.InferInputTensor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class CheckedMarshallerTest {
    private final CheckedMarshaller<ModelInferRequest> marshaller =
            CheckedMarshaller.of(GRPCInferenceServiceGrpc.getModelInferMethod().getRequestMarshaller());

    private static ModelInferRequest.Builder request() {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder().setName("pixels").addShape(1).addShape(-1);
        return request.addRawInputContents(ByteString.copyFrom(new byte[100_000]));
    }

    private ModelInferRequest parse(ModelInferRequest.Builder request) {
        return marshaller.parse(new ByteArrayInputStream(request.build().toByteArray()));
    }

    private void assertRefused(ModelInferRequest.Builder request, String message) {
        assertRefused(request.build().toByteArray(), message);
    }

    private void assertRefused(byte[] bytes, String message) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> marshaller.parse(new ByteArrayInputStream(bytes)))
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
                .withMessageContaining(message);
    }

    @Test
    void aRequestIsParsed() {
        assertThat(parse(request())).isEqualTo(request().build());
    }

    @Test
    void aRequestOfUnknownLengthIsParsed() {
        InputStream stream = new ByteArrayInputStream(request().build().toByteArray()) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
        assertThat(marshaller.parse(stream)).isEqualTo(request().build());
    }

    @Test
    void packedFloatsAreNotFields() {
        ModelInferRequest.Builder request = request();
        request.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder().addAllFp32Contents(Collections.nCopies(100_000, 1f)));
        assertThat(parse(request).getInputs(0).getContents().getFp32ContentsCount())
                .isEqualTo(100_000);
    }

    @Test
    void emptyElementsAreBounded() {
        InferInputTensor empty = InferInputTensor.getDefaultInstance();
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder();
        assertThat(parse(request.addAllInputs(Collections.nCopies(FieldCount.MOST, empty)))
                        .getInputsCount())
                .isEqualTo(FieldCount.MOST);
        assertRefused(request.addInputs(empty), "the message has more than 65536 fields");
    }

    @Test
    void elementsOfElementsAreBounded() {
        ModelInferRequest.Builder request = request();
        request.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder()
                        .addAllBytesContents(Collections.nCopies(FieldCount.MOST, ByteString.EMPTY)));
        assertRefused(request, "the message has more than 65536 fields");
    }

    @Test
    void packedIntegersAreBounded() {
        ModelInferRequest.Builder request = request();
        request.getInputsBuilder(0).addAllShape(Collections.nCopies(FieldCount.MOST, 1L));
        assertRefused(request, "the message has more than 65536 fields");
    }

    @Test
    void unknownFieldsAreBounded() {
        UnknownFieldSet.Builder unknown = UnknownFieldSet.newBuilder();
        for (int i = 0; i <= FieldCount.MOST; i++) {
            unknown.mergeVarintField(1000 + i, 1);
        }
        assertRefused(request().setUnknownFields(unknown.build()), "the message has more than 65536 fields");
    }

    @Test
    void groupsAreRefused() {
        assertRefused(new byte[] {0x0b, 0x0c}, "the message has a group"); // field 1
    }

    @Test
    void aMalformedMessageIsLeftToTheParser() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> marshaller.parse(new ByteArrayInputStream(new byte[] {0x0a, 0x7f, 1})))
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
    }
}
