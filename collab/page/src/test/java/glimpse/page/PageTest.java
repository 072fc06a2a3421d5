package glimpse.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.audit.Audit;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import glimpse.page.model.ModelPair;
import glimpse.page.model.OwnEdgePass;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    private static final Workers WORKERS = Workers.of(1);
    private static final EdgeStep STEP = step(OffloadGate.always(), PatchSelection.sum(0.7f), PayloadCodec.raw());

    @TempDir
    static Path folder;

    private static Classifier edge;
    private static Channel channel;
    private static byte[] picture;
    private static Path file;
    private static Page page;

    @BeforeAll
    static void start() throws IOException {
        List<String> labels = List.of("ant", "bee", "cow");
        edge = Classifier.load(TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, labels), WORKERS);
        channel = new InProcessChannel(new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, WORKERS)));
        file = TestImages.write(folder.resolve("picture.png"), 3);
        picture = Files.readAllBytes(file);
        page = page(channel);
    }

    @AfterAll
    static void stop() {
        WORKERS.close();
    }

    private static EdgeStep step(OffloadGate gate, PatchSelection selection, PayloadCodec codec) {
        return new EdgeStep(gate, new SelectionPolicy(AttentionScore.mean(), selection), codec);
    }

    private static Page page(Channel server) {
        ModelPair pair = new ModelPair(
                "small", edge, new OwnEdgePass(edge, AttentionScore.mean()), "large", server, Duration.ofSeconds(5));
        return new Page(() -> Optional.of(pair), new PageSettings(STEP, true, Optional.of("/v1/classify")));
    }

    private static PageReply send(String method, String path, String query, byte[] body) {
        return page.handle(new PageRequest(method, path, query, body));
    }

    private static JsonNode json(PageReply reply) throws IOException {
        assertThat(reply.contentType()).isEqualTo("application/json");
        return new ObjectMapper().readTree(reply.body());
    }

    private static JsonNode examine(String query) throws IOException {
        PageReply reply = send("POST", Page.PICTURES_PATH, query, picture);
        assertThat(reply.status()).isEqualTo(200);
        return json(reply);
    }

    @Test
    void aPictureIsAnsweredAsTheMethodDoes() throws IOException {
        for (EdgeStep step : List.of(
                STEP,
                step(OffloadGate.always(), PatchSelection.top(5), PayloadCodec.jpeg(50)),
                step(OffloadGate.always(), PatchSelection.all(), PayloadCodec.deflate()))) {
            Offloaded expected = (Offloaded) new EdgeNode(edge, step, channel).classify(RgbImage.read(file), "picture");
            JsonNode answer = examine("select=" + step.policy().selection().spec() + "&codec="
                    + step.codec().spec() + "&ask=true");
            JsonNode decision = answer.get("decision");
            assertThat(answer.at("/edge/top/0/probability").asDouble())
                    .isEqualTo(expected.edge().top(1).getFirst().probability());
            assertThat(ints(decision.get("kept"))).isEqualTo(expected.selected().positions());
            assertThat(decision.get("request_bytes").asInt()).isEqualTo(expected.upBytes());
            assertThat(decision.at("/server/top/0/class").asInt())
                    .isEqualTo(expected.top().getFirst().index());
            assertThat(decision.at("/server/top/0/probability").asDouble())
                    .isEqualTo(expected.top().getFirst().probability());
            assertThat(decision.at("/server/reply_bytes").asInt()).isEqualTo(expected.downBytes());
        }
    }

    @Test
    void roundsAreSentAsRoundsUntilTheRuleEndsThem() throws IOException {
        SelectionPolicy policy =
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse("rounds:top:3,top:3,top:7,all"));
        for (String rule : List.of("min-entropy:0", "min-entropy:64", "min-entropy:0+min-entropy:0+margin:0")) {
            EdgeStep step = new EdgeStep(
                    OffloadGate.always(),
                    policy,
                    PayloadCodec.jpeg(50),
                    Optional.of(StopRule.parseOne(rule)),
                    Audit.NONE);
            Offloaded expected = (Offloaded) new EdgeNode(edge, step, channel).classify(RgbImage.read(file), "picture");
            JsonNode decision = examine("select=" + policy.selection().spec() + "&codec=jpeg:50&ask=true&until="
                            + URLEncoder.encode(rule, StandardCharsets.UTF_8))
                    .get("decision");
            assertThat(decision.get("rounds"))
                    .extracting(round -> round.get("round").asInt() + ": "
                            + round.get("kept").size())
                    .containsExactly("1: 3", "3: 4", "4: 9"); // the second adds nothing
            List<JsonNode> sent = decision.get("rounds")
                    .valueStream()
                    .filter(round -> round.has("server"))
                    .toList();
            assertThat(sent).hasSize(expected.exchanges());
            assertThat(ints(decision.get("kept"))).isEqualTo(expected.selected().positions());
            assertThat(decision.get("request_bytes").asInt()).isEqualTo(expected.upBytes());
            assertThat(decision.at("/bytes/jpeg:50/kept").asInt()).isEqualTo(expected.upBytes());
            assertThat(sent.stream()
                            .mapToInt(round -> round.at("/server/reply_bytes").asInt())
                            .sum())
                    .isEqualTo(expected.downBytes());
            assertThat(decision.at("/server/top")).isEqualTo(sent.getLast().at("/server/top"));
            assertThat(decision.at("/server/top/0/probability").asDouble())
                    .isEqualTo(expected.top().getFirst().probability());
            assertThat(decision.get("until").asText())
                    .isEqualTo(step.until().orElseThrow().spec());
        }
    }

    @Test
    void ifALaterRoundFailsTheAnswerBeforeItStandsAndTheReasonIsTold() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        ServerNode node = new ServerNode(edge);
        Page failing = page(new InProcessChannel(some -> {
            if (requests.incrementAndGet() == 2) {
                throw new IllegalStateException("out of order");
            }
            return node.handle(some);
        }));
        JsonNode decision = json(failing.handle(
                        new PageRequest("POST", Page.PICTURES_PATH, "select=rounds:top:3,all&ask=true", picture)))
                .get("decision");
        assertThat(decision.at("/server/top")).isEqualTo(decision.at("/rounds/0/server/top"));
        assertThat(decision.get("kept")).hasSize(3);
        assertThat(decision.get("request_bytes")).isEqualTo(decision.at("/rounds/0/request_bytes"));
        assertThat(decision.at("/server/cut_short/detail").asText()).isEqualTo("out of order");
        assertThat(decision.at("/rounds/1/server/reason").asText()).isEqualTo("channel_failed");
    }

    @Test
    void beforeTheServerIsAskedADecisionIsAboutAllRounds() throws IOException {
        JsonNode decision = examine("select=rounds:top:3,all").get("decision");
        assertThat(decision.get("kept")).hasSize(16);
        int sum = decision.get("rounds")
                .valueStream()
                .mapToInt(round -> round.get("request_bytes").asInt())
                .sum();
        assertThat(decision.get("request_bytes").asInt()).isEqualTo(sum);
        assertThat(decision.has("server")).isFalse();
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    @Test
    void anotherChoiceForTheSamePictureIsTheSameAsFromTheStart() throws IOException {
        String token = examine("").get("token").asText();
        PageReply reply =
                send("POST", Page.PICTURES_PATH + "/" + token, "select=top:3&codec=jpeg:85&gate=never", new byte[0]);
        JsonNode decision = json(reply);
        JsonNode expected = examine("select=top:3&codec=jpeg:85&gate=never").get("decision");
        for (String field : List.of("kept", "request_bytes", "whole_bytes", "bytes", "rounds", "confident")) {
            assertThat(decision.get(field)).as(field).isEqualTo(expected.get(field));
        }
        assertThat(decision.get("confident").asBoolean()).isTrue();
    }

    @Test
    void aConfidentEdgeDoesNotAskTheServer() throws IOException {
        assertThat(examine("gate=never&ask=true").get("decision").has("server")).isFalse();
    }

    @Test
    void theHeadsAverageIsTheScoreOfThePatches() throws IOException {
        JsonNode answer = examine("");
        assertThat(answer.get("heads")).hasSize(TinyModel.RGB.heads());
        double[] mean = new double[16];
        double sum = 0;
        for (int patch = 0; patch < 16; patch++) {
            for (JsonNode head : answer.get("heads")) {
                mean[patch] += head.get(patch).asDouble() / TinyModel.RGB.heads();
            }
            sum += mean[patch];
        }
        for (int patch = 0; patch < 16; patch++) {
            assertThat(answer.get("scores").get(patch).asDouble()).isCloseTo(mean[patch] / sum, offset(1e-5));
        }
        assertThat(answer.get("pixels").binaryValue())
                .isEqualTo(edge.patches(RgbImage.read(file)).pixels());
    }

    @Test
    void aServerThatFailsIsReportedWithTheReason() throws IOException {
        Page broken = page(new InProcessChannel(requests -> {
            throw new IllegalStateException("out of order");
        }));
        JsonNode server = json(broken.handle(new PageRequest("POST", Page.PICTURES_PATH, "ask=true", picture)))
                .at("/decision/server");
        assertThat(server.get("reason").asText()).isEqualTo("channel_failed");
        assertThat(server.get("detail").asText()).isEqualTo("out of order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/page/pictures|select=top|400|is invalid, expected top:COUNT",
                "POST|/v1/page/pictures|gate=maybe|400|is invalid, expected min-entropy",
                "POST|/v1/page/pictures|until=soon|400|is invalid, expected min-entropy:BITS or margin:SHARE",
                "POST|/v1/page/pictures|codec=jpeg:0|400|is invalid, expected raw",
                "POST|/v1/page/pictures|colour=red|400|in the query is unknown, expected select",
                "POST|/v1/page/pictures|select|400|in the query has no value",
                "POST|/v1/page/pictures/0123|''|410|the picture is no longer here, send it again",
                "GET|/v1/page/pictures|''|405|the method is GET, expected POST",
                "POST|/|''|405|the method is POST, expected GET",
                "GET|/v1/page/other|''|404|there is nothing here, see /",
                "GET|/page/../Page.class|''|404|there is nothing here, see /",
            })
    void aRequestThatIsWrongGetsOneLine(String method, String path, String query, int status, String line)
            throws IOException {
        PageReply reply = send(method, path, query, picture);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(json(reply).get("error").asText()).contains(line).hasLineCount(1);
    }

    @Test
    void whatIsNoPictureGetsOneLine() throws IOException {
        PageReply reply = send("POST", Page.PICTURES_PATH, "", "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(json(reply).get("error").asText())
                .startsWith("the picture can't be used: ")
                .hasLineCount(1);
        assertThat(send("POST", Page.PICTURES_PATH, "", new byte[Page.MAX_PICTURE_BYTES + 1])
                        .status())
                .isEqualTo(413);
    }

    @Test
    void withoutModelsThePageSaysSo() throws IOException {
        Page empty = new Page(Optional::empty, new PageSettings(STEP, true, Optional.empty()));
        PageReply reply = empty.handle(new PageRequest("GET", Page.INFO_PATH, "", new byte[0]));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(empty.handle(new PageRequest("GET", "/", "", new byte[0])).status())
                .isEqualTo(200);
    }

    @Test
    void everythingThatThePageNamesIsThereAndNothingIsElsewhere() throws IOException {
        String html = new String(send("GET", "/", "", new byte[0]).body(), StandardCharsets.UTF_8);
        assertThat(html).contains("page/app.js").doesNotContain("http:", "https:", "style=", "onclick");
        for (JsonNode sample :
                json(send("GET", Page.INFO_PATH, "", new byte[0])).get("samples")) {
            PageReply reply = send("GET", "/" + sample.asText(), "", new byte[0]);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(RgbImage.decode(reply.body()).width()).isPositive();
        }
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/glimpse/page/web"))) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                String name = "" + one.getFileName();
                String path = name.equals("index.html") ? "/" : "/page/" + name;
                assertThat(send("GET", path, "", new byte[0]).body()).as(path).isEqualTo(Files.readAllBytes(one));
            }
        }
    }
}
