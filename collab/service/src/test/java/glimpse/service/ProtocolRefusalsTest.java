package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.ClientFactory;
import glimpse.service.http.Tokens;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import glimpse.service.proto.inference.InferTensorContents;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ServerLiveRequest;
import glimpse.service.queue.QueueLimits;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever refuses a request of the Open Inference Protocol, it gets the protocol's error. */
@Timeout(60)
class ProtocolRefusalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INFER = "/v2/models/tiny/infer";

    @TempDir
    Path folder;

    private TestServer start(UnaryOperator<ServerOptions> change) throws IOException {
        return TestServer.start(folder, change);
    }

    private static ServerOptions withImageDecoderThatFails(ServerOptions options) {
        return new ServerOptions(
                options.models(),
                options.address(),
                options.protection(),
                options.queue(),
                options.http(),
                file -> {
                    throw new IllegalStateException("a bug");
                },
                options.modelControl(),
                options.reloadPeriod(),
                options.page(),
                options.telemetry());
    }

    private static byte[] imageRequest() throws IOException {
        return ("{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\""
                        + Base64.getEncoder().encodeToString(InferenceFixture.png(1)) + "\"]}]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static ModelInferRequest imageCall() throws IOException {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder()
                .setName("image")
                .setDatatype("BYTES")
                .addShape(1)
                .setContents(InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFrom(InferenceFixture.png(1))));
        return request.build();
    }

    private static HttpResponse<byte[]> post(TestServer server, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).POST(BodyPublishers.ofByteArray(body));
        return server.send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private static void assertError(HttpResponse<byte[]> response, int status, String message) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertError(JSON.readTree(response.body()), message);
    }

    private static void assertError(JsonNode document, String message) {
        assertThat(document.size()).isEqualTo(1);
        assertThat(document.get("error").asText()).contains(message);
    }

    private static void assertStatus(Status.Code code, String description, ThrowingCallable call) {
        assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(code);
            assertThat(e.getStatus().getDescription()).contains(description);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/nothing, 404, not found",
        "GET, /v2/models/huge, 404, there is no model 'huge'",
        "POST, /v2, 405, method not allowed",
        "GET, /v2/models/tiny/infer, 405, method not allowed",
        "DELETE, /v2/models/tiny?x=1, 405, method not allowed",
        "POST, /v2/repository/models/tiny/load, 403, may not load"
    })
    void whatTheServerDoesNotHaveOrDo(String method, String path, int status, String message)
            throws IOException, InterruptedException {
        try (TestServer server = start(UnaryOperator.identity())) {
            HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                    .method(method, BodyPublishers.noBody())
                    .build();
            assertError(server.send(request), status, message);
        }
    }

    @Test
    void aMissingToken() throws IOException, InterruptedException {
        Tokens tokens = Tokens.of(List.of("token"));
        try (TestServer server = start(options -> options.withProtection(Optional.empty(), Optional.of(tokens)))) {
            assertError(post(server, INFER, imageRequest()), 401, "expected Authorization: Bearer TOKEN");
            assertStatus(
                    Status.Code.UNAUTHENTICATED,
                    "expected Authorization: Bearer TOKEN",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class)
                            .serverLive(ServerLiveRequest.getDefaultInstance()));
            awaitLoggedStatus(server, Status.Code.UNAUTHENTICATED);
        }
    }

    private static void awaitLoggedStatus(TestServer server, Status.Code code) {
        String status = "\"grpc_status\":\"" + code.value() + "\"";
        TestServer.await(() -> server.accessLog.stream().anyMatch(line -> line.contains(status)));
    }

    @Test
    void moreRequestsThanAnAddressMayHave() throws Exception {
        HttpLimits limits = HttpLimits.DEFAULT.withPeer(100, 2);
        try (TestServer server = start(options -> options.withHttp(limits).withQueue(TestServer.PATIENT));
                ClientFactory connections = ClientFactory.builder().build()) {
            List<Http1Socket> clients = new ArrayList<>();
            try (var _ = server.hold()) {
                byte[] request = imageRequest();
                for (int i = 0; i < 2; i++) {
                    clients.add(Http1Socket.connect(server.server.address()));
                    clients.getLast().post(INFER, request.length, request);
                }
                TestServer.await(() -> server.server.queue().waiting() == 2);
                HttpResponse<byte[]> refused = post(server, INFER, request);
                assertError(refused, 429, "this address has too many requests at once");
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
                assertThatExceptionOfType(StatusRuntimeException.class)
                        .isThrownBy(() -> server.grpc(GRPCInferenceServiceBlockingStub.class, connections)
                                .serverLive(ServerLiveRequest.getDefaultInstance()))
                        .satisfies(e -> {
                            assertThat(e.getStatus().getDescription())
                                    .isEqualTo("this address has too many requests at once");
                            assertThat(retryAfterMillis(e)).isEqualTo("100");
                        });
            }
            for (Http1Socket client : clients) {
                client.close();
            }
        }
    }

    private static String retryAfterMillis(StatusRuntimeException e) {
        Metadata.Key<String> key = Metadata.Key.of("retry-after-millis", Metadata.ASCII_STRING_MARSHALLER);
        return String.valueOf(
                Objects.requireNonNull(Status.trailersFromThrowable(e)).get(key));
    }

    @Test
    void aBodyThatThereIsNoMemoryFor() throws Exception {
        HttpLimits limits = HttpLimits.DEFAULT.withBytes(10_000, 1000);
        try (TestServer server = start(options -> options.withHttp(limits))) {
            HttpResponse<byte[]> refused = post(server, INFER, imageRequest());
            assertError(refused, 429, "too many bodies are being received at once");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() ->
                            server.grpc(GRPCInferenceServiceBlockingStub.class).modelInfer(imageCall()))
                    .satisfies(e -> {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                        assertThat(retryAfterMillis(e)).isEqualTo("200");
                    });
        }
    }

    @Test
    void aBodyThatIsTooLarge() throws IOException, InterruptedException {
        HttpLimits limits = HttpLimits.DEFAULT.withBytes(100, 100_000);
        try (TestServer server = start(options -> options.withHttp(limits))) {
            assertError(post(server, INFER, imageRequest()), 413, "expected at most 100 bytes");
            assertStatus(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "100",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class).modelInfer(imageCall()));
        }
    }

    @Test
    void aBodyThatIsNotInTheFormatThatItsHeadersName() throws IOException, InterruptedException {
        try (TestServer server = start(UnaryOperator.identity())) {
            assertError(post(server, INFER, imageRequest(), "Content-Encoding", "gzip"), 400, "Content-Encoding");
            assertError(
                    post(server, INFER, imageRequest(), "Content-Encoding", "lzma"),
                    400,
                    "the header Content-Encoding is 'lzma', expected gzip, deflate or none");
        }
    }

    @Test
    void aBodyThatDoesNotCome() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withTimes(Duration.ofMillis(200), Duration.ofSeconds(15));
        try (TestServer server = start(options -> options.withHttp(limits));
                Http1Socket client = Http1Socket.connect(server.server.address())) {
            client.post(INFER, 100, new byte[10]);
            String response = client.response();
            assertThat(response).startsWith("HTTP/1.1 408").contains("application/json");
            assertError(
                    JSON.readTree(response.substring(response.indexOf("\r\n\r\n"))),
                    "the request took too long to arrive");
        }
    }

    @Test
    void aResponseThatTakesTooLong() throws Exception {
        HttpLimits limits = HttpLimits.DEFAULT.withTimes(Duration.ofMillis(200), Duration.ofSeconds(15));
        try (TestServer server = start(options -> options.withHttp(limits).withQueue(TestServer.PATIENT));
                ClientFactory connections = ClientFactory.builder().build();
                var _ = server.hold()) {
            assertError(post(server, INFER, imageRequest()), 504, "the deadline passed before there was a reply");
            assertStatus(
                    Status.Code.DEADLINE_EXCEEDED,
                    "the deadline passed before there was a reply",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class, connections)
                            .modelInfer(imageCall()));
        }
    }

    @Test
    void aServerThatFails() throws IOException, InterruptedException {
        try (TestServer server = start(ProtocolRefusalsTest::withImageDecoderThatFails)) {
            assertError(post(server, INFER, imageRequest()), 500, "internal server error");
            assertStatus(
                    Status.Code.INTERNAL,
                    "the server failed",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class).modelInfer(imageCall()));
        }
    }

    @Test
    void aModelThatIsNotLoaded() throws IOException, InterruptedException {
        try (TestServer server = start(options -> options.withModelControl(true))) {
            server.server.models().unload("tiny");
            assertError(post(server, INFER, imageRequest()), 503, "model 'tiny' isn't loaded");
            assertStatus(
                    Status.Code.UNAVAILABLE,
                    "model 'tiny' isn't loaded",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class).modelInfer(imageCall()));
            awaitLoggedStatus(server, Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aFullQueue() throws Exception {
        QueueLimits one = new QueueLimits(800, 1, Duration.ofMinutes(1));
        try (TestServer server = start(options -> options.withQueue(one));
                Http1Socket client = Http1Socket.connect(server.server.address())) {
            byte[] request = imageRequest();
            try (var _ = server.hold()) {
                client.post(INFER, request.length, request);
                TestServer.await(() -> server.server.queue().waiting() == 1);
                HttpResponse<byte[]> refused = post(server, INFER, request);
                assertError(refused, 429, "the queue is full");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertStatus(
                        Status.Code.RESOURCE_EXHAUSTED,
                        "the queue is full",
                        () -> server.grpc(GRPCInferenceServiceBlockingStub.class)
                                .modelInfer(imageCall()));
            }
        }
    }

    @Test
    void aServerThatShutsDown() throws IOException, InterruptedException {
        try (TestServer server = start(UnaryOperator.identity())) {
            server.server.queue().drain();
            assertError(post(server, INFER, imageRequest()), 503, "the server is shutting down");
            assertStatus(
                    Status.Code.UNAVAILABLE,
                    "the server is shutting down",
                    () -> server.grpc(GRPCInferenceServiceBlockingStub.class).modelInfer(imageCall()));
        }
    }

    @Test
    void othersGetOneLineOfText() throws IOException, InterruptedException {
        try (TestServer server = start(UnaryOperator.identity())) {
            HttpResponse<String> response = server.get("/v2x");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("not found\n");
            assertThat(server.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
            assertThat(server.get("/health/ready").body()).isEqualTo("ok\n");
        }
    }
}
