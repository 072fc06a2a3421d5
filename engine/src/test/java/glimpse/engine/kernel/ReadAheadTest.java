package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What comes next is what came next in the last pass. */
class ReadAheadTest {
    private final Weights first = weights();
    private final Weights second = weights();
    private final Weights third = weights();
    private final ReadAhead readAhead = new ReadAhead();

    @Test
    void knowsNothingInTheFirstPassButTheBeginning() {
        assertThat(readAhead.after(first)).isSameAs(first);
        assertThat(readAhead.after(second)).isSameAs(first);
        assertThat(readAhead.after(third)).isSameAs(first);
    }

    @Test
    void saysTheNextWeightsOfTheLastPassAndBehindTheLastTheFirst() {
        pass(first, second, third);
        assertThat(readAhead.after(first)).isSameAs(second);
        assertThat(readAhead.after(second)).isSameAs(third);
        assertThat(readAhead.after(third)).isSameAs(first);
    }

    @Test
    void learnsAnotherOrderWhenAPassGoesAnotherWay() {
        pass(first, second, third);
        pass(first, third);
        assertThat(readAhead.after(first)).isSameAs(third);
        assertThat(readAhead.after(third)).isSameAs(first);
    }

    @Test
    void remembersMoreWeightsThanItBeganWithRoomFor() {
        Weights[] many = new Weights[100];
        java.util.Arrays.setAll(many, i -> weights());
        pass(many);
        for (int i = 0; i < many.length; i++) {
            assertThat(readAhead.after(many[i])).isSameAs(many[(i + 1) % many.length]);
        }
    }

    private void pass(Weights... weights) {
        for (Weights each : weights) {
            readAhead.after(each);
        }
    }

    private static Weights weights() {
        return WeightTiles.pack(new float[8], 0, 8, 1);
    }
}
