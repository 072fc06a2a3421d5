package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LinkEstimateTest {
    private static final long MILLI = 1_000_000;
    private static final Offset<Long> CLOSE = within(MILLI / 10);

    private final FakeTime time = new FakeTime();
    private final LinkEstimate link = new LinkEstimate(Duration.ofSeconds(2), time::nanos);

    @Test
    void threeExchangesTellHowLongTheNextTakes() {
        link.record(10_000, 30 * MILLI);
        link.record(20_000, 40 * MILLI);
        assertThat(link.expectedNanos(50_000)).isZero();
        link.record(30_000, 50 * MILLI);
        assertThat(link.expectedNanos(50_000)).as("20 ms and 1 ms per kB").isCloseTo(70 * MILLI, CLOSE);
        assertThat(link.expectedNanos(0)).isCloseTo(20 * MILLI, CLOSE);
    }

    @Test
    void requestsOfOneSizeTellTheTimeOfThatSize() {
        for (int i = 0; i < 5; i++) {
            link.record(10_000, 40 * MILLI);
        }
        assertThat(link.expectedNanos(10_000)).isCloseTo(40 * MILLI, CLOSE);
    }

    @Test
    void aRoundTripTakesNoLessThanNoTime() {
        link.record(10_000, 10 * MILLI);
        link.record(20_000, 40 * MILLI);
        link.record(20_000, 40 * MILLI);
        assertThat(link.expectedNanos(0)).isZero();
        assertThat(link.expectedNanos(20_000)).isBetween(30 * MILLI, 40 * MILLI);
    }

    @Test
    void largerRequestsThatTookLessTimeDoNotMakeThemFaster() {
        link.record(10_000, 40 * MILLI);
        link.record(20_000, 20 * MILLI);
        link.record(30_000, 30 * MILLI);
        assertThat(link.expectedNanos(1_000_000)).isBetween(20 * MILLI, 40 * MILLI);
    }

    @Test
    void recentExchangesWeighMore() {
        for (int i = 0; i < 10; i++) {
            link.record(10_000, 10 * MILLI);
        }
        for (int i = 0; i < 10; i++) {
            link.record(10_000, 200 * MILLI);
        }
        assertThat(link.expectedNanos(10_000)).isBetween(170 * MILLI, 200 * MILLI);
    }

    @Test
    void nothingIsKnownAfterAWhileWithoutAnExchange() {
        slow();
        time.passMillis(2_000);
        assertThat(link.expectedNanos(10_000)).isPositive();
        time.passMillis(1);
        assertThat(link.expectedNanos(10_000)).isZero();
    }

    @Test
    void theFirstExchangeAfterAWhileOutweighsAllBefore() {
        slow();
        time.passMillis(2_001);
        link.record(10_000, 10 * MILLI);
        assertThat(link.expectedNanos(10_000)).isBetween(10 * MILLI, 350 * MILLI);
    }

    private void slow() {
        for (int i = 0; i < 5; i++) {
            link.record(10_000, 1_000 * MILLI);
        }
    }
}
