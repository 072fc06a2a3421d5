package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid input gives one line that says what is wrong, and no file. */
class ConvertErrorsTest {
    private static final Path TIMM = Resources.path("timm-plain/model.safetensors");

    @TempDir
    Path folder;

    @Test
    void absentSourceIsNamed() throws IOException {
        assertRejected(
                ConversionRun.of(
                        Path.of("nowhere.safetensors"),
                        out(),
                        ConversionOptions.defaults().withHeads(3)),
                "nowhere.safetensors: no such file");
    }

    @Test
    void brokenSourceIsNamed() throws IOException {
        Path source = Files.writeString(folder.resolve("broken"), "not a checkpoint at all");
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()), source + ": not a safetensors file: ");
    }

    @Test
    void everyTensorThatIsMissingOrLeftOverIsListed() throws IOException {
        Path source = changed(name -> switch (name) {
            case "norm.bias" -> "norm.bais";
            case "blocks.1.attn.proj.weight" -> "blocks.1.attn.out.weight";
            default -> name;
        });
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults().withHeads(3)),
                "tensors don't fit a timm model: blocks.1.attn.proj.weight is missing; norm.bias is missing; "
                        + "blocks.1.attn.out.weight belongs to no part of the model; "
                        + "norm.bais belongs to no part of the model");
    }

    @Test
    void weightThatIsNotFiniteIsNamed() throws IOException {
        for (StoredType type : StoredType.values()) {
            Path source = folder.resolve("changed");
            byte[] bytes = Files.readAllBytes(TIMM);
            try (SafetensorsFile file = SafetensorsFile.open(TIMM)) {
                long data = file.tensors().values().stream()
                        .mapToLong(TensorInfo::end)
                        .max()
                        .orElseThrow();
                int end = (int) (bytes.length
                        - data
                        + file.tensor("blocks.1.mlp.fc1.weight").end());
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(end - 4, Float.NaN);
            }
            Files.write(source, bytes);
            assertRejected(
                    ConversionRun.of(
                            source,
                            out(),
                            ConversionOptions.defaults().withHeads(3).withStoredType(type)),
                    source + ": tensor 'blocks.1.mlp.fc1.weight' holds NaN at element ");
        }
    }

    /** The file is sparse: it takes no room on the disk, and none of it is read. */
    @Test
    void tensorLongerThanAnArrayIsNamed() throws IOException {
        long elements = (1L << 31) + 8;
        Path source = folder.resolve("long");
        String header = "{\"patch_embed.proj.weight\":{\"dtype\":\"I8\",\"shape\":[1," + elements
                + "],\"data_offsets\":[0," + elements + "]}}";
        ByteBuffer start = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(start.flip());
            channel.write(ByteBuffer.allocate(1), channel.size() + elements - 1);
        }
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()),
                source + ": tensor 'patch_embed.proj.weight' has the shape [1, 2147483656], expected at most 1073741824"
                        + " elements");
        Files.delete(source);
    }

    @Test
    void missingBlockIsNamed() throws IOException {
        Path source = changed(name -> name.replace("blocks.1.", "blocks.7."));
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults().withHeads(3)),
                "block 1 is missing, though there is a block 2");
    }

    @Test
    void normWithoutABlocksNumberBelongsToNoPart() throws IOException {
        Path source = changed(name -> name.equals("norm.bias") ? "blocks.norm1.weight" : name);
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults().withHeads(3)),
                "norm.bias is missing; blocks.norm1.weight belongs to no part of the model");
    }

    /** Each could be the prefix of all the others' names: 30,000 x 30,000 of them. */
    @Test
    void manyPatchEmbeddingsAreLookedThroughOnce() throws IOException {
        List<String> names = IntStream.range(0, 30_000)
                .mapToObj(i -> i + ".patch_embed.proj.weight")
                .toList();
        Path source = HeaderOnly.write(folder.resolve("many"), names, UnaryOperator.identity(), Map.of());
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()),
                "tensor patch_embed.proj.weight has shape [], expected 4 dimensions");
    }

    @Test
    void namesAndShapesBeyondReasonAreRefused() throws IOException {
        String name = "\u001b" + "n".repeat(600);
        Path longName = HeaderOnly.write(folder.resolve("name"), List.of(name), UnaryOperator.identity(), Map.of());
        assertRejected(
                ConversionRun.of(longName, out(), ConversionOptions.defaults()),
                "tensor '\\u001b" + "n".repeat(99) + "...' has a name of 601 characters, expected at most 512");
        Map<String, List<Long>> shapes = Map.of("a", Collections.nCopies(9, 1L));
        Path manyDimensions = HeaderOnly.write(folder.resolve("shape"), List.of("a"), UnaryOperator.identity(), shapes);
        assertRejected(
                ConversionRun.of(manyDimensions, out(), ConversionOptions.defaults()),
                "tensor 'a' has 9 dimensions, expected at most 8");
    }

    @Test
    void headsThatCannotBeToldAreAskedFor() throws IOException {
        assertRejected(ConversionRun.of(TIMM, out(), ConversionOptions.defaults()), "set the option heads");
        assertRejected(
                ConversionRun.of(TIMM, out(), ConversionOptions.defaults().withHeads(5)),
                "5 heads (option heads) don't divide the width 24");
    }

    @Test
    void halfAClassifierIsRefused() throws IOException {
        Path source = changed(name -> name.equals("head.weight") ? "head.other" : name);
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults().withHeads(3)),
                "head.bias belongs to no part of the model");
    }

    @Test
    void imageSizeMustBeAMultipleOfThePatch() throws IOException {
        assertRejected(
                ConversionRun.of(
                        TIMM, out(), ConversionOptions.defaults().withHeads(3).withImageSize(18)),
                "imageSize is 18, expected a multiple of patchSize 4");
    }

    @Test
    void unsupportedArchitecturesAreNamed() throws IOException {
        Path swin = changed(
                name -> name.replace("blocks.0.norm1.weight", "layers.0.blocks.0.attn.relative_position_bias_table"));
        assertRejected(
                ConversionRun.of(swin, out(), ConversionOptions.defaults().withHeads(3)), "relative position bias");
        Path other = changed(name -> name.replace("patch_embed", "embedding"));
        assertRejected(
                ConversionRun.of(other, out(), ConversionOptions.defaults().withHeads(3)),
                "not a Vision Transformer of timm or Hugging Face");
    }

    @Test
    void configurationThatContradictsTheTensorsIsRefused() throws IOException {
        Path source = Files.copy(Resources.path("hf-vit/model.safetensors"), folder.resolve("model.safetensors"));
        Path config = Files.writeString(
                folder.resolve("config.json"), "{\"num_hidden_layers\": 12, \"num_attention_heads\": 3}");
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()),
                config + ": depth is 12, but the tensors of " + source + " have 2");
        Files.writeString(config, "{\"num_attention_heads\": 3, \"hidden_act\": \"relu\"}");
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()), "activation relu is not supported");
        Files.writeString(config, "{\"num_attention_heads\": \"3\"}");
        assertRejected(
                ConversionRun.of(source, out(), ConversionOptions.defaults()),
                "num_attention_heads is \"3\", expected an integer");
        Files.writeString(config, "{");
        assertRejected(ConversionRun.of(source, out(), ConversionOptions.defaults()), config + ": not valid JSON");
    }

    @Test
    void labelsMustBeOneAClass() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\n");
        assertRejected(
                ConversionRun.of(
                        TIMM, out(), ConversionOptions.defaults().withHeads(3).withLabelsFile(labels)),
                labels + ": 3 labels, expected 7, one per class");
        Files.writeString(labels, "0\tn1\ta\n2\tn2\tb\n");
        assertRejected(
                ConversionRun.of(
                        TIMM, out(), ConversionOptions.defaults().withHeads(3).withLabelsFile(labels)),
                labels + ": line 2 begins with '2', expected index 1");
    }

    @Test
    void sourceIsNotOverwritten() throws IOException {
        Path source = Files.copy(TIMM, folder.resolve("model.safetensors"));
        ConversionRun run = ConversionRun.of(
                source,
                folder.resolve("../" + folder.getFileName() + "/model.safetensors"),
                ConversionOptions.defaults().withHeads(3));
        assertThat(run.error()).contains("is the source itself");
        assertThat(source).hasSameBinaryContentAs(TIMM);
    }

    @Test
    void outputNeedsAFolder() throws IOException {
        assertRejected(
                ConversionRun.of(
                        TIMM,
                        folder.resolve("none/model"),
                        ConversionOptions.defaults().withHeads(3)),
                "none: no such folder");
        assertRejected(
                ConversionRun.of(TIMM, folder, ConversionOptions.defaults().withHeads(3)),
                "a folder, expected a file name");
    }

    @Test
    void meanNeedsANumberForEachChannel() throws IOException {
        assertRejected(
                ConversionRun.of(
                        TIMM,
                        out(),
                        ConversionOptions.defaults()
                                .withHeads(3)
                                .withPreprocessing(
                                        PreprocessingOptions.defaults().withMean(List.of(0.5f)))),
                "mean is [0.5], expected one number for each of 3 channels");
        assertRejected(
                ConversionRun.of(
                        TIMM,
                        out(),
                        ConversionOptions.defaults()
                                .withHeads(3)
                                .withPreprocessing(
                                        PreprocessingOptions.defaults().withStd(List.of(0f, 1f, 1f)))),
                "expected finite values above 0");
        assertRejected(
                ConversionRun.of(
                        TIMM,
                        out(),
                        ConversionOptions.defaults()
                                .withHeads(3)
                                .withPreprocessing(
                                        PreprocessingOptions.defaults().withCropPct(0))),
                "crop_pct is 0.0, expected above 0");
    }

    /** The timm checkpoint with other names. */
    private Path changed(UnaryOperator<String> renaming) throws IOException {
        return ChangedCheckpoint.renamed(TIMM, folder.resolve("changed.safetensors"), renaming);
    }

    private Path out() {
        return folder.resolve("out.safetensors");
    }

    private void assertRejected(ConversionRun run, String message) throws IOException {
        assertThat(run.error()).contains(message).doesNotContain("\n");
        assertThat(run.outcome()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("out"));
        }
    }
}
