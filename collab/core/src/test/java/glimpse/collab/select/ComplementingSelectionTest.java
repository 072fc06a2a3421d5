package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComplementingSelectionTest {
    private static final int WIDTH = 13;

    private static ScoredPatches patches(float[] scores, float[] tokens, int width) {
        return new ScoredPatches(scores, Optional.of(PatchTokens.of(tokens, width)));
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** The definition: compares every patch that is left with every patch of the order, each time. */
    private static int[] greedy(float[] scores, PatchTokens tokens, float weight) {
        int[] order = new int[scores.length];
        boolean[] taken = new boolean[scores.length];
        order[0] = DescendingOrder.of(scores)[0];
        taken[order[0]] = true;
        for (int size = 1; size < order.length; size++) {
            int best = -1;
            double most = 0;
            for (int position = 0; position < order.length; position++) {
                double least = Double.POSITIVE_INFINITY;
                for (int i = 0; i < size; i++) {
                    least = Math.min(least, tokens.distances(order[i])[position]);
                }
                double product = StrictMath.pow(scores[position], weight) * least;
                if (!taken[position] && (best < 0 || product > most)) {
                    best = position;
                    most = product;
                }
            }
            order[size] = best;
            taken[best] = true;
        }
        return order;
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.3f, 0.6f, 1, 4})
    void theOrderIsThatOfTheGreedyDefinition(float weight) {
        Random random = new Random(7);
        for (int size : new int[] {1, 2, 9, 64}) {
            float[] scores = random(random, size);
            float[] tokens = random(random, size * WIDTH);
            if (size > 2) { // ties
                scores[1] = scores[0];
                System.arraycopy(tokens, 0, tokens, WIDTH, WIDTH);
            }
            ComplementingOrder order = new ComplementingOrder(patches(scores, tokens, WIDTH), weight);
            assertThat(IntStream.generate(order::nextInt).limit(size))
                    .containsExactly(Arrays.stream(greedy(scores, PatchTokens.of(tokens, WIDTH), weight))
                            .boxed()
                            .toArray(Integer[]::new));
            assertThat(order.hasNext()).isFalse();
        }
    }

    @Test
    void distancesAreThoseOfTheTokensLessTheirMean() {
        Random random = new Random(3);
        float[] tokens = random(random, 5 * WIDTH);
        double[][] centred = new double[5][WIDTH];
        for (int feature = 0; feature < WIDTH; feature++) {
            double mean = 0;
            for (int patch = 0; patch < 5; patch++) {
                mean += tokens[patch * WIDTH + feature] / 5;
            }
            for (int patch = 0; patch < 5; patch++) {
                centred[patch][feature] = tokens[patch * WIDTH + feature] - mean;
            }
        }
        double[] distances = PatchTokens.of(tokens, WIDTH).distances(2);
        for (int patch = 0; patch < 5; patch++) {
            double cosine = dot(centred[patch], centred[2])
                    / Math.sqrt(dot(centred[patch], centred[patch]) * dot(centred[2], centred[2]));
            assertThat(distances[patch]).isCloseTo(1 - cosine, offset(1e-5));
        }
    }

    private static double dot(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void aPatchLikeOneThatIsKeptGivesWayToAnother() {
        float[] scores = {0.5f, 0.4f, 0.1f};
        float[] tokens = {1, 0, 1, 0, 0, 1};
        assertThat(PatchSelection.top(2).select(scores, "").positions()).containsExactly(0, 1);
        assertThat(PatchSelection.parse("top:2+diverse:0.6")
                        .select(patches(scores, tokens, 2), "")
                        .positions())
                .containsExactly(0, 2);
    }

    @Test
    void aSumIsOfTheScoresInTheNewOrder() {
        float[] scores = {0.5f, 0.4f, 0.1f};
        ScoredPatches patches = patches(scores, new float[] {1, 0, 1, 0, 0, 1}, 2);
        assertThat(PatchSelection.parse("sum:0.65+diverse:0.6")
                        .select(patches, "")
                        .positions())
                .containsExactly(0, 2);
        assertThat(PatchSelection.parse("sum-crossing:0.65+diverse:0.6")
                        .select(patches, "")
                        .positions())
                .containsExactly(0, 1, 2);
    }

    @Test
    void aConstantImageAndScoresThatAreNoNumbersAreInOrder() {
        float[] scores = {0.2f, Float.NaN, 0.3f, 0};
        ComplementingOrder order = new ComplementingOrder(patches(scores, new float[4 * WIDTH], WIDTH), 0.6f);
        assertThat(IntStream.generate(order::nextInt).limit(4)).containsExactly(2, 0, 3, 1);
    }

    @Test
    void withoutTokensItSaysWhatItNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse("top:2+diverse:0.6").select(new float[3], ""))
                .withMessage("the pass kept no patch tokens, the selection needs them");
    }

    @ParameterizedTest
    @CsvSource({
        "top:20+diverse:0.6, top:20+diverse:0.6",
        "sum:0.9+diverse:1, sum:0.9+diverse:1.0",
        "sum-crossing:0.9+diverse:0, sum-crossing:0.9+diverse:0.0",
        "random-matched:sum:0.5+diverse:2, random-matched:sum:0.5+diverse:2.0"
    })
    void itIsWrittenAsItIsRead(String text, String written) {
        assertThat(Selections.assertWritten(text, written).needsTokens()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all+diverse:1",
                "threshold:0.1+diverse:1",
                "random:3+diverse:1",
                "grid:3+diverse:1",
                "top:3+diverse",
                "top:3+diverse:-1",
                "top:3+diverse:1e39",
                "top:3+other:1",
                "top:3+diverse:1+diverse:1",
                "+diverse:1"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchSelection.parse(text));
    }
}
