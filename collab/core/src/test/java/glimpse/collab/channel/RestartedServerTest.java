package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;

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
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An edge whose server is killed and restarted: every image gets an answer, and the server is used when it is there.
 */
@Timeout(60)
@Isolated("a server comes back on its port, which another test's could have taken meanwhile")
class RestartedServerTest {
    private static final EdgeStep STEP = new EdgeStep(OffloadGate.always(), SelectionPolicy.WHOLE, PayloadCodec.raw());
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeTime time = new FakeTime();

    @Test
    void everyImageGetsOneAnswer() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            ServerNode node = new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, workers));
            FaultyServer.Behaviour serving = (request, out, connection) -> FaultyServer.send(
                    out, 200, "", node.handle(List.of(request.body())).getFirst());
            FaultyServer server = new FaultyServer(serving);
            int port = server.port();
            HttpChannel http = HttpChannel.to(server.uri(), "base").build();
            try (ResilientChannel channel = new ResilientChannel(http, LIMIT, time, bound -> 0)) {
                EdgeNode edge = new EdgeNode(model, STEP, channel, LIMIT);
                for (int round = 0; round < 10; round++) {
                    classify(edge, 2, "server", sources);
                    server.close();
                    classify(edge, 5, "fallback", sources);
                    server = new FaultyServer(port, serving);
                    time.passMillis(1000);
                    classify(edge, 1, "server", sources);
                }
            } finally {
                server.close();
            }
        }
        assertThat(sources).hasSize(10 * 8);
    }

    private static void classify(EdgeNode edge, int images, String expected, List<String> sources) throws IOException {
        for (int i = 0; i < images; i++) {
            CollaborativeResult result = edge.classify(TestImages.random(i, 20, 20), "image" + i);
            String source = switch (result) {
                case CollaborativeResult.Confident confident -> "edge";
                case CollaborativeResult.Audited audited -> "audited";
                case CollaborativeResult.Offloaded offloaded -> "server";
                case CollaborativeResult.Fallback fallback -> "fallback";
            };
            assertThat(source).as(result::toString).isEqualTo(expected);
            sources.add(source);
        }
    }
}
