package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.Workers;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code glimpse edge} with uploads in rounds. */
@Timeout(120)
class EdgeRoundsTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final String ROUNDS = "rounds:top:3,top:7,all";

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private int failing; // the number of the request that fails
    private Path model;
    private Path images;
    private Workers workers;
    private FaultyServer server;

    @BeforeEach
    void start() throws IOException {
        model = TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS);
        images = folder.resolve("images");
        for (int i = 0; i < 3; i++) {
            TestImages.write(images.resolve("image" + i + ".png"), i);
        }
        workers = Workers.of(1);
        Path serverModel = TinyModel.write(folder.resolve("server"), TinyModel.RGB, 2, LABELS);
        ServerNode node = new ServerNode(Classifier.load(serverModel, workers));
        server = new FaultyServer((request, out, connection) -> {
            int status = requests.incrementAndGet() == failing ? 500 : 200;
            FaultyServer.send(
                    out, status, "", node.handle(List.of(request.body())).getFirst());
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        workers.close();
    }

    private CommandRun edge(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("edge", "--model", model, "--server", server.uri()));
        arguments.addAll(List.of("--server-model", "base", "--deadline-millis", 60_000, "--gate", "always"));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray());
    }

    private List<JsonNode> answers(Object... more) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : edge(more).out().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }

    @Test
    void roundsEndOnceTheServerIsSure() throws IOException {
        List<JsonNode> all = answers(images, "--select", ROUNDS, "--until", "min-entropy:0");
        List<JsonNode> first = answers(images, "--select", ROUNDS, "--until", "min-entropy:64");
        List<JsonNode> whole = answers(images, "--select", "all");
        for (int i = 0; i < 3; i++) {
            assertThat(all.get(i).get("exchanges").asInt()).isEqualTo(3);
            assertThat(all.get(i).get("kept_patches").asInt()).isEqualTo(16);
            assertThat(all.get(i).get("class")).isEqualTo(whole.get(i).get("class"));
            assertThat(all.get(i).get("probability")).isEqualTo(whole.get(i).get("probability"));
            assertThat(first.get(i).get("exchanges").asInt()).isEqualTo(1);
            assertThat(first.get(i).get("kept_patches").asInt()).isEqualTo(3);
            assertThat(first.get(i).has("cut_short")).isFalse();
        }
    }

    @Test
    void anAnswerThatWasCutShortSaysSo() throws IOException {
        failing = 2;
        JsonNode line = answers(images.resolve("image0.png"), "--select", ROUNDS, "--until", "min-entropy:0")
                .getFirst();
        assertThat(line.get("source").asText()).isEqualTo("server");
        assertThat(line.get("kept_patches").asInt()).isEqualTo(3);
        assertThat(line.get("exchanges").asInt()).isEqualTo(1);
        assertThat(line.get("cut_short").asText()).isEqualTo("server_failed");
        assertThat(line.get("detail").asText()).contains("500");
    }

    @Test
    void roundsNeedARuleAndARuleRounds() {
        CommandRun rounds = edge(images, "--select", "rounds:top:3,all");
        assertThat(rounds.exitCode()).isEqualTo(2);
        assertThat(rounds.err()).startsWith("glimpse edge: --select rounds:top:3,all: needs --until");
        CommandRun rule = edge(images, "--until", "margin:0.5");
        assertThat(rule.exitCode()).isEqualTo(2);
        assertThat(rule.err()).startsWith("glimpse edge: --until: ends rounds, expected --select rounds:");
    }
}
