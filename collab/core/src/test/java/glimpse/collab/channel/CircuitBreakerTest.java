package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.CircuitBreaker.Permit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final FakeTime time = new FakeTime();
    private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(1), time::nanos);

    @Test
    void opensAfterThreeFailuresInARow() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.acquire()).isEqualTo(Permit.SEND);
        breaker.failed();
        assertThat(breaker.acquire()).isEqualTo(Permit.NONE);
    }

    @Test
    void letsOneTrialThroughAfterASecond() {
        fail(3);
        time.passMillis(999);
        assertThat(breaker.acquire()).isEqualTo(Permit.NONE);
        time.passMillis(1);
        assertThat(breaker.acquire()).isEqualTo(Permit.TRIAL);
        assertThat(breaker.acquire()).isEqualTo(Permit.NONE);
    }

    @Test
    void aTrialThatSucceedsCloses() {
        trial();
        breaker.succeeded();
        assertThat(breaker.acquire()).isEqualTo(Permit.SEND);
        fail(2);
        assertThat(breaker.acquire()).as("failures count from 0 again").isEqualTo(Permit.SEND);
    }

    @Test
    void aTrialThatFailsOpensForAnotherSecond() {
        trial();
        breaker.failed();
        time.passMillis(999);
        assertThat(breaker.acquire()).isEqualTo(Permit.NONE);
        time.passMillis(1);
        assertThat(breaker.acquire()).isEqualTo(Permit.TRIAL);
    }

    @Test
    void aTrialThatTellsNothingIsFollowedByAnother() {
        trial();
        breaker.abandoned();
        assertThat(breaker.acquire()).isEqualTo(Permit.TRIAL);
    }

    @Test
    void aServerThatWantsAPauseGetsIt() {
        breaker.refused(Duration.ofSeconds(7));
        time.passMillis(6_999);
        assertThat(breaker.acquire()).isEqualTo(Permit.NONE);
        time.passMillis(1);
        assertThat(breaker.acquire()).isEqualTo(Permit.TRIAL);
    }

    private void trial() {
        fail(3);
        time.passMillis(1_000);
        assertThat(breaker.acquire()).isEqualTo(Permit.TRIAL);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.acquire();
            breaker.failed();
        }
    }
}
