package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.SharedFolder;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.ImageFileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real DeiT-Tiny as edge and as server on 500 real images of ImageNet's validation half, against what PyTorch, timm and
 * Pillow say of each of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagenetReferenceTest {
    private static final int IMAGES = 500;
    private static final int EQUAL_AT_LEAST = 495;
    private static final int BATCH = 10;

    private Path pictures;
    private Path model;
    private Map<String, Map<String, String>> reference; // by file name
    private Map<String, Map<String, String>> rows; // by path under the folder
    private JsonNode table;
    private JsonNode edgeQuality;

    @BeforeAll
    void evaluate(@TempDir Path folder) throws IOException {
        pictures = SharedFolder.require("imagenet-val");
        Path weights = SharedFolder.require("models/deit_tiny_patch16_224.safetensors");
        Path labels = SharedFolder.require("reference/imagenet-classes.tsv");
        reference = csv(SharedFolder.require("reference/imagenet-val-deit-tiny.csv"), "file");
        model = folder.resolve("tiny");
        assertThat(CommandRun.of("convert", weights, "--labels", labels, "--out", model)
                        .exitCode())
                .isZero();
        CommandRun run = CommandRun.of(
                "evaluate",
                "--edge",
                model,
                "--server",
                model,
                "--images",
                pictures,
                "--gate",
                "min-entropy:0.8,1.0",
                "--out",
                folder.resolve("out"),
                "--json");
        assertThat(run.exitCode()).isZero();
        table = new ObjectMapper().readTree(run.out());
        rows = csv(folder.resolve("out/images.csv"), "file");
        edgeQuality = new ObjectMapper()
                .readTree(folder.resolve("out/models.json").toFile())
                .get(0);
        assertThat(rows).hasSize(IMAGES);
        assertThat(reference).hasSize(IMAGES);
    }

    @Test
    void theTotalsAreTheReferences() {
        for (JsonNode row : table) {
            assertThat(row.get("images").intValue()).isEqualTo(IMAGES);
            assertThat(row.get("failed").intValue()).isZero();
            assertThat(row.get("edge_top1").doubleValue()).isEqualTo(0.706);
            assertThat(row.get("edge_top5").doubleValue()).isEqualTo(0.928);
            assertThat(row.get("collaborative_top1").doubleValue()).isEqualTo(0.704);
            assertThat(row.get("server_on_kept_top1").doubleValue()).isEqualTo(0.704);
        }
        assertRow(table.get(0), "min-entropy:0.8", 240, 137.8654, 0.365765);
        assertRow(table.get(1), "min-entropy:1.0", 284, 138.5926, 0.305469);
    }

    private static void assertRow(JsonNode row, String gate, int confident, double kept, double cost) {
        assertThat(row.get("gate").textValue()).isEqualTo(gate);
        assertThat(row.get("confident").intValue()).isEqualTo(confident);
        assertThat(row.get("mean_kept").doubleValue()).isCloseTo(kept, within(0.05));
        assertThat(row.get("cost").doubleValue()).isCloseTo(cost, within(0.0003));
    }

    /** The error was computed with NumPy from the reference's confidences. */
    @Test
    void theCalibrationErrorIsTheReferences() {
        assertThat(edgeQuality.get("model").textValue()).isEqualTo("edge");
        assertThat(edgeQuality.get("top1").doubleValue()).isEqualTo(0.706);
        assertThat(edgeQuality.get("ece").doubleValue()).isCloseTo(0.168221, within(1e-5));
    }

    @Test
    void everyImageHasTheReferencesAnswers() {
        rows.forEach((path, row) -> {
            Map<String, String> expected = reference(path);
            assertThat(row.get("label")).as(path).isEqualTo(expected.get("label"));
            assertThat(row.get("edge_top1")).as(path).isEqualTo(expected.get("edge_top1"));
        });
        assertThat(equal("edge_top5", "edge_top5")).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
        assertThat(equal("server_top1[mean/sum:0.97/raw]", "server_top1")).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
    }

    @Test
    void everyImageHasTheReferencesConfidence() {
        rows.forEach((path, row) -> {
            Map<String, String> expected = reference(path);
            assertClose(path, row, "edge_min_entropy_bits", expected, "min_entropy_bits");
            assertClose(path, row, "edge_shannon_bits", expected, "shannon_bits");
            assertClose(path, row, "edge_margin", expected, "margin");
        });
    }

    @Test
    void patchesKeptAtAnAttentionSumAreTheReferences() {
        assertThat(equal("kept[mean/sum:0.97/raw]", "tokens_sum_097")).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
        rows.forEach((path, row) -> {
            Map<String, String> expected = reference(path);
            if (field(row, "kept[mean/sum:0.97/raw]").equals(expected.get("tokens_sum_097"))) {
                assertThat(Float.parseFloat(field(row, "least_score[mean/sum:0.97/raw]")))
                        .as(path)
                        .isCloseTo(Float.parseFloat(field(expected, "min_score")), within(1e-5f));
                assertThat(Float.parseFloat(field(row, "score_sum[mean/sum:0.97/raw]")))
                        .as(path)
                        .isCloseTo(Float.parseFloat(field(expected, "sum_score")), within(1e-5f));
            }
        });
    }

    @Test
    void patchesKeptByThresholdAndByBothRolloutsAreTheReferences() throws IOException {
        AttentionScore mean = AttentionScore.mean();
        AttentionScore perHead = AttentionScore.rollout();
        AttentionScore headsFirst = AttentionScore.rolloutHeadsFirst();
        PatchSelection threshold = PatchSelection.threshold(0.0025f);
        PatchSelection sum = PatchSelection.sum(0.97f);
        int sameThreshold = 0;
        int samePerHead = 0;
        int sameHeadsFirst = 0;
        try (Workers workers = Workers.ofPhysicalCores()) {
            EdgeRunner runner = new EdgeRunner(Classifier.load(model, workers), Set.of(mean, perHead, headsFirst));
            List<String> paths = List.copyOf(rows.keySet());
            for (int first = 0; first < paths.size(); first += BATCH) {
                List<String> batch = paths.subList(first, first + BATCH);
                List<EdgeResult> results = runner.classify(batch.parallelStream()
                        .map(path -> patches(runner.classifier(), pictures.resolve(path)))
                        .toList());
                for (int i = 0; i < BATCH; i++) {
                    EdgeResult seen = results.get(i);
                    Map<String, String> expected = reference(batch.get(i));
                    sameThreshold += same(threshold, seen.scores(mean), field(expected, "tokens_threshold_0.0025"));
                    samePerHead += same(sum, seen.scores(perHead), field(expected, "tokens_rollout_per_head_097"));
                    sameHeadsFirst +=
                            same(sum, seen.scores(headsFirst), field(expected, "tokens_rollout_heads_first_097"));
                }
            }
        }
        assertThat(sameThreshold).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
        assertThat(samePerHead).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
        assertThat(sameHeadsFirst).isGreaterThanOrEqualTo(EQUAL_AT_LEAST);
    }

    private static PixelPatches patches(Classifier model, Path file) {
        try {
            return model.patches(ImageFileReader.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int same(PatchSelection selection, float[] scores, String expected) {
        return selection.select(scores, "").count() == Integer.parseInt(expected) ? 1 : 0;
    }

    private static void assertClose(
            String path, Map<String, String> row, String column, Map<String, String> expected, String name) {
        assertThat(Double.parseDouble(field(row, column)))
                .as(path + " " + column)
                .isCloseTo(Double.parseDouble(field(expected, name)), within(1e-3));
    }

    private long equal(String column, String name) {
        return rows.entrySet().stream()
                .filter(row -> field(row.getValue(), column)
                        .equals(reference(row.getKey()).get(name)))
                .count();
    }

    private Map<String, String> reference(String path) {
        Map<String, String> row = reference.get(path.substring(path.lastIndexOf('/') + 1));
        assertThat(row).as(path).isNotNull();
        return row;
    }

    private static String field(Map<String, String> row, String column) {
        String value = row.get(column);
        assertThat(value).as(column).isNotNull();
        return value;
    }

    /** Rows of a file without quoted fields, by the value of a column. */
    private static Map<String, Map<String, String>> csv(Path file, String key) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] columns = lines.getFirst().split(",", -1);
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], fields[i]);
            }
            rows.put(field(row, key), row);
        }
        return rows;
    }
}
