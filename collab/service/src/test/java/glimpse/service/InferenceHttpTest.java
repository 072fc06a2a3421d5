package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.engine.Prediction;
import glimpse.engine.image.RgbImage;
import glimpse.service.queue.QueueLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol over HTTP. */
class InferenceHttpTest {
    private static final String INFER = "/v2/models/tiny/infer";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(
                folder,
                options -> options.withModelControl(true).withQueue(new QueueLimits(800, 1024, Duration.ofMinutes(1))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> post(String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).POST(BodyPublishers.ofByteArray(body));
        return server.send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private static HttpResponse<byte[]> infer(String json, byte[] binary) throws IOException, InterruptedException {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(header);
        body.writeBytes(binary);
        return post(INFER, body.toByteArray(), "Inference-Header-Content-Length", Integer.toString(header.length));
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static String pixelsInput(String shape, String data) {
        return "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":" + shape + "," + data + "}]";
    }

    private static String binaryPixels(int images) {
        return pixelsInput("[" + images + ",3,16,16]", "\"parameters\":{\"binary_data_size\":" + images * 3072 + "}");
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    @Test
    void pixelsAsJsonGetTheLogitsProbabilitiesAndLabelsThatTheModelGivesInProcess()
            throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(2, 1);
        String body = pixelsInput("[2,3,16,16]", "\"data\":" + Arrays.toString(pixels)) + ",\"id\":\"x\"}";
        JsonNode response = json(post(INFER, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(response.get("model_name").asText()).isEqualTo("tiny");
        assertThat(response.get("id").asText()).isEqualTo("x");
        JsonNode outputs = response.get("outputs");
        assertThat(outputs.findValuesAsText("name")).containsExactly("logits", "probabilities", "label");
        assertThat(outputs.get(0).get("shape").toString()).isEqualTo("[2,3]");
        for (int image = 0; image < 2; image++) {
            float[] expected = InferenceFixture.logits(server, InferenceFixture.patches(pixels, image));
            Prediction prediction = Prediction.softmax(expected);
            float[] logits = floats(outputs.get(0).get("data"));
            assertThat(Arrays.copyOfRange(logits, image * 3, image * 3 + 3)).isEqualTo(expected);
            assertThat(floats(outputs.get(1).get("data"))[image * 3 + 1]).isEqualTo((float) prediction.probability(1));
            assertThat(outputs.get(2).get("data").get(image).asInt())
                    .isEqualTo(prediction.top(1).getFirst().index());
        }
    }

    @Test
    void nestedArraysAreTheSameAsFlatOnes() throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(1, 2);
        String nested = "[[" + Arrays.toString(pixels) + "],[]]";
        String flat = pixelsInput("[1,3,16,16]", "\"data\":" + Arrays.toString(pixels)) + "}";
        String other = pixelsInput("[1,3,16,16]", "\"data\":" + nested) + "}";
        assertThat(post(INFER, other.getBytes(StandardCharsets.UTF_8)).body())
                .isEqualTo(post(INFER, flat.getBytes(StandardCharsets.UTF_8)).body());
    }

    @Test
    void binaryPixelsGetBinaryOutputsIfTheRequestAsksForThem() throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(1, 3);
        HttpResponse<byte[]> response = infer(
                binaryPixels(1)
                        + ",\"outputs\":[{\"name\":\"logits\"},{\"name\":\"label\",\"parameters\":{\"binary_data\":false}}],"
                        + "\"parameters\":{\"binary_data_output\":true}}",
                InferenceFixture.littleEndian(pixels));
        int jsonBytes = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode outputs = JSON.readTree(response.body(), 0, jsonBytes).get("outputs");
        assertThat(outputs.get(0).get("parameters").get("binary_data_size").asInt())
                .isEqualTo(12);
        assertThat(outputs.get(1).get("data").size()).isEqualTo(1);
        ByteBuffer binary = ByteBuffer.wrap(response.body(), jsonBytes, response.body().length - jsonBytes);
        assertThat(InferenceFixture.floats(binary))
                .isEqualTo(InferenceFixture.logits(server, InferenceFixture.patches(pixels, 0)));
    }

    @Test
    void attentionAndPatchTokensComeIfAskedFor() throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(2, 4);
        JsonNode outputs = json(infer(
                        binaryPixels(2) + ",\"outputs\":[{\"name\":\"attention\"},{\"name\":\"patch_tokens\"}]}",
                        InferenceFixture.littleEndian(pixels)))
                .get("outputs");
        assertThat(outputs.get(0).get("shape").toString()).isEqualTo("[2,3,3,17]");
        assertThat(outputs.get(1).get("shape").toString()).isEqualTo("[2,16,24]");
        float[] attention = floats(outputs.get(0).get("data"));
        float[] tokens = floats(outputs.get(1).get("data"));
        for (int image = 0; image < 2; image++) {
            var patches = InferenceFixture.patches(pixels, image);
            assertThat(Arrays.copyOfRange(attention, image * 153, (image + 1) * 153))
                    .isEqualTo(InferenceFixture.attention(server, patches));
            assertThat(Arrays.copyOfRange(tokens, image * 384, (image + 1) * 384))
                    .isEqualTo(InferenceFixture.patchTokens(server, patches));
        }
    }

    @Test
    void classificationGivesTheHighestClassesAsText() throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(1, 5);
        JsonNode output = json(infer(
                        binaryPixels(1) + ",\"outputs\":[{\"name\":\"logits\",\"parameters\":{\"classification\":2}}]}",
                        InferenceFixture.littleEndian(pixels)))
                .get("outputs")
                .get(0);
        float[] logits = InferenceFixture.logits(server, InferenceFixture.patches(pixels, 0));
        int best = Prediction.softmax(logits).top(1).getFirst().index();
        assertThat(output.get("shape").toString()).isEqualTo("[1,2]");
        assertThat(output.get("data").get(0).asText()).isEqualTo(String.format("%f:%d", logits[best], best));
    }

    @Test
    void anImageFileIsPreprocessedAsTheModelsFileSays() throws IOException, InterruptedException {
        byte[] png = InferenceFixture.png(6);
        String body = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\""
                + Base64.getEncoder().encodeToString(png) + "\"]}]}";
        JsonNode outputs =
                json(post(INFER, body.getBytes(StandardCharsets.UTF_8))).get("outputs");
        var patches = server.classifier().preprocessing().apply(RgbImage.decode(png));
        assertThat(floats(outputs.get(0).get("data"))).isEqualTo(InferenceFixture.logits(server, patches));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|the request isn't valid JSON",
                "[]|400|the request is '[', expected an object",
                "{}|400|the request has 0 inputs, expected one: 'pixels' or 'image'",
                "{\"inputs\":[{\"name\":\"a\",\"shape\":[1],\"data\":[1]}]}|400|the model has no input 'a', expected 'pixels' or 'image'",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[1]}]}|400|input 'pixels' has datatype FP64, expected FP32",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[1,3,16],\"data\":[1]}]}|400|input 'pixels' has shape [1, 3, 16], expected [images, 3, 16, 16]",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[1,3,16,16],\"data\":[1]}]}|400|input 'pixels' has 1 elements, expected 768 for shape [1, 3, 16, 16]",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[65,3,16,16],\"data\":[1]}]}|400|input 'pixels' has 65 images, expected 1 to 64",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[9223372036854775807,3,16,16],\"data\":[1]}]}|400|images, expected 1 to 64",
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[1,3,16,16],\"parameters\":{\"binary_data_size\":4}}]}|400|inputs[0].parameters.binary_data_size is 4, but 0 bytes of binary data follow",
                "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"?\"]}]}|400|element 0 of input 'image' isn't base64",
                "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"AAAA\"]}]}|400|element 0 of input 'image': not an image in a known format, expected JPEG or PNG",
                "{\"inputs\":[],\"outputs\":[{\"name\":\"x\"}]}|400|the model has no output 'x', expected one of [logits, probabilities, label, attention, patch_tokens]",
            })
    void aWrongRequestIsToldWhatWasExpected(String body, int status, String message)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(INFER, body.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).contains(message);
    }

    @Test
    void binaryDataOfAnotherLengthThanTheShapesIsRefused() throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                infer(pixelsInput("[1,3,16,16]", "\"parameters\":{\"binary_data_size\":8}") + "}", new byte[8]);
        assertThat(json(response).get("error").asText())
                .isEqualTo("input 'pixels' has 8 bytes, expected 3072 for shape [1, 3, 16, 16]");
    }

    @Test
    void aHeaderLengthBeyondTheBodyIsRefused() throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                post(INFER, "{}".getBytes(StandardCharsets.UTF_8), "Inference-Header-Content-Length", "3");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").asText())
                .isEqualTo(
                        "the header Inference-Header-Content-Length is '3', expected 0 to 2, the length of the body");
    }

    @Test
    void aPixelThatIsNoNumberIsNamed() throws IOException, InterruptedException {
        float[] pixels = InferenceFixture.pixels(2, 7);
        pixels[1000] = Float.NaN;
        HttpResponse<byte[]> response = infer(binaryPixels(2) + "}", InferenceFixture.littleEndian(pixels));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").asText())
                .isEqualTo("element 1000 of input 'pixels' is NaN, expected finite numbers");
    }

    @Test
    void aBodyThatIsTooLargeGetsTheProtocolsError() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(INFER, new byte[(1 << 24) + 1]);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).get("error").asText()).contains("expected at most 16777216 bytes");
    }

    @Test
    void aTimeoutThatHasPassedIsNotComputed() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = infer(
                binaryPixels(1) + ",\"parameters\":{\"timeout\":1}}",
                InferenceFixture.littleEndian(InferenceFixture.pixels(1, 8)));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(json(response).get("error").asText()).contains("deadline");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/models/huge/infer, 404",
        "/v2/models/tiny/versions/2/infer, 404",
        "/v2/repository/models/huge/load, 404",
        "/v2/repository/models/huge/unload, 404"
    })
    void anUnknownModelOrVersionIsNotFound(String path, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(path, new byte[0]);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).contains("no ");
    }

    @Test
    void theServerAndItsModelsAreDescribed() throws IOException, InterruptedException {
        JsonNode metadata = JSON.readTree(server.get("/v2").body());
        assertThat(metadata.get("name").asText()).isEqualTo("glimpse");
        assertThat(metadata.get("extensions").toString()).contains("binary_tensor_data");
        JsonNode model = JSON.readTree(server.get("/v2/models/tiny/versions/1").body());
        assertThat(model.get("inputs").get(0).toString())
                .isEqualTo("{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[-1,3,16,16]}");
        assertThat(model.get("outputs").findValuesAsText("name"))
                .containsExactly("logits", "probabilities", "label", "attention", "patch_tokens");
        JsonNode config = JSON.readTree(server.get("/v2/models/tiny/config").body());
        assertThat(config.get("max_batch_size").asInt()).isEqualTo(64);
        assertThat(config.get("input").get(0).get("dims").toString()).isEqualTo("[3,16,16]");
    }

    @Test
    void itsHealthHasTheProtocolsPaths() throws IOException, InterruptedException {
        assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.get("/v2/models/tiny/ready").statusCode()).isEqualTo(200);
        assertThat(server.get("/v2/models/huge/ready").statusCode()).isEqualTo(404);
    }

    @Test
    void statisticsCountRequestsImagesAndBatches() throws IOException, InterruptedException {
        JsonNode before = statistics();
        infer(binaryPixels(3) + "}", InferenceFixture.littleEndian(InferenceFixture.pixels(3, 9)));
        JsonNode after = statistics();
        assertThat(after.get("inference_count").asInt()
                        - before.get("inference_count").asInt())
                .isEqualTo(3);
        assertThat(after.get("execution_count").asInt()
                        - before.get("execution_count").asInt())
                .isEqualTo(1);
        assertThat(after.at("/inference_stats/success/count").asInt()
                        - before.at("/inference_stats/success/count").asInt())
                .isEqualTo(1);
    }

    private static JsonNode statistics() throws IOException, InterruptedException {
        return JSON.readTree(server.get("/v2/models/tiny/stats").body())
                .get("model_stats")
                .get(0);
    }

    @Test
    void aModelThatAClientUnloadsIsUnavailableUntilItIsLoaded() throws IOException, InterruptedException {
        assertThat(post("/v2/repository/models/tiny/unload", new byte[0]).statusCode())
                .isEqualTo(200);
        try {
            assertThat(server.get("/v2/models/tiny/ready").statusCode()).isEqualTo(503);
            assertThat(json(post("/v2/repository/index", new byte[0])).toString())
                    .isEqualTo(
                            "[{\"name\":\"tiny\",\"version\":\"1\",\"state\":\"UNAVAILABLE\",\"reason\":\"not loaded\"}]");
            assertThat(json(post("/v2/repository/index", "{\"ready\":true}".getBytes(StandardCharsets.UTF_8)))
                            .toString())
                    .isEqualTo("[]");
        } finally {
            assertThat(post("/v2/repository/models/tiny/load", new byte[0]).statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.get("/v2/models/tiny/ready").statusCode()).isEqualTo(200);
    }
}
