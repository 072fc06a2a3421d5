package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCommandsTest {
    @TempDir
    Path folder;

    private Path model;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(
                folder.resolve("model"),
                TinyModel.RGB,
                1,
                List.of("n00000001\tant", "n00000002\tbee", "n00000003\tcow"));
        image = TestImages.write(folder.resolve("image.png"), 1);
    }

    private static List<JsonNode> jsonLines(CommandRun run) throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            values.add(new ObjectMapper().readTree(line));
        }
        return values;
    }

    @Test
    void infoTellsWhatTheModelIs() {
        CommandRun run = CommandRun.of("info", model);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .contains("width  24", "blocks  3", "heads  3", "classes  3", "labels  3", "stored as  F32")
                .contains(
                        "activation  gelu",
                        "pooling  class_token",
                        "pre norm  false",
                        "prefix tokens  1",
                        "features  24")
                .contains("framing  shorter side to 18 (bicubic), central 16 x 16");
    }

    @Test
    void infoAsJsonGivesTheWorkByKeptPatches() throws IOException {
        JsonNode info = new ObjectMapper()
                .readTree(CommandRun.of("info", model, "--json").out());
        assertThat(info.get("parameters").longValue()).isEqualTo(TinyModel.RGB.parameters());
        JsonNode work = info.get("multiply_adds_by_kept_patches");
        assertThat(work).hasSize(5);
        assertThat(work.get("16").longValue()).isEqualTo(TinyModel.RGB.multiplyAdds(16));
        assertThat(work.get("0").longValue()).isEqualTo(TinyModel.RGB.multiplyAdds(0));
    }

    @Test
    void attentionPoolingClassifiesAndEmbeds() throws IOException {
        Path query = TinyModel.write(folder.resolve("query"), TinyModel.QUERY, 1, List.of());
        assertThat(CommandRun.of("info", query).out().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .contains("activation  tanh_gelu", "pooling  attention", "prefix tokens  0", "mlp  plain");
        assertThat(CommandRun.of("classify", "--model", query, image).exitCode())
                .isZero();
        assertThat(CommandRun.of("embed", "--model", query, image).out().split(" "))
                .hasSize(24);
    }

    @Test
    void infoRefusesWhatIsNoModel() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 4));
        for (Path bad : List.of(image, cut)) {
            CommandRun run = CommandRun.of("info", bad);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("glimpse info: " + bad + ": ");
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void classifyPrintsNamesAndProbabilities() {
        CommandRun run = CommandRun.of("classify", "--model", model, "--top", 2, image);
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).isEqualTo(image.toString());
        assertThat(lines.subList(1, 3)).allSatisfy(line -> assertThat(line).matches("  [01]\\.\\d{4}  (ant|bee|cow)"));
        assertThat(lines.get(1).substring(2, 8))
                .isGreaterThanOrEqualTo(lines.get(2).substring(2, 8));
    }

    @Test
    void classifyAsJsonGivesProbabilitiesThatSumToOne() throws IOException {
        CommandRun run = CommandRun.of("classify", "--model", model, "--json", image, image);
        List<JsonNode> answers = jsonLines(run);
        assertThat(answers).hasSize(2);
        double sum = 0;
        for (JsonNode one : answers.get(0).get("top")) {
            assertThat(one.get("wnid").textValue())
                    .isEqualTo("n0000000" + (one.get("class").intValue() + 1));
            sum += one.get("probability").doubleValue();
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(answers.get(1).get("top")).isEqualTo(answers.get(0).get("top"));
    }

    @Test
    void embedPrintsAsManyNumbersAsTheModelIsWide() throws IOException {
        Path encoder = TinyModel.write(folder.resolve("encoder"), TinyModel.ENCODER, 1, List.of());
        CommandRun run = CommandRun.of("embed", "--model", encoder, image);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip()).matches("\\Q" + image + "\\E\t(-?[0-9.E-]+ ?){24}");
        List<JsonNode> answers = jsonLines(CommandRun.of("embed", "--model", encoder, "--json", image));
        assertThat(answers).hasSize(1);
        String[] numbers =
                run.out().strip().substring(run.out().indexOf('\t') + 1).split(" ", -1);
        for (int i = 0; i < 24; i++) {
            assertThat(answers.get(0).get("features").get(i).floatValue()).isEqualTo(Float.parseFloat(numbers[i]));
        }
    }

    @Test
    void embedGivesWhatAClassifierClassifiesBy() throws IOException {
        Path encoder = TinyModel.write(folder.resolve("encoder"), TinyModel.ENCODER, 1, List.of());
        String features = CommandRun.of("embed", "--model", model, image).out();
        assertThat(features)
                .isEqualTo(CommandRun.of("embed", "--model", encoder, image).out());
    }

    @Test
    void embedReportsABadImageAndGoesOn() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
        CommandRun run = CommandRun.of("embed", "--model", model, bad, image);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).startsWith(image + "\t");
        assertThat(run.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("glimpse embed: " + bad + ": "),
                        last -> assertThat(last).isEqualTo("glimpse embed: 1 of 2 images failed"));
    }

    @Test
    void classifyRefusesAModelWithoutClasses() throws IOException {
        Path encoder = TinyModel.write(folder.resolve("encoder"), TinyModel.ENCODER, 1, List.of());
        CommandRun run = CommandRun.of("classify", "--model", encoder, image);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(encoder + ": the model has no classifier")
                .hasLineCount(1);
    }

    @Test
    void oneBadImageDoesNotKeepTheOthersFromTheirAnswers() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
        CommandRun run = CommandRun.of("classify", "--model", model, bad, folder.resolve("none.png"), image);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).startsWith(image.toString());
        assertThat(run.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("glimpse classify: " + bad + ": "),
                        second -> assertThat(second)
                                .isEqualTo("glimpse classify: " + folder.resolve("none.png") + ": no such file"),
                        last -> assertThat(last).isEqualTo("glimpse classify: 2 of 3 images failed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "embed"})
    void anImageWhoseOutputIsNotANumberIsNamedAndTheNextOneFollows(String command) throws IOException {
        Path broken = TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB);
        Path other = Files.copy(image, folder.resolve("other.png"));
        CommandRun run = CommandRun.of(command, "--model", broken, image, other);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "glimpse " + command + ": " + image + ": the model's output isn't a number"),
                        second -> assertThat(second)
                                .startsWith(
                                        "glimpse " + command + ": " + other + ": the model's output isn't a number"),
                        last -> assertThat(last).isEqualTo("glimpse " + command + ": 2 of 2 images failed"));
    }

    @Test
    void builtInModelsAreReadFromMemory() throws IOException {
        CommandRun info = CommandRun.of("info", "fashion-mnist/edge");
        assertThat(info.out()).contains("file ").contains("fashion-mnist/edge");
        assertThat(CommandRun.of("classify", "--model", "fashion-mnist/edge", "fashion-mnist/7")
                        .out())
                .startsWith("fashion-mnist/7");
        assertThat(CommandRun.of("classify", "--model", "fashion-mnist/other", image)
                        .err())
                .contains("--model fashion-mnist/other: no such file");
    }
}
