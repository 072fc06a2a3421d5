package glimpse.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.page.model.ModelPair;
import glimpse.page.model.OwnEdgePass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page calls the classes of models that aren't ImageNet's. */
class PageNamesTest {
    private static final VitConfig TEN_CLASSES = new VitConfig(16, 4, 3, 24, 3, 3, 48, 1, 10, true, 1e-6f);
    private static final EdgeStep STEP = new EdgeStep(OffloadGate.always(), SelectionPolicy.WHOLE, PayloadCodec.raw());

    @TempDir
    Path folder;

    private static List<String> names(String what) {
        return IntStream.range(0, 10).mapToObj(i -> what + " " + i).toList();
    }

    private JsonNode answer(List<String> edgeNames, List<String> serverNames) throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier edge =
                    Classifier.load(TinyModel.write(folder.resolve("edge"), TEN_CLASSES, 1, edgeNames), workers);
            Classifier server =
                    Classifier.load(TinyModel.write(folder.resolve("server"), TEN_CLASSES, 2, serverNames), workers);
            ModelPair pair = new ModelPair(
                    "small",
                    edge,
                    new OwnEdgePass(edge, STEP.policy().score()),
                    "large",
                    server.transformer().labels(),
                    new InProcessChannel(new ServerNode(server)),
                    Duration.ofSeconds(5));
            Page page = new Page(() -> Optional.of(pair), new PageSettings(STEP, true, Optional.empty()));
            byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 3));
            PageReply reply = page.handle(new PageRequest("POST", Page.PICTURES_PATH, "ask=true", picture));
            return new ObjectMapper().readTree(reply.body());
        }
    }

    private static void assertNames(JsonNode top, IntFunction<String> name) {
        assertThat(top)
                .hasSize(5)
                .allSatisfy(one -> assertThat(List.of(one.get("name"), one.get("short_name")))
                        .extracting(JsonNode::asText)
                        .containsOnly(name.apply(one.get("class").asInt())));
    }

    @Test
    void eachModelsAnswerHasTheNamesOfThatModel() throws IOException {
        JsonNode answer = answer(names("cup"), names("Tasse"));
        assertNames(answer.at("/edge/top"), index -> "cup " + index);
        assertNames(answer.at("/decision/server/top"), index -> "Tasse " + index);
        assertNames(answer.at("/decision/rounds/0/server/top"), index -> "Tasse " + index);
    }

    @Test
    void theServersAnswerHasTheEdgesNamesIfItsModelHasNone() throws IOException {
        assertNames(answer(names("cup"), List.of()).at("/decision/server/top"), index -> "cup " + index);
    }

    @Test
    void withoutAnyNamesClassesAreNumbered() throws IOException {
        JsonNode answer = answer(List.of(), List.of());
        assertNames(answer.at("/edge/top"), index -> "class " + index);
        assertNames(answer.at("/decision/server/top"), index -> "class " + index);
    }
}
