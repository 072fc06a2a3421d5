package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input: exit code 2, one line that says what is wrong, no file. */
class ConvertErrorsTest {
    private static final Path TIMM = Resources.path("timm-plain/model.safetensors");

    @TempDir
    Path folder;

    @Test
    void absentSourceIsNamed() throws IOException {
        assertRefused(
                CommandRun.of("nowhere.safetensors", "--out", out(), "--heads", 3),
                "nowhere.safetensors: no such file");
    }

    @Test
    void brokenSourceIsNamed() throws IOException {
        Path source = Files.writeString(folder.resolve("broken"), "not a checkpoint at all");
        assertRefused(CommandRun.of(source, "--out", out()), source + ": header of ");
    }

    @Test
    void everyTensorThatIsMissingOrLeftOverIsListed() throws IOException {
        Path source = changed(name -> switch (name) {
            case "norm.bias" -> "norm.bais";
            case "blocks.1.attn.proj.weight" -> "blocks.1.attn.out.weight";
            default -> name;
        });
        assertRefused(
                CommandRun.of(source, "--out", out(), "--heads", 3),
                "tensors don't fit a timm model: blocks.1.attn.proj.weight is missing; norm.bias is missing; "
                        + "blocks.1.attn.out.weight belongs to no part of the model; "
                        + "norm.bais belongs to no part of the model");
    }

    @Test
    void missingBlockIsNamed() throws IOException {
        Path source = changed(name -> name.replace("blocks.1.", "blocks.7."));
        assertRefused(
                CommandRun.of(source, "--out", out(), "--heads", 3), "block 1 is missing, though there is a block 2");
    }

    @Test
    void headsThatCannotBeToldAreAskedFor() throws IOException {
        assertRefused(CommandRun.of(TIMM, "--out", out()), "give it with --heads");
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 5),
                "5 heads (option --heads) don't divide the width 24");
    }

    @Test
    void halfAClassifierIsRefused() throws IOException {
        Path source = changed(name -> name.equals("head.weight") ? "head.other" : name);
        assertRefused(CommandRun.of(source, "--out", out(), "--heads", 3), "head.bias belongs to no part of the model");
    }

    @Test
    void imageSizeMustBeAMultipleOfThePatch() throws IOException {
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--image-size", 18),
                "imageSize is 18, expected a multiple of patchSize 4");
    }

    @Test
    void unsupportedArchitecturesAreNamed() throws IOException {
        Path swin = changed(
                name -> name.replace("blocks.0.norm1.weight", "layers.0.blocks.0.attn.relative_position_bias_table"));
        assertRefused(CommandRun.of(swin, "--out", out(), "--heads", 3), "relative position bias");
        Path other = changed(name -> name.replace("patch_embed", "embedding"));
        assertRefused(
                CommandRun.of(other, "--out", out(), "--heads", 3), "not a Vision Transformer of timm or Hugging Face");
    }

    @Test
    void configurationThatContradictsTheTensorsIsRefused() throws IOException {
        Path source = Files.copy(Resources.path("hf-vit/model.safetensors"), folder.resolve("model.safetensors"));
        Path config = Files.writeString(
                folder.resolve("config.json"), "{\"num_hidden_layers\": 12, \"num_attention_heads\": 3}");
        assertRefused(
                CommandRun.of(source, "--out", out()),
                config + ": depth is 12, but the tensors of " + source + " have 2");
        Files.writeString(config, "{\"num_attention_heads\": 3, \"hidden_act\": \"relu\"}");
        assertRefused(CommandRun.of(source, "--out", out()), "activation relu is not supported");
        Files.writeString(config, "{\"num_attention_heads\": \"3\"}");
        assertRefused(CommandRun.of(source, "--out", out()), "num_attention_heads is \"3\", expected an integer");
        Files.writeString(config, "{");
        assertRefused(CommandRun.of(source, "--out", out()), config + ": not valid JSON");
    }

    @Test
    void labelsMustBeOneAClass() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\n");
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--labels", labels),
                labels + ": 3 labels, expected 7 as the model has classes");
        Files.writeString(labels, "0\tn1\ta\n2\tn2\tb\n");
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--labels", labels),
                labels + ": line 2 begins with '2', expected index 1");
    }

    @Test
    void sourceIsNotOverwritten() throws IOException {
        Path source = Files.copy(TIMM, folder.resolve("model.safetensors"));
        CommandRun run = CommandRun.of(
                source, "--out", folder.resolve("../" + folder.getFileName() + "/model.safetensors"), "--heads", 3);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is the source itself");
        assertThat(source).hasSameBinaryContentAs(TIMM);
    }

    @Test
    void outputNeedsAFolder() throws IOException {
        assertRefused(CommandRun.of(TIMM, "--out", folder.resolve("none/model"), "--heads", 3), "none: no such folder");
        assertRefused(CommandRun.of(TIMM, "--out", folder, "--heads", 3), "a folder, expected a file name");
    }

    @Test
    void wrongOptionsAreOneLineBeforeTheUsage() {
        CommandRun run = CommandRun.of(TIMM, "--out", out(), "--dtype", "f8");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("Invalid value for option '--dtype'").contains("f32, f16, bf16, int8");
    }

    @Test
    void meanNeedsANumberForEachChannel() throws IOException {
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--mean", "0.5"),
                "mean is [0.5], expected one number for each of 3 channels");
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--std", "0,1,1"), "expected finite values above 0");
        assertRefused(
                CommandRun.of(TIMM, "--out", out(), "--heads", 3, "--crop-fraction", "0"),
                "fraction is 0.0, expected above 0");
    }

    /** The timm checkpoint with other names. */
    private Path changed(UnaryOperator<String> renaming) throws IOException {
        return ChangedCheckpoint.renamed(TIMM, folder.resolve("changed.safetensors"), renaming);
    }

    private Path out() {
        return folder.resolve("out.safetensors");
    }

    private void assertRefused(CommandRun run, String message) throws IOException {
        assertThat(run.err()).startsWith("glimpse convert: ").contains(message).containsOnlyOnce("\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("out"));
        }
    }
}
