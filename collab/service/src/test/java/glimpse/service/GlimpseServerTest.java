package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface of a server with one model. */
class GlimpseServerTest {
    private static final int[] SOME = {0, 5, 6, 9, 15};

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRequestGetsTheReplyThatTheModelGivesInProcess() throws IOException, InterruptedException {
        byte[] request = TestServer.request(77, 4, SOME);
        HttpResponse<byte[]> response = server.post(request);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(server.expectedReply(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/vnd.glimpse.patches"})
    void bothContentTypesOfMessagesAreAccepted(String type) throws IOException, InterruptedException {
        assertThat(server.send(withType(type)).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherContentTypeIsRefused() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.send(withType("application/json"));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("application/json", "application/octet-stream");
    }

    private static HttpRequest withType(String type) {
        return HttpRequest.newBuilder(server.uri("/v1/models/tiny/patches"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(TestServer.request(1)))
                .build();
    }

    @Test
    void aMalformedRequestGetsAnErrorReplyAnd400() throws IOException, InterruptedException {
        byte[] request = TestServer.request(9, 4, SOME);
        request[11] = 2;
        HttpResponse<byte[]> response = server.post(request);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Message.parse(response.body()))
                .isEqualTo(new ErrorReply(9, Reason.MALFORMED, "CHANNELS: the channels are 2, expected 1 or 3"));
    }

    @Test
    void aRoundIsAnsweredFromItsPatchesAndTheEarlierOnes() throws IOException, InterruptedException {
        assertThat(server.post(TestServer.round(1, 5, 0, 2, 9)).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> second = server.post(TestServer.round(2, 5, 2, 1, 15), "X-Request-Id", "round-2");
        assertThat(second.statusCode()).isEqualTo(200);
        // all four at once get the same
        assertThat(second.body()).isEqualTo(server.expectedReply(TestServer.round(2, 6, 0, 1, 2, 9, 15)));
        assertThat(new ObjectMapper()
                        .readTree(server.accessLogLine("round-2"))
                        .get("patches")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void aRoundWithoutItsEarlierPatchesGetsAnErrorReplyAnd410() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(TestServer.round(3, 99, 2, 1, 15));
        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(Message.parse(response.body()))
                .isEqualTo(new ErrorReply(
                        3,
                        Reason.UPLOAD_GONE,
                        "the server doesn't have the 2 patches of the upload's earlier rounds, expected all patches in"
                                + " one request"));
    }

    @Test
    void aRequestThatDoesNotFitTheModelGetsAnErrorReplyAnd409() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(TestServer.request(9, 5, SOME));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(Message.parse(response.body()))
                .isEqualTo(new ErrorReply(
                        9, Reason.MODEL_MISMATCH, "model mismatch: the grid is 5, the server's model has 4"));
    }

    @Test
    void aResponseNamesTheModelByTheHashOfItsFile() throws IOException, InterruptedException, NoSuchAlgorithmException {
        assertThat(server.post(TestServer.request(1)).headers().firstValue("Glimpse-Model"))
                .hasValue(sha256(server.file));
    }

    @Test
    void aRequestForTheLoadedModelIsAccepted() throws IOException, InterruptedException, NoSuchAlgorithmException {
        assertThat(server.post(TestServer.request(1), "Glimpse-Model", sha256(server.file))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRequestForAnotherModelGetsAnErrorReplyAnd409() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(TestServer.request(1), "Glimpse-Model", "0".repeat(64));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(Message.parse(response.body()))
                .isInstanceOfSatisfying(
                        ErrorReply.class, error -> assertThat(error.reason()).isEqualTo(Reason.MODEL_MISMATCH));
    }

    @Test
    void anUnknownModelIsNotFound() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/v1/models/huge/patches"))
                .POST(BodyPublishers.ofByteArray(TestServer.request(1)))
                .build();
        assertThat(server.send(request).statusCode()).isEqualTo(404);
    }

    @Test
    void theModelsAreListed() throws IOException, InterruptedException, NoSuchAlgorithmException {
        HttpResponse<String> response = server.get("/v1/models");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode list = new ObjectMapper().readTree(response.body());
        assertThat(list).hasSize(1);
        assertThat(list.get(0).toString())
                .isEqualTo("{\"name\":\"tiny\",\"sha256\":\"" + sha256(server.file)
                        + "\",\"classes\":3,\"grid\":4,\"patch_size\":4,\"channels\":3}");
    }

    @Test
    void aStartedServerIsAliveAndReady() throws IOException, InterruptedException {
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aDeadlineThatHasPassedIsNotComputed() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(TestServer.request(1), "Glimpse-Deadline-Millis", "0");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(server.get("/metrics").body())
                .contains("glimpse_refusals_total{model=\"tiny\",reason=\"deadline_passed\"} 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "1.5", "", "99999999999999999999"})
    void aDeadlineThatIsNoNumberIsRefused(String deadline) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(TestServer.request(1), "Glimpse-Deadline-Millis", deadline);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo("the header Glimpse-Deadline-Millis is '" + deadline
                        + "', expected a number of milliseconds\n");
    }

    @Test
    void anUnknownPriorityIsRefused() throws IOException, InterruptedException {
        assertThat(server.post(TestServer.request(1), "Glimpse-Priority", "urgent")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theClientsRequestIdIsEchoedAndLogged() throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                server.post(TestServer.request(3, 4, SOME), "X-Request-Id", "edge-7/42", "traceparent", TRACE);
        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("edge-7/42");
        JsonNode line = new ObjectMapper().readTree(server.accessLogLine("edge-7/42"));
        assertThat(line.get("request_id").asText()).isEqualTo("edge-7/42");
        assertThat(line.get("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.get("parent_span_id").asText()).isEqualTo("00f067aa0ba902b7");
        assertThat(line.get("path").asText()).isEqualTo("/v1/models/tiny/patches");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("patches").asInt()).isEqualTo(5);
        assertThat(line.get("batch_images").asInt()).isEqualTo(1);
        assertThat(line.get("model_millis").asDouble()).isPositive();
    }

    @Test
    void aTraceThatIsNotNamedAsTheStandardAsksIsIgnored() throws IOException, InterruptedException {
        server.post(TestServer.request(3, 4, SOME), "X-Request-Id", "short", "traceparent", "00-ab-cd-01");
        server.post(
                TestServer.request(3, 4, SOME), "X-Request-Id", "twice", "traceparent", TRACE, "traceparent", TRACE);
        assertThat(server.accessLogLine("short")).doesNotContain("trace_id");
        assertThat(server.accessLogLine("twice")).doesNotContain("trace_id");
    }

    @Test
    void aRequestWithoutAnIdGetsOne() throws IOException, InterruptedException {
        assertThat(server.post(TestServer.request(1)).headers().firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).isNotBlank());
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
