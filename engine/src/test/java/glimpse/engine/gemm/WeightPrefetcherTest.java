package glimpse.engine.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The successor of a weight matrix is predicted from the last pass. */
class WeightPrefetcherTest {
    private final Weights first = weights();
    private final Weights second = weights();
    private final Weights third = weights();
    private final WeightPrefetcher prefetcher = new WeightPrefetcher();

    @Test
    void predictsTheFirstWeightsDuringTheFirstPass() {
        assertThat(prefetcher.after(first)).isSameAs(first);
        assertThat(prefetcher.after(second)).isSameAs(first);
        assertThat(prefetcher.after(third)).isSameAs(first);
    }

    @Test
    void predictsTheOrderOfTheLastPassAndTheFirstWeightsAfterTheLast() {
        pass(first, second, third);
        assertThat(prefetcher.after(first)).isSameAs(second);
        assertThat(prefetcher.after(second)).isSameAs(third);
        assertThat(prefetcher.after(third)).isSameAs(first);
    }

    @Test
    void learnsANewOrderWhenAPassDiffers() {
        pass(first, second, third);
        pass(first, third);
        assertThat(prefetcher.after(first)).isSameAs(third);
        assertThat(prefetcher.after(third)).isSameAs(first);
    }

    @Test
    void growsWithTheNumberOfWeights() {
        Weights[] many = new Weights[100];
        java.util.Arrays.setAll(many, i -> weights());
        pass(many);
        for (int i = 0; i < many.length; i++) {
            assertThat(prefetcher.after(many[i])).isSameAs(many[(i + 1) % many.length]);
        }
    }

    private void pass(Weights... weights) {
        for (Weights each : weights) {
            prefetcher.after(each);
        }
    }

    private static Weights weights() {
        return WeightTiles.pack(new float[8], 0, 8, 1);
    }
}
