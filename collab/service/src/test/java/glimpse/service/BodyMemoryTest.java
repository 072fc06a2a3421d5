package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelStreamInferResponse;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are small but make the server hold much: responses, and bodies that are compressed, count, too. */
@Timeout(60)
class BodyMemoryTest {
    private static final int ALL_BYTES = 15_000;
    private static final int LONG = 9000; // more than half, once decoded

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

    /** Returns a request of about 2,000 bytes for an output. */
    private static String request(String output) throws IOException {
        return "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\""
                + Base64.getEncoder().encodeToString(InferenceFixture.png(1)) + "\"]}],\"outputs\":[{\"name\":\""
                + output
                + "\"}]}";
    }

    private static HttpRequest.Builder post(byte[] body) {
        return HttpRequest.newBuilder(server.uri("/v2/models/tiny/infer")).POST(BodyPublishers.ofByteArray(body));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Sends a request twice at once; the second finds no memory. */
    private static HttpResponse<byte[]> second(HttpRequest request) throws Exception {
        FutureTask<HttpResponse<byte[]>> first = new FutureTask<>(() -> server.send(request));
        HttpResponse<byte[]> second;
        try (var _ = server.hold()) {
            Thread.startVirtualThread(first);
            TestServer.await(() -> server.server.queue().waiting() == 1);
            second = server.send(request);
        }
        assertThat(first.get().statusCode()).isEqualTo(200);
        return second;
    }

    @Test
    void aResponseThatDoesNotFitBesideOthersIsRefusedBeforeItIsComputed() throws Exception {
        byte[] body = request("patch_tokens").getBytes(StandardCharsets.US_ASCII);
        HttpResponse<byte[]> refused = second(post(body).build());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(text(refused)).contains("the response takes about 6144 bytes of memory");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aCompressedBodyCountsAsLongAsItIsOnceDecoded() throws Exception {
        String body = request("label");
        byte[] padded = (body + " ".repeat(LONG - body.length())).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(padded);
        }
        HttpResponse<byte[]> refused = second(post(compressed.toByteArray())
                .header("Content-Encoding", "gzip")
                .build());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(text(refused)).contains("too many bodies");
    }

    @Test
    void aStreamGivesBackTheMemoryOfResponsesThatItsClientHas() throws Exception {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder().setName("image").setDatatype("BYTES").addShape(1);
        request.getInputsBuilder(0).getContentsBuilder().addBytesContents(ByteString.copyFrom(InferenceFixture.png(1)));
        request.addOutputsBuilder().setName("patch_tokens");
        Responses responses = new Responses();
        StreamObserver<ModelInferRequest> requests =
                server.grpc(GRPCInferenceServiceStub.class).modelStreamInfer(responses);
        for (int i = 0; i < 10; i++) { // of 3072 bytes
            requests.onNext(request.build());
            ModelStreamInferResponse response = responses.received.poll(20, TimeUnit.SECONDS);
            assertThat(response).isNotNull();
            assertThat(response.getErrorMessage()).isEmpty();
            assertThat(response.getInferResponse().getOutputs(0).getShapeList()).isEqualTo(List.of(1L, 16L, 24L));
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
