package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.cli.edge.AnswerLines;
import glimpse.cli.listen.AccessCheck;
import glimpse.cli.listen.EdgeListener;
import glimpse.cli.listen.EdgeRequests;
import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.TraceParent;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.Json;
import glimpse.page.Page;
import glimpse.page.PageSettings;
import glimpse.page.model.ModelPair;
import glimpse.page.model.OwnEdgePass;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EdgeListenTest {
    private static final Workers WORKERS = Workers.of(1);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static final Queue<Optional<TraceParent>> STEPS = new ConcurrentLinkedQueue<>();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String STEP = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static EdgeListener open;
    private static EdgeListener guarded;

    @BeforeAll
    static void start() throws IOException {
        Classifier edge = TinyModel.load(folder, TinyModel.RGB, 1, WORKERS);
        ByteCountingChannel channel = new ByteCountingChannel(new TraceRecorder(
                new InProcessChannel(new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, WORKERS)))));
        EdgeStep step = new EdgeStep(
                OffloadGate.always(),
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.top(5)),
                PayloadCodec.raw());
        ClassIndex classes = ClassIndex.of(edge.transformer().labels(), 3);
        AnswerLines lines =
                new AnswerLines(new EdgeNode(edge, step, channel), channel, classes, 16, Optional.empty(), line -> {});
        ModelPair pair = new ModelPair(
                "edge", edge, new OwnEdgePass(edge, AttentionScore.mean()), "server", channel, Duration.ofSeconds(5));
        Page page = new Page(() -> Optional.of(pair), new PageSettings(step, false, Optional.empty()));
        open = listen(new AccessCheck(Optional.empty(), true), page, lines);
        guarded = listen(new AccessCheck(Optional.of("s3cret"), true), page, lines);
    }

    /** Notes the step within which each request crosses. */
    private record TraceRecorder(Channel to) implements Channel {
        @Override
        public byte[] exchange(byte[] request) throws IOException {
            STEPS.add(TraceParent.current());
            return to.exchange(request);
        }

        @Override
        public byte[] exchange(byte[] request, Duration limit) throws IOException {
            STEPS.add(TraceParent.current());
            return to.exchange(request, limit);
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    private static EdgeListener listen(AccessCheck access, Page page, AnswerLines lines) throws IOException {
        return EdgeListener.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new EdgeRequests(access, page, lines));
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
        CLIENT.close();
        WORKERS.close();
    }

    private static HttpResponse<String> send(
            EdgeListener to, String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + to.address().getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body));
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static byte[] picture() throws IOException {
        return Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 3));
    }

    @Test
    void anImageGetsTheLineOfTheCommand() throws Exception {
        byte[] picture = picture();
        HttpResponse<String> response = send(open, "POST", "/v1/classify", picture);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode line = Json.mapper().readTree(response.body());
        assertThat(response.body()).hasLineCount(1);
        assertThat(line.get("file_bytes").asInt()).isEqualTo(picture.length);
        assertThat(line.get("source").asText()).isEqualTo("server");
        assertThat(line.get("kept_patches").asInt()).isEqualTo(5);
        assertThat(line.get("up_bytes").asInt()).isGreaterThan(5 * 48);
    }

    @Test
    void anImagesTraceGoesOnToTheServer() throws Exception {
        STEPS.clear();
        JsonNode line = Json.mapper()
                .readTree(send(open, "POST", "/v1/classify", picture(), "traceparent", STEP)
                        .body());
        assertThat(line.get("trace_id").asText()).isEqualTo(TRACE);
        TraceParent step = STEPS.remove().orElseThrow();
        assertThat(step.traceId()).isEqualTo(TRACE);
        assertThat(step.spanId()).isNotEqualTo("00f067aa0ba902b7");
    }

    @Test
    void aPicturesTraceGoesOnToTheServer() throws Exception {
        String query = "?select=top:4&gate=always&ask=true";
        STEPS.clear();
        JsonNode seen = Json.mapper()
                .readTree(send(open, "POST", "/v1/page/pictures" + query, picture(), "traceparent", STEP)
                        .body());
        assertThat(seen.at("/decision/server").isObject()).isTrue();
        assertThat(STEPS.remove().orElseThrow().traceId()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-0000000000000000-01", "nonsense"})
    void anInvalidTraceIsIgnored(String header) throws Exception {
        STEPS.clear();
        assertThat(send(open, "POST", "/v1/classify", picture(), "traceparent", header)
                        .statusCode())
                .isEqualTo(200);
        assertThat(STEPS.remove().orElseThrow().traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void whatIsNoImageGetsALineThatSaysWhy() throws Exception {
        HttpResponse<String> response =
                send(open, "POST", "/v1/classify", "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(response.body()).get("error").asText())
                .isNotEmpty();
    }

    @Test
    void thePageIsThereAndItsPolicyForbidsWhatComesFromElsewhere() throws Exception {
        HttpResponse<String> response = send(open, "GET", "/", new byte[0]);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("<!DOCTYPE html>");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        JsonNode seen = Json.mapper()
                .readTree(send(open, "POST", "/v1/page/pictures?select=top:4", picture())
                        .body());
        assertThat(seen.at("/decision/kept")).hasSize(4);
    }

    @Test
    void aTokenIsAskedForEverythingButThePagesFiles() throws Exception {
        assertThat(send(guarded, "GET", "/", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(send(guarded, "GET", "/page/app.js", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(send(guarded, "GET", "/v1/page", new byte[0]).statusCode()).isEqualTo(401);
        assertThat(send(guarded, "POST", "/v1/classify", picture()).statusCode())
                .isEqualTo(401);
        assertThat(send(guarded, "GET", "/v1/page", new byte[0], "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(guarded, "GET", "/v1/page", new byte[0], "Authorization", "Bearer s3cret")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws Exception {
        assertThat(send(open, "POST", "/v1/classify", picture(), "Origin", "https://example.org")
                        .statusCode())
                .isEqualTo(403);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), open.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /v1/page HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(send(open, "POST", "/v1/classify", new byte[Page.MAX_PICTURE_BYTES + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--listen 99999|--listen: '99999' is invalid, expected [ADDRESS:]PORT with a port from 0 to 65535",
                "--listen x|--listen: 'x' is invalid, expected [ADDRESS:]PORT with a port from 0 to 65535",
                "--listen 0.0.0.0:0|--listen 0.0.0.0:0: anybody who reaches this address could use the edge;"
                        + " add --listen-token-file, or say --insecure",
                "--insecure x.png|--insecure needs --listen [ADDRESS:]PORT",
                "--listen 0 x.png|expected either images, --watch DIR or --listen [ADDRESS:]PORT",
                "--listen 0 --out x|--out doesn't go with --listen, which answers whoever asks",
            })
    void anInvalidOptionIsNamed(String options, String message) {
        String arguments = "edge --model x --server http://127.0.0.1:1 --server-model base " + options;
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));
        assertThat(run.err()).isEqualTo("glimpse edge: " + message + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
