package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.Activation;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionScoreTest {
    private static final VitConfig CONFIG = new VitConfig(16, 4, 1, 6, 4, 3, 12, 1, 10, true, 1e-6f);

    @Test
    void meanIsTheLastLayersReadoutRowAveragedOverHeadsAndNormalised() {
        float[] weights = {0.5f, 0.3f, 0.2f, 0.0f, 0.6f, 0.1f, 0.1f, 0.2f};
        AttentionMap row = new AttentionMap(3, 2, 1, 4, 1, weights);
        float[] scores = AttentionScore.mean().score(List.of(row));
        assertThat(scores).containsExactly(new float[] {0.4f / 0.9f, 0.3f / 0.9f, 0.2f / 0.9f}, within(1e-6f));
    }

    @Test
    void meanOfAFullMapEqualsThatOfItsReadoutRow() {
        List<AttentionMap> maps = Attention.random(1, 4, 3, 17);
        assertThat(AttentionScore.mean().score(maps))
                .isEqualTo(AttentionScore.mean().score(List.of(Attention.readoutRow(maps.getLast()))));
    }

    @Test
    void rolloutPerHeadIsTheMeanOfTheHeadsProducts() {
        List<AttentionMap> maps = Attention.random(2, 4, 3, 17);
        double[] row = new double[17];
        for (int head = 0; head < 3; head++) {
            double[][] product = identity(17);
            for (AttentionMap map : maps) {
                product = times(onePlus(map, head), product);
            }
            for (int i = 0; i < 17; i++) {
                row[i] += product[0][i] / 3;
            }
        }
        assertThat(AttentionScore.rollout().score(maps)).containsExactly(patches(row), within(2e-6f));
    }

    @Test
    void rolloutHeadsFirstIsTheProductOfNormalisedMeans() {
        List<AttentionMap> maps = Attention.random(3, 4, 3, 17);
        assertThat(AttentionScore.rolloutHeadsFirst().score(maps))
                .containsExactly(headsFirst(maps, 0, 4), within(2e-6f));
    }

    /** Rounded attention, in half precision for example, doesn't quite sum to 1. */
    @Test
    void rolloutHeadsFirstNormalisesRowsOfAnySum() {
        List<AttentionMap> maps = new ArrayList<>();
        for (AttentionMap map : Attention.random(7, 3, 2, 10)) {
            float[] weights = map.weights();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= 0.5f + i / 10 % 4; // another factor per row
            }
            maps.add(new AttentionMap(map.layer(), 2, 10, 10, 1, weights));
        }
        assertThat(AttentionScore.rolloutHeadsFirst().score(maps))
                .containsExactly(headsFirst(maps, 0, 3), within(2e-6f));
    }

    @Test
    void aSingleLayerOfARolloutIsEnough() {
        List<AttentionMap> maps = Attention.random(8, 3, 2, 10);
        assertThat(AttentionScore.parse("rollout-heads-first:2").score(List.of(maps.get(1))))
                .containsExactly(headsFirst(maps, 1, 2), within(2e-6f));
    }

    @Test
    void rolloutNeedsAnyMapAtAll() {
        assertThatThrownBy(() -> AttentionScore.rollout().score(List.of()))
                .hasMessage("no attention was captured, rollout needs full maps");
    }

    @Test
    void layersBelowZeroAreRejected() {
        assertThatThrownBy(() -> AttentionScore.rolloutHeadsFirst(new TreeSet<>(List.of(-1, 2))))
                .hasMessage("layers is [-1, 2], expected layers from 0");
        assertThat(AttentionScore.rolloutHeadsFirst(new TreeSet<>(List.of(0, 2)))
                        .spec())
                .isEqualTo("rollout-heads-first:1+3");
    }

    @Test
    void layersWithoutAReadoutRowCaptureThemselvesAlone() {
        assertThat(AttentionScore.capture(List.of(AttentionScore.parse("rollout-heads-first:2")), CONFIG))
                .isEqualTo(Capture.layers(1));
    }

    @Test
    void rolloutHeadsFirstUsesTheChosenLayersAlone() {
        List<AttentionMap> maps = Attention.random(4, 5, 3, 17);
        assertThat(AttentionScore.parse("rollout-heads-first:3-4").score(maps))
                .containsExactly(headsFirst(maps, 2, 4), within(2e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "rollout", "rollout-heads-first"})
    void scoresSumToOneAndNoneIsNegative(String spec) {
        float[] scores = AttentionScore.parse(spec).score(Attention.random(5, 4, 3, 50));
        double sum = 0;
        for (float score : scores) {
            assertThat(score).isNotNegative();
            sum += score;
        }
        assertThat(scores).hasSize(49);
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "rollout", "rollout-heads-first"})
    void withoutAttentionToAnyPatchAllScoresAreZero(String spec) {
        float[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        List<AttentionMap> maps = List.of(new AttentionMap(0, 1, 3, 3, 1, identity));
        assertThat(AttentionScore.parse(spec).score(maps)).containsExactly(0, 0);
    }

    @Test
    void everyScoreNamesTheAttentionThatItNeeds() {
        assertThat(AttentionScore.mean().capture(CONFIG)).isEqualTo(Capture.readoutRow());
        assertThat(AttentionScore.rollout().capture(CONFIG)).isEqualTo(Capture.allLayers());
        assertThat(AttentionScore.rolloutHeadsFirst().capture(CONFIG)).isEqualTo(Capture.allLayers());
        assertThat(AttentionScore.parse("rollout-heads-first:2-3").capture(CONFIG))
                .isEqualTo(Capture.layers(1, 2));
    }

    @Test
    void scoresTogetherCaptureWhatEachNeeds() {
        AttentionScore mean = AttentionScore.mean();
        AttentionScore layers = AttentionScore.parse("rollout-heads-first:2");
        assertThat(AttentionScore.capture(List.of(), CONFIG)).isEqualTo(Capture.none());
        assertThat(AttentionScore.capture(List.of(mean), CONFIG)).isEqualTo(Capture.readoutRow());
        assertThat(AttentionScore.capture(List.of(mean, layers), CONFIG))
                .isEqualTo(Capture.layers(1).and(Capture.readoutRow()));
        assertThat(AttentionScore.capture(List.of(layers, AttentionScore.rollout()), CONFIG))
                .isEqualTo(Capture.allLayers());
    }

    @Test
    void aLayerThatTheModelLacksIsNamed() {
        assertThatThrownBy(() -> AttentionScore.parse("rollout-heads-first:3-5").capture(CONFIG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score rollout-heads-first:3-5 needs layer 5, but the model has 4");
    }

    @Test
    void attentionPoolingSupportsTheMeanAlone() {
        VitConfig pooling = without(Pooling.ATTENTION);
        assertThat(AttentionScore.mean().capture(pooling)).isEqualTo(Capture.readoutRow());
        assertThatThrownBy(() -> AttentionScore.rollout().capture(pooling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score rollout follows the class token through the layers; the model has none");
        assertThatThrownBy(() -> AttentionScore.parse("rollout-heads-first:2-3").capture(pooling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("score rollout-heads-first:2-3 follows the class token");
    }

    @Test
    void aModelThatAveragesPatchesHasNoScore() {
        assertThatThrownBy(() -> AttentionScore.mean().capture(without(Pooling.MEAN_OF_PATCHES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the model has neither");
    }

    /** A configuration of this pooling without prefix tokens. */
    private static VitConfig without(Pooling pooling) {
        return new VitConfig(16, 4, 1, 6, 4, 3, 12, 0, 10, true, 1e-6f, pooling, Activation.GELU, false, 0, 0);
    }

    @Test
    void missingAttentionIsNamed() {
        List<AttentionMap> maps = Attention.random(6, 2, 1, 5);
        assertThatThrownBy(() -> AttentionScore.mean().score(List.of()))
                .hasMessageContaining("no attention was captured");
        assertThatThrownBy(() -> AttentionScore.rollout().score(List.of(Attention.readoutRow(maps.getLast()))))
                .hasMessage("layer 1 was captured as 1 x 5, rollout needs full maps");
        assertThatThrownBy(() -> AttentionScore.parse("rollout-heads-first:2-3").score(maps))
                .hasMessage("rollout needs the attention of layers [1, 2] (from 0), captured: [0, 1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mean", "rollout", "rollout-heads-first", "rollout-heads-first:7-12", "rollout-heads-first:1+3-4"
            })
    void aSpecParsesBackToItself(String spec) {
        assertThat(AttentionScore.parse(spec).spec()).isEqualTo(spec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mean",
                "mean:1",
                "rollout:1-2",
                "rollout-heads-first:",
                "rollout-heads-first:0-3",
                "rollout-heads-first:4-3",
                "rollout-heads-first:a",
                "rollout-heads-first:1-2:3",
                "rollout-heads-first:1-99999",
                "rollout-heads-first:1++2"
            })
    void anInvalidTextIsRejectedInOneLine(String text) {
        assertThatThrownBy(() -> AttentionScore.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is invalid, expected " + AttentionScore.SYNTAX);
    }

    private static float[] headsFirst(List<AttentionMap> maps, int first, int end) {
        double[][] product = identity(maps.getFirst().columns());
        for (AttentionMap map : maps.subList(first, end)) {
            double[][] mean = identity(map.columns());
            for (int head = 0; head < map.heads(); head++) {
                double[][] one = onePlus(map, head);
                for (int i = 0; i < mean.length; i++) {
                    for (int j = 0; j < mean.length; j++) {
                        mean[i][j] += (one[i][j] - (i == j ? 1 : 0)) / map.heads();
                    }
                }
            }
            for (double[] row : mean) {
                double sum = Arrays.stream(row).sum();
                for (int j = 0; j < row.length; j++) {
                    row[j] /= sum;
                }
            }
            product = times(mean, product);
        }
        return patches(product[0]);
    }

    private static double[][] onePlus(AttentionMap map, int head) {
        double[][] matrix = identity(map.columns());
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                matrix[i][j] += map.weight(head, i, j);
            }
        }
        return matrix;
    }

    private static double[][] identity(int size) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static float[] patches(double[] row) {
        double sum = Arrays.stream(row).skip(1).sum();
        float[] patches = new float[row.length - 1];
        for (int i = 0; i < patches.length; i++) {
            patches[i] = (float) (row[i + 1] / sum);
        }
        return patches;
    }
}
