package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.engine.VitConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of ten classes of their own: with names, and without. */
@Timeout(60)
class ClassNamesTest {
    private static final VitConfig TEN_CLASSES = new VitConfig(16, 4, 3, 24, 3, 3, 48, 1, 10, true, 1e-6f);
    private static final List<String> NAMES = List.of(
            "bread",
            "soup, thick",
            "soup, clear",
            "1,000-year egg",
            "crème brûlée",
            "café: black",
            "rice",
            "beans",
            "fish",
            "none of these");

    @TempDir
    Path folder;

    private static JsonNode post(TestServer server, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return new ObjectMapper().readTree(server.send(request).body());
    }

    /** Asks for the label, and for all classes with their logits in descending order. */
    private JsonNode infer(TestServer server) throws IOException, InterruptedException {
        String image = Base64.getEncoder().encodeToString(InferenceFixture.png(3));
        String request = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"" + image
                + "\"]}],\"outputs\":[{\"name\":\"label\"},{\"name\":\"logits\",\"parameters\":{\"classification\":1000}}]}";
        return post(server, "/v2/models/tiny/infer", request.getBytes(StandardCharsets.US_ASCII))
                .get("outputs");
    }

    private JsonNode picture(TestServer server) throws IOException, InterruptedException {
        byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 3));
        return post(server, "/v1/page/pictures?gate=always&ask=true", picture);
    }

    private static int indexOf(JsonNode ranked) {
        return Integer.parseInt(ranked.asText().split(":", -1)[1]);
    }

    @Test
    void theProtocolGivesEachClassItsName() throws Exception {
        try (TestServer server = TestServer.start(folder, TEN_CLASSES, NAMES)) {
            JsonNode outputs = infer(server);
            JsonNode ranked = outputs.at("/1/data");
            assertThat(outputs.at("/1/shape/1").asInt()).isEqualTo(10);
            assertThat(ranked.valueStream().map(ClassNamesTest::indexOf))
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(ranked)
                    .allSatisfy(one ->
                            assertThat(one.asText()).endsWith(":" + indexOf(one) + ":" + NAMES.get(indexOf(one))));
            assertThat(outputs.at("/0/data/0").asText()).isEqualTo(NAMES.get(indexOf(ranked.get(0))));
            assertThat(server.get("/v2/models/tiny").body()).contains("\"shape\":[-1,10]");
        }
    }

    @Test
    void withoutNamesTheProtocolGivesTheClassNumbers() throws Exception {
        try (TestServer server = TestServer.start(folder, TEN_CLASSES, List.of())) {
            JsonNode outputs = infer(server);
            JsonNode ranked = outputs.at("/1/data");
            assertThat(ranked)
                    .allSatisfy(one -> assertThat(one.asText().split(":", -1)).hasSize(2));
            assertThat(outputs.at("/0/data/0").asText()).isEqualTo(Integer.toString(indexOf(ranked.get(0))));
        }
    }

    @Test
    void thePageShowsTheNames() throws Exception {
        try (TestServer server = TestServer.start(folder, TEN_CLASSES, NAMES)) {
            assertThat(server.get("/v1/page").body()).contains("\"classes\":10");
            JsonNode picture = picture(server);
            for (JsonNode top : List.of(picture.at("/edge/top"), picture.at("/decision/server/top"))) {
                assertThat(top)
                        .hasSize(5)
                        .allSatisfy(one -> assertThat(one.get("name").asText())
                                .isEqualTo(NAMES.get(one.get("class").asInt())));
            }
        }
    }

    @Test
    void withoutNamesThePageShowsTheClassNumbers() throws Exception {
        try (TestServer server = TestServer.start(folder, TEN_CLASSES, List.of())) {
            JsonNode picture = picture(server);
            for (JsonNode top : List.of(picture.at("/edge/top"), picture.at("/decision/server/top"))) {
                assertThat(top)
                        .hasSize(5)
                        .allSatisfy(one -> assertThat(one.get("name").asText())
                                .isEqualTo("class " + one.get("class").asInt()));
            }
        }
    }
}
