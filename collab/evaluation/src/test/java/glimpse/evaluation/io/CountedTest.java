package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void oneThingAloneIsSingular() {
        assertThat(Counted.of(1, "image")).isEqualTo("1 image");
        assertThat(Counted.of(0, "image")).isEqualTo("0 images");
        assertThat(Counted.of(2, "dangling link")).isEqualTo("2 dangling links");
    }
}
