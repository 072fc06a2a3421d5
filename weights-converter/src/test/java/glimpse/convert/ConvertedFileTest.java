package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.ModelInfo;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a converted file holds. */
class ConvertedFileTest {
    private static final Path TIMM = Resources.path("timm-plain/model.safetensors");
    private static final Path HUGGING_FACE = Resources.path("hf-vit/model.safetensors");

    private static final ConversionOptions HEADS = ConversionOptions.defaults().withHeads(3);

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("model.glimpse.safetensors");
    }

    @Test
    void timmCheckpointGetsCanonicalNamesAndItsConfiguration() throws Exception {
        Conversion.run(TIMM, out, HEADS);
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            VitConfig config = VitConfig.readFrom(file.metadata());
            assertThat(config).isEqualTo(new VitConfig(16, 4, 3, 24, 3, 3, 96, 1, 7, true, 1e-6f));
            assertThat(ModelInfo.read(out).config()).isEqualTo(config);
            assertThat(Preprocessing.readFrom(file.metadata(), config)).isEqualTo(Preprocessing.imagenet(16, 4));
            assertThat(file.metadata())
                    .containsEntry("glimpse.source.sha256", sha256(TIMM))
                    .containsEntry("glimpse.source.name", "model.safetensors")
                    .containsEntry("glimpse.source.layout", "timm")
                    .doesNotContainKey("glimpse.labels");
        }
    }

    @Test
    void weightsAreCopiedBitForBit() throws Exception {
        Conversion.run(TIMM, out, HEADS);
        try (SafetensorsFile source = SafetensorsFile.open(TIMM);
                SafetensorsFile file = SafetensorsFile.open(out)) {
            assertThat(bits(file, "blocks.2.qkv.weight")).isEqualTo(bits(source, "blocks.2.attn.qkv.weight"));
            assertThat(bits(file, "blocks.0.fc2.bias")).isEqualTo(bits(source, "blocks.0.mlp.fc2.bias"));
            assertThat(bits(file, "patch_embedding.weight")).isEqualTo(bits(source, "patch_embed.proj.weight"));
            assertThat(bits(file, "head.weight")).isEqualTo(bits(source, "head.weight"));
        }
    }

    @Test
    void positionOfTheClassTokenIsAddedToIt() throws Exception {
        Conversion.run(TIMM, out, HEADS);
        try (SafetensorsFile source = SafetensorsFile.open(TIMM);
                SafetensorsFile file = SafetensorsFile.open(out)) {
            float[] token = values(source, "cls_token");
            float[] positions = values(source, "pos_embed");
            float[] prefix = values(file, "prefix_tokens");
            float[] rest = values(file, "position_embedding");
            for (int i = 0; i < 24; i++) {
                assertThat(prefix[i]).isEqualTo(token[i] + positions[i]);
            }
            assertThat(rest).hasSize(16 * 24);
            for (int i = 0; i < rest.length; i++) {
                assertThat(rest[i]).isEqualTo(positions[24 + i]);
            }
        }
    }

    @Test
    void huggingFaceCheckpointTakesHeadsEpsilonAndLabelsFromItsConfiguration() throws Exception {
        Conversion.run(HUGGING_FACE, out, ConversionOptions.defaults());
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertThat(VitConfig.readFrom(file.metadata()))
                    .isEqualTo(new VitConfig(12, 4, 3, 24, 2, 3, 60, 1, 5, true, 1e-12f));
            assertThat(file.metadata())
                    .containsEntry("glimpse.labels", "tabby\ntench, Tinca tinca\nChihuahua\ncrème\nsled dog");
        }
    }

    @Test
    void queriesKeysAndValuesOfHuggingFaceAreStacked() throws Exception {
        Conversion.run(HUGGING_FACE, out, ConversionOptions.defaults());
        try (SafetensorsFile source = SafetensorsFile.open(HUGGING_FACE);
                SafetensorsFile file = SafetensorsFile.open(out)) {
            String attention = "vit.encoder.layer.1.attention.attention.";
            int[] stacked = bits(file, "blocks.1.qkv.weight");
            assertThat(Stream.of("query", "key", "value")
                            .flatMapToInt(part -> Arrays.stream(bits(source, attention + part + ".weight")))
                            .toArray())
                    .isEqualTo(stacked);
        }
    }

    @Test
    void sameSourceGivesTheSameBytes() throws Exception {
        Path again = folder.resolve("again");
        ConversionOptions options = ConversionOptions.defaults().withStoredType(StoredType.F16);
        Conversion.run(HUGGING_FACE, out, options);
        Conversion.run(HUGGING_FACE, again, options);
        assertThat(again).hasSameBinaryContentAs(out);
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(out, again);
    }

    @Test
    void halfTypesAreStoredAsAsked() throws Exception {
        for (StoredType type : List.of(StoredType.F16, StoredType.BF16)) {
            DType dtype = type.dtype();
            Conversion.run(TIMM, out, HEADS.withOverwrite(true).withStoredType(type));
            try (SafetensorsFile source = SafetensorsFile.open(TIMM);
                    SafetensorsFile file = SafetensorsFile.open(out)) {
                assertThat(file.tensors().values()).allMatch(tensor -> tensor.dtype() == dtype);
                float[] exact = values(source, "head.weight");
                float[] stored = values(file, "head.weight");
                for (int i = 0; i < exact.length; i++) {
                    float step = Math.ulp(exact[i]) * (dtype == DType.F16 ? 1 << 13 : 1 << 16);
                    assertThat(Math.abs(stored[i] - exact[i])).isLessThanOrEqualTo(Math.max(step / 2, 0x1p-25f));
                }
            }
        }
    }

    @Test
    void labelsWithWordNetIdsAreStored() throws Exception {
        Path labels = Files.writeString(
                folder.resolve("labels.tsv"),
                "index\twnid\tname\n0\tn1\ta\n1\tn2\tb, c\n2\tn3\td\n3\tn4\te\n4\tn5\tf\n5\tn6\tg\n6\tn7\th\n");
        Conversion.run(TIMM, out, HEADS.withLabelsFile(labels));
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertThat(file.metadata())
                    .containsEntry("glimpse.labels", "n1\ta\nn2\tb, c\nn3\td\nn4\te\nn5\tf\nn6\tg\nn7\th");
        }
    }

    @Test
    void preprocessingIsStoredAsTheOptionsSay() throws Exception {
        Path grey = Resources.path("timm-grey/model.safetensors");
        PreprocessingOptions asIs = PreprocessingOptions.defaults()
                .withMean(List.of(0.286f))
                .withStd(List.of(0.353f))
                .withCropMode(CropMode.AS_IS);
        Conversion.run(grey, out, ConversionOptions.defaults().withHeads(5).withPreprocessing(asIs));
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertThat(file.metadata())
                    .containsEntry("glimpse.preprocessing.crop_mode", "as_is")
                    .containsEntry("glimpse.preprocessing.mean", "0.286")
                    .containsEntry("glimpse.preprocessing.std", "0.353");
        }
        PreprocessingOptions cropped = PreprocessingOptions.defaults()
                .withMean(List.of(0.5f, 0.5f, 0.5f))
                .withCropPct(0.9)
                .withInterpolation(Interpolation.BILINEAR);
        Conversion.run(TIMM, out, HEADS.withOverwrite(true).withPreprocessing(cropped));
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertThat(file.metadata())
                    .containsEntry("glimpse.preprocessing.resize", "17")
                    .containsEntry("glimpse.preprocessing.interpolation", "bilinear")
                    .containsEntry("glimpse.preprocessing.mean", "0.5,0.5,0.5");
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[] values(SafetensorsFile file, String tensor) throws IOException {
        float[] values = new float[(int) file.tensor(tensor).elements()];
        file.read(tensor, values);
        return values;
    }

    private static int[] bits(SafetensorsFile file, String tensor) {
        try {
            float[] values = values(file, tensor);
            int[] bits = new int[values.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Float.floatToRawIntBits(values[i]);
            }
            return bits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
