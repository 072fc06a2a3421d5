package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the converter infers from files of encoders and related models; FamilyTest compares their outputs. */
class VisionTowerTest {
    private static final String QUICK = "vit_base_patch32_clip_quickgelu_224";

    private static final ConversionOptions HEADS_2 =
            ConversionOptions.defaults().withHeads(2);

    @TempDir
    Path folder;

    @Test
    void wholeClipCheckpointGivesItsVisionTowerAndTheProjection() throws IOException {
        VitConfig config = converted(Resources.path("hf-clip-whole"));
        assertThat(config.projectionWidth()).isEqualTo(6);
        assertThat(config.featureWidth()).isEqualTo(6);
        assertThat(config.classes()).isZero();
        assertThat(config.preNorm()).isTrue();
        // the vision tower's own: the text tower has one head and the quick GELU
        assertThat(config.heads()).isEqualTo(2);
        assertThat(config.activation()).isEqualTo(Activation.GELU);
    }

    @Test
    void clipTowerAloneHasTheQuickGeluAndNoProjection() throws IOException {
        Path tower = ChangedCheckpoint.renamed(
                model("hf-clip-whole"), folder.resolve("tower"), name -> name.startsWith("vision_model.") ? name : "");
        VitConfig config = converted(tower, HEADS_2);
        assertThat(config.projectionWidth()).isZero();
        assertThat(config.featureWidth()).isEqualTo(8);
        assertThat(config.activation()).isEqualTo(Activation.QUICK_GELU);
    }

    @Test
    void wholeSiglipCheckpointGivesItsVisionTower() throws IOException {
        VitConfig config = converted(Resources.path("hf-siglip-whole"));
        assertThat(config.pooling()).isEqualTo(Pooling.ATTENTION);
        assertThat(config.activation()).isEqualTo(Activation.TANH_GELU);
        assertThat(config.prefixTokens()).isZero();
        assertThat(config.classes()).isZero();
    }

    @Test
    void siglipWithoutItsHeadAveragesTheTokens() throws IOException {
        Path headless = ChangedCheckpoint.renamed(
                model("hf-siglip"), folder.resolve("headless"), name -> name.startsWith("head.") ? "" : name);
        assertThat(converted(headless, HEADS_2).pooling()).isEqualTo(Pooling.MEAN_OF_NORMALISED_PATCHES);
    }

    @ParameterizedTest
    @CsvSource({
        QUICK + ", openai, QUICK_GELU, 0",
        "vit_base_patch32_clip_224, laion2b, GELU, 0",
        "vit_base_patch32_clip_224, laion2b_ft_in12k_in1k, GELU, 5",
        "vit_base_patch32_clip_224, '', GELU, 5",
        "vit_base_patch32_224, augreg_in1k, GELU, 5"
    })
    void timmsArchitectureAndTagTellWhatTensorsDoNot(
            String architecture, String tag, Activation activation, int classes) throws IOException {
        Files.copy(model("timm-clip-quickgelu"), folder.resolve("model.safetensors"));
        Files.writeString(
                folder.resolve("config.json"),
                "{\"architecture\": \"" + architecture + "\", \"pretrained_cfg\": {\"tag\": \"" + tag + "\"}}");
        VitConfig config = converted(folder, HEADS_2);
        assertThat(config.activation()).isEqualTo(activation);
        assertThat(config.classes()).isEqualTo(classes);
        assertThat(config.projectionWidth()).isEqualTo(5 - classes);
    }

    @ParameterizedTest
    @CsvSource({
        "vit_base_patch16_siglip_224, GELU",
        "vit_base_patch32_siglip_256, TANH_GELU",
        "vit_large_patch16_siglip_384, GELU",
        "vit_large_patch16_siglip_512, TANH_GELU",
        "vit_so400m_patch14_siglip_gap_224, GELU",
        "vit_so400m_patch16_siglip_gap_384, TANH_GELU",
        "vit_giantopt_patch16_siglip_256, TANH_GELU"
    })
    void timmsSiglipsDifferInTheirActivation(String architecture, Activation activation) throws IOException {
        Files.copy(model("timm-siglip"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"), "{\"architecture\": \"" + architecture + "\"}");
        assertThat(converted(folder, HEADS_2).activation()).isEqualTo(activation);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SWIGLU")
    void activationOptionOverridesTheConfiguration(Activation activation) throws IOException {
        VitConfig config = converted(
                Resources.path("hf-clip-whole"), ConversionOptions.defaults().withActivation(activation));
        assertThat(config.activation()).isEqualTo(activation);
    }

    @Test
    void gateLeavesNoChoiceOfActivation() {
        assertRefused(
                ConversionRun.of(model("timm-gated"), out(), HEADS_2.withActivation(Activation.GELU)),
                "option activation doesn't apply: the MLPs have a gate (SwiGLU), as blocks.0.mlp.fc1.weight shows");
    }

    @Test
    void dinov2sOwnNamesGiveTheSameModelAsTimms() throws IOException {
        Path timm = model("timm-gated");
        UnaryOperator<String> original = name ->
                name.replace("mlp.fc1", "mlp.w12").replace("mlp.fc2", "mlp.w3").replace("reg_token", "register_tokens");
        Path renamed = ChangedCheckpoint.renamed(timm, folder.resolve("original"), original);
        assertThat(converted(renamed, HEADS_2).activation()).isEqualTo(Activation.SWIGLU);
        byte[] fromOriginal = tensorBytes(out());
        converted(timm, HEADS_2.withOverwrite(true));
        assertThat(tensorBytes(out())).isEqualTo(fromOriginal);
    }

    @Test
    void textTowerAloneIsRefusedAsOne() throws IOException {
        Path text = ChangedCheckpoint.renamed(
                model("hf-clip-whole"), folder.resolve("text"), name -> name.startsWith("text_") ? name : "");
        assertRefused(
                ConversionRun.of(text, out(), ConversionOptions.defaults()),
                text + ": a text model, as tensor text_model.embeddings.token_embedding.weight shows; expected a Vision"
                        + " Transformer");
    }

    @Test
    void classifierOnClipsTokensBeforeTheirNormIsRefusedByName() throws IOException {
        Path classifier = ChangedCheckpoint.renamed(
                model("hf-clip-whole"),
                folder.resolve("classifier"),
                name -> name.startsWith("vision_model.")
                        ? name
                        : name.replace("visual_projection", "classifier").replaceAll("(text|logit)_.*", ""));
        assertRefused(
                ConversionRun.of(classifier, out(), ConversionOptions.defaults()), "(CLIPForImageClassification)");
    }

    @Test
    void poolingsShapesAreChecked() throws IOException {
        Path twoQueries = ChangedCheckpoint.reshaped(
                model("timm-siglip"), folder.resolve("two"), Map.of("attn_pool.latent", List.of(1L, 2L, 4L)));
        assertRefused(
                ConversionRun.of(twoQueries, out(), HEADS_2),
                "shape of attn_pool.latent [1, 2, 4] gives [2, 4], expected [1, 8] for pooling.query");
        Path narrow = ChangedCheckpoint.reshaped(
                model("hf-siglip"),
                folder.resolve("narrow"),
                Map.of("head.attention.in_proj_weight", List.of(16L, 8L), "head.mlp.fc1.weight", List.of(4L, 8L)));
        ConversionRun run = ConversionRun.of(narrow, out(), HEADS_2);
        assertRefused(
                run, "head.attention.in_proj_weight [16, 8] gives [16, 8], expected [24, 8] for pooling.qkv.weight");
        assertThat(run.error()).contains("expected [12, 8] for pooling.fc1.weight");
    }

    @Test
    void missingPartsOfAPoolingAreListed() throws IOException {
        Path source = ChangedCheckpoint.renamed(
                model("timm-siglip"), folder.resolve("less"), name -> name.equals("attn_pool.q.weight") ? "" : name);
        assertRefused(ConversionRun.of(source, out(), HEADS_2), "attn_pool.q.weight is missing");
    }

    @Test
    void normalisedKeysOfAPoolingAreRefusedByName() throws IOException {
        Path source = ChangedCheckpoint.renamed(
                model("timm-siglip"),
                folder.resolve("norms"),
                name -> name.replace("attn_pool.norm.", "attn_pool.k_norm."));
        assertRefused(ConversionRun.of(source, out(), HEADS_2), "normalised queries and keys in its attention pooling");
    }

    @Test
    void dinov2ClassifierMustLookAtClassTokenAndMean() throws IOException {
        Path source = ChangedCheckpoint.reshaped(
                model("hf-dinov2-classifier"), folder.resolve("half"), Map.of("classifier.weight", List.of(5L, 8L)));
        assertRefused(
                ConversionRun.of(source, out(), HEADS_2),
                "shape of classifier.weight [5, 8] gives [5, 8], expected [5, 16] for head.weight");
    }

    @Test
    void oddGateIsRefused() throws IOException {
        Path source = ChangedCheckpoint.reshaped(
                model("timm-gated"), folder.resolve("odd"), Map.of("blocks.0.mlp.fc1.weight", List.of(23L, 8L)));
        assertRefused(
                ConversionRun.of(source, out(), HEADS_2), "gives [8, 12], expected [8, 23] for blocks.0.fc2.weight");
    }

    private VitConfig converted(Path source) throws IOException {
        return converted(source, ConversionOptions.defaults());
    }

    private VitConfig converted(Path source, ConversionOptions options) throws IOException {
        ConversionRun run = ConversionRun.of(source, out(), options);
        assertThat(run.error()).isEmpty();
        try (SafetensorsFile file = SafetensorsFile.open(out())) {
            return VitConfig.readFrom(file.metadata());
        }
    }

    /** All elements of all tensors, in the file's order. */
    private static byte[] tensorBytes(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = (bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8;
        return java.util.Arrays.copyOfRange(bytes, 8 + header, bytes.length);
    }

    private void assertRefused(ConversionRun run, String message) {
        assertThat(run.error()).contains(message).doesNotContain("\n");
        assertThat(out()).doesNotExist();
    }

    private static Path model(String name) {
        return Resources.path(name + "/model.safetensors");
    }

    private Path out() {
        return folder.resolve("out.safetensors");
    }
}
