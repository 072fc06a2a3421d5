package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelInferResponse;
import glimpse.service.proto.inference.ModelStreamInferResponse;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose messages are compressed: what they expand to counts. */
@Timeout(60)
class CompressedCallsTest {
    private static final int ALL_BYTES = 15_000;
    private static final int LONG = 8000; // more than half

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBytes(10_000, ALL_BYTES);
        server = TestServer.start(folder, options -> options.withHttp(limits).withQueue(TestServer.PATIENT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everythingIsGivenBack() {
        TestServer.await(() -> server.server.bodies().heldBytes() == 0);
    }

    /** Compresses with deflate, whatever the call's headers say. */
    private record Deflate(String named) implements Compressor {
        @Override
        public String getMessageEncoding() {
            return named;
        }

        @Override
        public OutputStream compress(OutputStream to) {
            return new DeflaterOutputStream(to);
        }
    }

    /** Returns a request of this many bytes that is far shorter once it is compressed. */
    private static ModelInferRequest request(String output, int bytes) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder().setName("pixels").setDatatype("FP32").addAllShape(List.of(1L, 3L, 16L, 16L));
        request.addRawInputContents(ByteString.copyFrom(new byte[3072]));
        request.addOutputsBuilder().setName(output);
        request.setId("x".repeat(bytes - request.build().getSerializedSize() - 3));
        return request.build();
    }

    private static ModelInferResponse call(Compressor compressor) {
        return server.grpc(GRPCInferenceServiceBlockingStub.class, compressor).modelInfer(request("logits", LONG));
    }

    private static void assertStatus(Status.Code code, String description, Runnable call) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .withMessageContaining(description);
    }

    @Test
    void oneThatDoesNotFitBesideOthersOnceItIsDecompressedIsRefused() throws Exception {
        FutureTask<ModelInferResponse> first = new FutureTask<>(() -> call(new Codec.Gzip()));
        try (var _ = server.hold()) {
            Thread.startVirtualThread(first);
            TestServer.await(() -> server.server.queue().waiting() == 1);
            assertThat(server.server.bodies().heldBytes()).isBetween((long) LONG, LONG + 500L);
            assertStatus(Status.Code.RESOURCE_EXHAUSTED, "too large", () -> call(new Codec.Gzip()));
        }
        assertThat(first.get().getOutputsList()).hasSize(1);
        assertThat(call(new Codec.Gzip()).getOutputsList()).hasSize(1);
    }

    @Test
    void deflateIsTakenToo() {
        assertThat(call(new Deflate("deflate")).getRawOutputContentsList())
                .isEqualTo(call(Codec.Identity.NONE).getRawOutputContentsList());
    }

    @Test
    void aMessageThatIsNotInTheFormatThatItsCallNamesIsTheClientsFault() {
        assertStatus(Status.Code.INVALID_ARGUMENT, "the message isn't valid gzip", () -> call(new Deflate("gzip")));
    }

    @Test
    void aMessageThatExpandsToMoreThanTheLongestIsRefused() {
        ModelInferRequest longest = request("logits", 10_001);
        assertStatus(
                Status.Code.RESOURCE_EXHAUSTED,
                "10000",
                () -> server.grpc(GRPCInferenceServiceBlockingStub.class, new Codec.Gzip())
                        .modelInfer(longest));
    }

    @Test
    void aStreamMayExpandToMoreThanTheMemoryOfAllBodiesAndComeInMore() throws Exception {
        Responses responses = new Responses();
        StreamObserver<ModelInferRequest> requests =
                server.grpc(GRPCInferenceServiceStub.class, new Codec.Gzip()).modelStreamInfer(responses);
        for (int i = 0; i < 400; i++) { // of some 90 bytes each, compressed
            requests.onNext(request("logits", 5000));
            ModelStreamInferResponse response = responses.received.poll(20, TimeUnit.SECONDS);
            assertThat(response).isNotNull();
            assertThat(response.getErrorMessage()).isEmpty();
        }
        requests.onCompleted();
    }

    /** The responses of a stream. */
    private static final class Responses implements StreamObserver<ModelStreamInferResponse> {
        private final BlockingQueue<ModelStreamInferResponse> received = new LinkedBlockingQueue<>();

        @Override
        public void onNext(ModelStreamInferResponse response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
    }
}
