package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path image;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, List.of("ant", "bee", "cow"));
        image = TestImages.write(folder.resolve("image.png"), 1); // 21 x 24
        out = folder.resolve("out.png");
    }

    @Test
    void scoresAndKeptPatchesAreDrawnAtTheImagesSize() throws IOException {
        CommandRun run = CommandRun.of("explain", "--model", model, image, "--out", out, "--scale", 30);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("image\\.png: (ant|bee|cow), probability [01]\\.\\d{4}");
        assertThat(run.out()).containsPattern("sum:0\\.97 by score mean selects \\d+ of 16 patches");
        BufferedImage drawn = ImageIO.read(out.toFile());
        assertThat(drawn.getWidth()).isEqualTo(2 * 21 * 30 + 3 * 12);
        assertThat(drawn.getHeight()).isGreaterThan(24 * 30);
    }

    @Test
    void aBudgetOfBytesDependsOnTheCodec() throws IOException {
        // of 400 bytes 15 are the header and 2 the positions, and a patch has 48
        assertThat(json("--select", "bytes:400").get("kept")).hasSize(7);
        assertThat(json("--select", "bytes:400+diverse:0.6", "--codec", "glimpse:50")
                        .get("kept")
                        .size())
                .isGreaterThan(7);
    }

    @Test
    void aSmallImageIsEnlarged() throws IOException {
        CommandRun.of("explain", "--model", model, image, "--out", out);
        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(2 * 21 * 13 + 3 * 12);
    }

    @Test
    void attentionPoolingIsWhatTheScoreIsOf() throws IOException {
        Path query = TinyModel.write(folder.resolve("query"), TinyModel.QUERY, 1, List.of());
        CommandRun run = CommandRun.of("explain", "--model", query, image, "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("sum:0\\.97 by score mean selects \\d+ of 16 patches");
        CommandRun layers = CommandRun.of("explain", "--model", query, image, "--out", out, "--layers", 3);
        assertThat(layers.exitCode()).isEqualTo(2);
        assertThat(layers.err())
                .contains("--layers and --heads show the attention of the class token, and the model has none");
        CommandRun rollout = CommandRun.of("explain", "--model", query, image, "--out", out, "--score", "rollout");
        assertThat(rollout.exitCode()).isEqualTo(2);
        assertThat(rollout.err())
                .contains("score rollout follows the class token")
                .containsOnlyOnce("\n");
    }

    @Test
    void theNumbersAreThoseOfTheModel() throws IOException {
        JsonNode json = json("--select", "top:5", "--layers", "1,3", "--heads", "all");
        assertThat(json.get("width").intValue()).isEqualTo(21);
        assertThat(json.get("scores")).hasSize(16);
        assertThat(sum(json.get("scores"))).isCloseTo(1, within(1e-5));
        assertThat(json.get("kept")).hasSize(5);
        assertThat(json.get("top")).hasSize(3);
        // resized to 18 x 20, the central 16 x 16: 1 pixel of the 18 to the left, 2 of the 20 above
        assertThat(json.get("seen").get("left").doubleValue()).isCloseTo(21.0 / 18, within(1e-9));
        assertThat(json.get("seen").get("top").doubleValue()).isCloseTo(2 * 24.0 / 20, within(1e-9));
        assertThat(json.get("attention")).hasSize(6);
        assertThat(json.get("attention").get(5).get("layer").intValue()).isEqualTo(3);
        assertThat(json.get("attention").get(5).get("head").intValue()).isEqualTo(3);
        // the mean score is the mean of the last layer's heads, divided by its sum
        double[] mean = new double[16];
        double all = 0;
        for (int head = 3; head < 6; head++) {
            for (int patch = 0; patch < 16; patch++) {
                double weight = json.get("attention")
                        .get(head)
                        .get("weights")
                        .get(patch)
                        .doubleValue();
                mean[patch] += weight;
                all += weight;
            }
        }
        for (int patch = 0; patch < 16; patch++) {
            assertThat(json.get("scores").get(patch).doubleValue()).isCloseTo(mean[patch] / all, within(1e-6));
        }
    }

    @Test
    void theAnswerIsThatOfClassify() throws IOException {
        JsonNode explained = json();
        JsonNode classified = new ObjectMapper()
                .readTree(CommandRun.of("classify", "--model", model, image, "--json")
                        .out());
        assertThat(explained.get("top").get(0)).isEqualTo(classified.get("top").get(0));
        assertThat(explained.get("min_entropy_bits")).isEqualTo(classified.get("min_entropy_bits"));
    }

    @Test
    void headsAloneAreThoseOfTheLastLayerAndLayersAloneTheirMean() throws IOException {
        JsonNode heads = json("--heads", "2");
        assertThat(heads.get("attention")).hasSize(1);
        assertThat(heads.get("attention").get(0).get("layer").intValue()).isEqualTo(3);
        JsonNode layers = json("--layers", "1-2", "--score", "rollout");
        assertThat(layers.get("attention")).hasSize(2);
        assertThat(layers.get("attention").get(1).get("head").textValue()).isEqualTo("mean");
        assertThat(layers.get("score").textValue()).isEqualTo("rollout");
    }

    @Test
    void aGreyModelExplainsToo() throws IOException {
        model = TinyModel.write(folder.resolve("grey"), TinyModel.GREY, 2, List.of());
        JsonNode json = json("--select", "top:0");
        assertThat(json.get("scores")).hasSize(49);
        assertThat(json.get("kept")).isEmpty();
        assertThat(json.has("least_kept_score")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--layers, 4, '--layers: ''4'' is invalid, expected all, or numbers and ranges of 1..3'",
        "--layers, 0, '--layers: ''0'' is invalid'",
        "--layers, 2-1, '--layers: ''2-1'' is invalid'",
        "--layers, '1,', '--layers: ''1,'' is invalid'",
        "--heads, x, '--heads: ''x'' is invalid'",
        "--score, best, '--score: ''best'' is invalid'",
        "--score, rollout-heads-first:4, 'needs layer 4, but the model has 3'",
        "--select, most, '--select: ''most'' is invalid'",
        "--scale, 0, '--scale: ''0'' is invalid, expected an integer of at least 1'",
        "--scale, 100000, 'the picture would have more than 100 million pixels'",
        "--out, /nowhere/at/all.png, '--out /nowhere/at/all.png: the folder /nowhere/at doesn''t exist'"
    })
    void wrongInputIsOneLineThatNamesIt(String option, String value, String message) {
        CommandRun run = option.equals("--out")
                ? CommandRun.of("explain", "--model", model, image, option, value)
                : CommandRun.of("explain", "--model", model, image, "--out", out, option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void anImageThatCannotBeDecodedIsNamed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
        CommandRun run = CommandRun.of("explain", "--model", model, bad, "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(bad.toString());
    }

    private JsonNode json(Object... options) throws IOException {
        Object[] arguments = new Object[options.length + 7];
        System.arraycopy(new Object[] {"explain", "--model", model, image, "--out", out, "--json"}, 0, arguments, 0, 7);
        System.arraycopy(options, 0, arguments, 7, options.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    private static double sum(JsonNode values) {
        double sum = 0;
        for (JsonNode value : values) {
            sum += value.doubleValue();
        }
        return sum;
    }
}
