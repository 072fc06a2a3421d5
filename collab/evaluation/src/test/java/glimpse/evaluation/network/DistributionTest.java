package glimpse.evaluation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void percentilesAreValuesOfTheNearestRank() {
        List<Double> hundred = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            hundred.add((double) i);
        }
        Collections.shuffle(hundred, new Random(1));
        assertThat(Distribution.of(hundred)).isEqualTo(new Distribution(50.5, 50, 95, 99));
        assertThat(Distribution.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Distribution(2, 2, 3, 3));
        assertThat(Distribution.of(List.of(4.0))).isEqualTo(new Distribution(4, 4, 4, 4));
    }

    @Test
    void withoutValuesAllAreNaN() {
        assertThat(Distribution.of(List.of()).p99()).isNaN();
        assertThat(Distribution.of(List.of()).mean()).isNaN();
    }

    @Test
    void zerosCountWithoutBeingListed() {
        double[] others = {1, 2, 3};
        assertThat(Distribution.ofSorted(3, others)).isEqualTo(Distribution.of(List.of(0.0, 3.0, 0.0, 1.0, 0.0, 2.0)));
        assertThat(Distribution.ofSorted(0, others)).isEqualTo(Distribution.of(List.of(1.0, 2.0, 3.0)));
        assertThat(Distribution.ofSorted(0, new double[0]).p50()).isNaN();
    }
}
