package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final long MB = 1 << 20;

    private long used = 400 * MB;
    private int collections;
    private final HeapKeeper keeper = HeapKeeper.of(
            () -> used,
            () -> {
                collections++;
                used = 450 * MB;
            },
            256 * MB);

    @Test
    void aLittleGrowthIsLeftToTheCollector() {
        used = 656 * MB;

        keeper.check();

        assertThat(collections).isZero();
    }

    @Test
    void muchGrowthIsCollected() {
        used = 657 * MB;

        keeper.check();

        assertThat(collections).isEqualTo(1);
    }

    @Test
    void whatACollectionLeavesIsNoGrowth() {
        used = 657 * MB;
        keeper.check();
        used = 706 * MB;

        keeper.check();

        assertThat(collections).isEqualTo(1);
    }

    @Test
    void growthCountsFromWhatAnotherCollectionLeft() {
        used = 300 * MB;
        keeper.check();
        used = 557 * MB;

        keeper.check();

        assertThat(collections).isEqualTo(1);
    }
}
