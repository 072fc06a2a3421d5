package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.TraceParent;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EdgeCommandTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    private Path model;
    private Path serverModel;
    private Path images;
    private Workers workers;
    private FaultyServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        model = TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS);
        serverModel = TinyModel.write(folder.resolve("server"), TinyModel.RGB, 2, LABELS);
        images = folder.resolve("images");
        for (int i = 0; i < 4; i++) {
            TestImages.write(images.resolve("image" + i + ".png"), i);
        }
        workers = Workers.of(1);
        ServerNode node = new ServerNode(Classifier.load(serverModel, workers));
        server = new FaultyServer((request, out, connection) -> {
            boolean welcome = "Bearer s3cret".equals(request.headers().get("authorization"));
            byte[] reply = node.handle(List.of(request.body())).getFirst();
            FaultyServer.send(out, welcome ? 200 : 401, "", reply);
        });
        url = server.uri().toString();
        Files.writeString(folder.resolve("token"), "s3cret\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        workers.close();
    }

    @Test
    void theServersAnswersAreThoseOfTheSameMethodInProcess() throws IOException {
        CommandRun run = edge(images, "--gate", "always", "--select", "top:5", "--codec", "deflate");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<JsonNode> lines = lines(run.out());
        assertThat(lines).hasSize(4);
        EdgeStep step = new EdgeStep(
                OffloadGate.always(),
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.top(5)),
                PayloadCodec.deflate());
        EdgeNode inProcess = new EdgeNode(
                Classifier.load(model, workers),
                step,
                new InProcessChannel(new ServerNode(Classifier.load(serverModel, workers))));
        for (int i = 0; i < 4; i++) {
            Path file = images.resolve("image" + i + ".png");
            CollaborativeResult.Offloaded expected =
                    (CollaborativeResult.Offloaded) inProcess.classify(RgbImage.read(file), "image" + i + ".png");
            JsonNode line = lines.get(i);
            assertThat(line.get("image").asText()).isEqualTo(file.toString());
            assertThat(line.get("file_bytes").asLong()).isEqualTo(Files.size(file));
            assertThat(line.get("class").asInt())
                    .isEqualTo(expected.top().getFirst().index());
            assertThat(line.get("name").asText())
                    .isEqualTo(LABELS.get(expected.top().getFirst().index()));
            assertThat(line.get("probability").asDouble())
                    .isEqualTo(expected.top().getFirst().probability());
            assertThat(line.get("source").asText()).isEqualTo("server");
            assertThat(line.get("patches").asInt()).isEqualTo(16);
            assertThat(line.get("kept_patches").asInt()).isEqualTo(5);
            assertThat(line.get("up_bytes").asInt()).isEqualTo(expected.upBytes());
            assertThat(line.get("down_bytes").asInt()).isEqualTo(expected.downBytes());
            assertThat(line.get("millis").get("exchange").asDouble()).isPositive();
            assertThat(line.get("trace_id").asText())
                    .isEqualTo(
                            TraceParent.parse(server.requests().get(i).headers().getOrDefault(TraceParent.HEADER, ""))
                                    .orElseThrow()
                                    .traceId());
            assertThat(line.has("reason")).isFalse();
        }
    }

    @Test
    void aConfidentEdgeSendsNothing() throws IOException {
        JsonNode line = lines(
                        edge(images.resolve("image0.png"), "--gate", "never").out())
                .getFirst();
        assertThat(line.get("source").asText()).isEqualTo("edge");
        assertThat(line.get("up_bytes").asInt()).isZero();
        assertThat(line.has("kept_patches")).isFalse();
    }

    @Test
    void theEdgesOwnAnswersStandIfTheServerIsAway() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        CommandRun run = edge(images, "--gate", "always");
        assertThat(run.exitCode()).isZero();
        assertThat(lines(run.out())).hasSize(4).allSatisfy(line -> {
            assertThat(line.get("source").asText()).isEqualTo("fallback");
            assertThat(line.get("reason").asText()).isIn("unreachable", "circuit_open");
            assertThat(line.get("probability").asDouble()).isPositive();
        });
        assertThat(run.err())
                .startsWith(
                        "glimpse edge: the server gives no predictions, the edge's own stand: no connection to " + url)
                .hasLineCount(1);
    }

    @Test
    void anEdgeWithoutTheTokenFallsBack() throws IOException {
        CommandRun run = CommandRun.of(
                "edge", "--model", model, "--server", url, "--server-model", "base", "--gate", "always", images);
        assertThat(lines(run.out()).getFirst().get("reason").asText()).isEqualTo("unauthorised");
    }

    @Test
    void anImageThatCannotBeReadHasALineThatSaysWhy() throws IOException {
        Path broken = Files.writeString(images.resolve("image2.png"), "no picture");
        Path missing = images.resolve("missing.png");
        CommandRun run = edge(images, missing);
        assertThat(run.exitCode()).isEqualTo(2);
        List<JsonNode> lines = lines(run.out());
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2).get("error").asText()).startsWith(broken + ": ");
        assertThat(lines.get(3).has("class")).isTrue();
        assertThat(lines.get(4).get("error").asText()).isEqualTo(missing + ": no such file");
    }

    @Test
    void anImageWhoseOutputIsNotANumberHasALineThatSaysWhy() throws IOException {
        model = TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB);
        CommandRun run = edge(images.resolve("image0.png"), images.resolve("image1.png"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(lines(run.out()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.get("error").asText())
                        .isEqualTo("the edge's output for " + line.get("image").asText() + " isn't a number"));
    }

    @Test
    void whatAFolderHoldsBesidesImagesIsRemarkedOn() throws IOException {
        Files.writeString(images.resolve("image4.gif"), "GIF89a");
        CommandRun run = edge(images, "--gate", "never");
        assertThat(run.exitCode()).isZero();
        assertThat(lines(run.out())).hasSize(4);
        assertThat(run.err())
                .startsWith("glimpse edge: " + images + ": 1 file skipped: 1 .gif; expected ")
                .hasLineCount(1);
    }

    @Test
    void anImageThatHasItsLineInTheFileIsSkipped() throws IOException {
        Path out = folder.resolve("answers.jsonl");
        assertThat(edge(images.resolve("image1.png"), "--out", out).out()).isEmpty();
        edge(images, "--out", out);
        edge(images, "--out", out);
        assertThat(names(out)).containsExactly("image1.png", "image0.png", "image2.png", "image3.png");
        TestImages.write(images.resolve("image1.png"), 77); // another image by the same name
        edge(images, "--out", out);
        assertThat(names(out)).hasSize(5).endsWith("image1.png");
    }

    @Test
    void aWatchedFolderGivesOneLinePerImageOverTermination() throws Exception {
        Path out = folder.resolve("answers.jsonl");
        Process first = watch(out);
        awaitLines(first, out, 4);
        assertThat(log()).contains("glimpse edge: ready, watching " + images);
        for (int i = 4; i < 8; i++) {
            TestImages.write(images.resolve("image" + i + ".jpg"), i);
        }
        awaitLines(first, out, 5);
        first.destroy(); // SIGTERM
        assertThat(first.waitFor()).isEqualTo(143);
        TestImages.write(images.resolve("image8.png"), 8);
        Process second = watch(out);
        awaitLines(second, out, 9);
        TestImages.write(images.resolve("image9.png"), 9);
        awaitLines(second, out, 10);
        second.destroyForcibly().waitFor();
        assertThat(names(out)).hasSize(10).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--server-sha256|12|--server-sha256: the SHA-256 is '12', expected 64 hexadecimal digits",
                "--token-file|EMPTY|--token-file EMPTY: the token is empty or has characters other than visible ASCII",
                "--ca-file|EMPTY|EMPTY: has no certificate, expected some in PEM",
                "--client-cert|EMPTY|--client-cert and --client-key need each other",
                "--watch|EMPTY|expected either images, --watch DIR or --listen [ADDRESS:]PORT",
                "--deadline-millis|0|--deadline-millis: '0' is invalid, expected an integer of at least 1",
                "--server|ftp://x|--server: the server's address is 'ftp://x', expected https://HOST:PORT or http://HOST:PORT"
            })
    void anInvalidOptionIsNamed(String option, String value, String message) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        List<Object> arguments = new ArrayList<>(List.of(
                "edge",
                "--model",
                model,
                "--server-model",
                "base",
                images,
                option,
                value.replace("EMPTY", "" + empty)));
        if (!option.equals("--server")) {
            arguments.addAll(List.of("--server", url));
        }
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.err())
                .isEqualTo("glimpse edge: " + message.replace("EMPTY", "" + empty) + System.lineSeparator());
        assertThat(run.exitCode()).isBetween(1, 2);
    }

    private CommandRun edge(Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("edge", "--model", model, "--server", url, "--server-model", "base"));
        arguments.addAll(List.of("--token-file", folder.resolve("token"), "--deadline-millis", 60_000));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray());
    }

    private Process watch(Path out) throws IOException {
        return CommandRun.process(
                        "edge",
                        "--model",
                        model,
                        "--server",
                        url,
                        "--server-model",
                        "base",
                        "--watch",
                        images,
                        "--out",
                        out)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitLines(Process process, Path out, int count) throws IOException, InterruptedException {
        while (!Files.exists(out) || Files.readAllLines(out).size() < count) {
            assertThat(process.isAlive()).as(() -> log()).isTrue();
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> names(Path out) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode line : lines(Files.readString(out))) {
            names.add(String.valueOf(Path.of(line.get("image").asText()).getFileName()));
        }
        return names;
    }

    private static List<JsonNode> lines(String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }
}
