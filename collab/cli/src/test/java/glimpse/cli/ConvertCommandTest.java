package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.engine.ModelInfo;
import glimpse.engine.weights.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {
    /** The converter's own test checkpoints; tests run in the module's folder. */
    private static final Path CHECKPOINTS =
            Path.of("..", "..", "weights-converter", "src", "test", "resources", "glimpse", "convert");

    private static final Path TIMM = CHECKPOINTS.resolve("timm-plain/model.safetensors");
    private static final Path HUGGING_FACE = CHECKPOINTS.resolve("hf-vit/model.safetensors");

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("model.safetensors");
    }

    @Test
    void theConvertedModelIsOneThatOtherCommandsLoad() throws IOException {
        CommandRun run = convert(TIMM, "--heads", 3);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("timm model: 24 wide", "wrote " + out, "no labels");
        Path image = TestImages.write(folder.resolve("image.png"), 1);
        assertThat(CommandRun.of("classify", "--model", out, image).exitCode()).isZero();
    }

    @Test
    void optionsReachTheConverter() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\nd\ne\nf\ng\n");
        CommandRun run = convert(
                TIMM,
                "--heads",
                3,
                "--dtype",
                "F16",
                "--labels",
                labels,
                "--image-size",
                20,
                "--activation",
                "quick_gelu",
                "--mean",
                ".5,.5,.5",
                "--std",
                "1,1,2",
                "--crop-pct",
                "0.9",
                "--crop-mode",
                "squash",
                "--interpolation",
                "bilinear");
        assertThat(run.err()).isEmpty();
        ModelInfo model = ModelInfo.read(out);
        assertThat(model.storedTypes()).containsExactly(DType.F16);
        assertThat(model.labels().size()).isEqualTo(7);
        assertThat(model.config().heads()).isEqualTo(3);
        assertThat(model.config().imageSize()).isEqualTo(20);
        assertThat(model.metadata())
                .containsEntry("glimpse.config.activation", "quick_gelu")
                .containsEntry("glimpse.preprocessing.mean", "0.5,0.5,0.5")
                .containsEntry("glimpse.preprocessing.std", "1.0,1.0,2.0")
                .containsEntry("glimpse.preprocessing.resize", "22")
                .containsEntry("glimpse.preprocessing.crop_mode", "squash")
                .containsEntry("glimpse.preprocessing.interpolation", "bilinear");
    }

    @Test
    void cropIsPrinted() {
        assertThat(convert(TIMM, "--heads", 3).out())
                .contains("crop: crop_pct 0.875 by default, as the source's configuration has none, crop_mode center:"
                        + " shorter side to 18 pixels (bicubic), central 16 x 16");
        assertThat(convert(TIMM, "--heads", 3, "--force", "--crop-pct", "0.9", "--crop-mode", "squash")
                        .out())
                .contains("crop: crop_pct 0.9 as the option says, crop_mode squash: both sides to 17 pixels");
        assertThat(convert(TIMM, "--heads", 3, "--force", "--crop-mode", "as_is")
                        .out())
                .contains("crop: none, images must have 16 x 16 pixels");
    }

    @Test
    void jsonSummaryIsReadByAProgram() throws IOException {
        CommandRun run = convert(HUGGING_FACE, "--json");
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.path("out").textValue()).isEqualTo(out.toString());
        assertThat(summary.path("bytes").longValue()).isEqualTo(Files.size(out));
        assertThat(summary.path("dtype").textValue()).isEqualTo("f32");
        assertThat(summary.path("naming").textValue()).isEqualTo("Hugging Face");
        assertThat(summary.path("labels").intValue()).isEqualTo(5);
        assertThat(summary.path("sourceSha256").textValue())
                .isEqualTo(ModelInfo.read(out).metadata().get("glimpse.source.sha256"));
        assertThat(summary.path("crop").path("crop_mode").textValue()).isEqualTo("center");
        assertThat(summary.path("metadata").path("glimpse.config.heads").textValue())
                .isEqualTo("3");
        assertThat(summary.has("verification")).isFalse();
    }

    @Test
    void verificationComparesWithTheSource() throws IOException {
        Path image = TestImages.write(folder.resolve("image.png"), 1);
        CommandRun run = convert(TIMM, "--heads", 3, "--dtype", "f16", "--verify", image, "--json");
        JsonNode verification = new ObjectMapper().readTree(run.out()).path("verification");
        assertThat(verification.path("images").intValue()).isEqualTo(1);
        assertThat(verification.path("sameTop1").intValue()).isBetween(0, 1);
        assertThat(verification.path("largestDifference").doubleValue())
                .isPositive()
                .isLessThan(verification.path("largestLogit").doubleValue());
        assertThat(convert(TIMM, "--heads", 3, "--force", "--verify", image).out())
                .contains("verified on 1 image:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dtype|f8|--dtype: 'f8' is invalid, expected f32, f16, bf16 or int8",
                "--heads|0|--heads: '0' is invalid, expected an integer of at least 1",
                "--heads|5|5 heads (option heads) don't divide the width 24",
                "--image-size|x|--image-size: 'x' is invalid, expected an integer of at least 1",
                "--image-size|18|imageSize is 18, expected a multiple of patchSize 4",
                "--activation|relu|--activation: 'relu' is invalid, expected gelu, gelu_tanh or quick_gelu",
                "--mean|x|--mean: 'x' is not a float",
                "--mean|0.5|mean is [0.5], expected one number for each of 3 channels",
                "--crop-pct|0|--crop-pct: '0' is invalid, expected a number above 0, up to 1",
                "--crop-mode|border|--crop-mode: 'border' is invalid, expected center, squash or as_is",
                "--interpolation|nearest|--interpolation: 'nearest' is invalid, expected bilinear or bicubic",
                "--labels|none.txt|--labels none.txt: no such file",
                "--verify|none.png|--verify none.png: no such file or folder"
            })
    void anInvalidOptionIsOneLineAndExitCodeTwo(String option, String value, String message) {
        assertRejected(
                option.equals("--heads") ? convert(TIMM, option, value) : convert(TIMM, "--heads", 3, option, value),
                message);
    }

    @Test
    void anInvalidSourceIsOneLineAndExitCodeTwo() throws IOException {
        assertRejected(
                convert(folder.resolve("none")), "SOURCE " + folder.resolve("none") + ": no such file or folder");
        Path broken = Files.writeString(folder.resolve("broken"), "not a checkpoint at all");
        assertRejected(convert(broken), broken + ": not a safetensors file: ");
        assertRejected(convert(TIMM), "set the option heads");
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() {
        out = folder;
        assertRejected(convert(TIMM, "--heads", 3), "--out " + folder + ": is a folder, expected a file name");
        out = folder.resolve("none/model");
        assertRejected(
                convert(TIMM, "--heads", 3),
                "--out " + out + ": the folder " + folder.resolve("none").toAbsolutePath() + " doesn't exist");
    }

    private CommandRun convert(Path source, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("convert", source, "--out", out));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    private void assertRejected(CommandRun run, String message) {
        assertThat(run.err()).startsWith("glimpse convert: ").contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(Files.isRegularFile(out)).isFalse();
    }
}
