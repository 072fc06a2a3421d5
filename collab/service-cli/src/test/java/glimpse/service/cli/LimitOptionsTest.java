package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitOptionsTest {
    @Test
    void bodiesTakeAQuarterOfASmallHeap() {
        assertThat(LimitOptions.bodyBytes(128L << 20)).isEqualTo(32L << 20);
    }

    @Test
    void bodiesTake256MebibytesOfALargeHeap() {
        assertThat(LimitOptions.bodyBytes(8L << 30)).isEqualTo(256L << 20);
    }
}
