package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ResilientChannelTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final byte[] REQUEST = new byte[1000];
    private static final byte[] REPLY = {7};

    private final FakeTime time = new FakeTime();
    private final ScriptedChannel server = new ScriptedChannel();
    private final ResilientChannel channel = new ResilientChannel(server, LIMIT, time, bound -> bound - 1);

    /** A server that fails as a test says, each time after a while, and otherwise replies. */
    private final class ScriptedChannel implements Channel {
        private final Deque<Exception> failures = new ArrayDeque<>();
        private final List<Duration> limits = new ArrayList<>();
        private Duration takes = Duration.ofMillis(10);
        private boolean closed;

        @Override
        public byte[] exchange(byte[] request) throws IOException {
            throw new IOException("expected a limit");
        }

        @Override
        public byte[] exchange(byte[] request, Duration limit) throws IOException {
            limits.add(limit);
            if (takes.compareTo(limit) > 0) {
                time.pass(limit);
                throw new ChannelException(FailureReason.TIMEOUT, "too slow");
            }
            time.pass(takes);
            Exception failure = failures.poll();
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof IOException checked) {
                throw checked;
            }
            return REPLY;
        }

        @Override
        public void close() {
            closed = true;
        }

        void fails(FailureReason reason, int times) {
            for (int i = 0; i < times; i++) {
                failures.add(new ChannelException(reason, "no"));
            }
        }

        int attempts() {
            return limits.size();
        }
    }

    @Test
    void aRequestThatWasNotDeliveredIsSentAgainAfterARandomPause() throws IOException {
        server.fails(FailureReason.UNREACHABLE, 2);
        assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
        Duration nano = Duration.ofNanos(1);
        assertThat(time.sleeps())
                .as("below bounds that double")
                .containsExactly(
                        Duration.ofMillis(100).minus(nano),
                        Duration.ofMillis(200).minus(nano));
    }

    @Test
    void eachAttemptMayTakeWhatIsLeftOfTheLimit() throws IOException {
        server.fails(FailureReason.UNREACHABLE, 1);
        channel.exchange(REQUEST, Duration.ofMillis(500));
        assertThat(server.limits)
                .containsExactly(Duration.ofMillis(500), Duration.ofMillis(390).plusNanos(1));
    }

    @Test
    void thirdAttemptIsTheLast() {
        server.fails(FailureReason.UNREACHABLE, 9);
        assertFails(FailureReason.UNREACHABLE);
        assertThat(server.attempts()).isEqualTo(3);
    }

    @Test
    void noAttemptIsMadeAfterTheLimit() {
        server.fails(FailureReason.UNREACHABLE, 9);
        assertThatThrownBy(() -> channel.exchange(REQUEST, Duration.ofMillis(105)))
                .isInstanceOf(ChannelException.class);
        assertThat(server.attempts()).isEqualTo(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNREACHABLE", "OVERLOADED"})
    void anyOtherFailureIsFinal(FailureReason reason) {
        server.fails(reason, 1);
        assertFails(reason);
        assertThat(server.attempts()).isEqualTo(1);
    }

    @Test
    void aRefusedRequestIsSentAgainAfterThePauseThatTheServerAsksFor() throws IOException {
        server.failures.add(refused(300));
        assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
        assertThat(time.sleeps()).containsExactly(Duration.ofMillis(300 + 100).minusNanos(1));
    }

    @Test
    void aServerThatAsksForALongerPauseThanTheLimitGetsIt() throws IOException {
        server.failures.add(refused(30_000));
        assertFails(FailureReason.OVERLOADED);
        assertThat(time.sleeps()).isEmpty();
        time.passMillis(29_999);
        assertFails(FailureReason.CIRCUIT_OPEN);
        time.passMillis(1);
        assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
        assertThat(server.attempts()).isEqualTo(2);
    }

    @Test
    void aDeadServerIsNotAskedForAWhileAfterThreeFailures() throws IOException {
        server.fails(FailureReason.SERVER_FAILED, 3);
        for (int i = 0; i < 3; i++) {
            assertFails(FailureReason.SERVER_FAILED);
        }
        time.passMillis(749);
        assertFails(FailureReason.CIRCUIT_OPEN);
        assertThat(server.attempts()).isEqualTo(3);
        time.passMillis(1);
        assertThat(channel.exchange(REQUEST)).as("the server is back").isEqualTo(REPLY);
        assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
    }

    @Test
    void theTrialIsMadeOnce() {
        server.fails(FailureReason.UNREACHABLE, 99);
        for (int i = 0; i < 3; i++) {
            assertFails(FailureReason.UNREACHABLE);
        }
        time.passMillis(750);
        assertFails(FailureReason.UNREACHABLE);
        assertThat(server.attempts()).isEqualTo(3 * 3 + 1);
        assertFails(FailureReason.CIRCUIT_OPEN);
    }

    @Test
    void requestsThatTheServerRejectsDoNotMakeItDead() {
        server.fails(FailureReason.REQUEST_REJECTED, 10);
        for (int i = 0; i < 10; i++) {
            assertFails(FailureReason.REQUEST_REJECTED);
        }
        assertThat(server.attempts()).isEqualTo(10);
    }

    @Test
    void aChannelThatThrowsWhatItShouldNotCountsAsFailed() {
        for (int i = 0; i < 3; i++) {
            server.failures.add(i == 0 ? new IOException("no") : new IllegalStateException("no"));
            assertThatThrownBy(() -> channel.exchange(REQUEST)).hasMessage("no");
        }
        assertFails(FailureReason.CIRCUIT_OPEN);
    }

    @Test
    void nothingIsSentOverALinkThatIsTooSlow() throws IOException {
        server.takes = Duration.ofMillis(400);
        for (int i = 0; i < 3; i++) {
            channel.exchange(REQUEST);
        }
        assertThatThrownBy(() -> channel.exchange(REQUEST, Duration.ofMillis(300)))
                .hasMessageStartingWith("an exchange of 1000 bytes takes about ")
                .hasMessageEndingWith(" ms, the limit is 300 ms");
        assertThat(server.attempts()).isEqualTo(3);
        assertThat(channel.exchange(REQUEST, Duration.ofMillis(500))).isEqualTo(REPLY);
    }

    @Test
    void aLinkThatHasBecomeFastIsUsedAgainWithinTwoSeconds() throws IOException {
        server.takes = Duration.ofMillis(400);
        for (int i = 0; i < 9; i++) {
            channel.exchange(REQUEST);
        }
        server.takes = Duration.ofMillis(20);
        time.passMillis(2_000);
        for (int i = 0; i < 5; i++) {
            assertThat(channel.exchange(REQUEST, Duration.ofMillis(300))).isEqualTo(REPLY);
        }
    }

    @Test
    void anInterruptEndsThePause() {
        server.fails(FailureReason.UNREACHABLE, 1);
        Thread.currentThread().interrupt();
        assertFails(FailureReason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closesTheChannel() throws IOException {
        channel.close();
        assertThat(server.closed).isTrue();
    }

    private static ChannelException refused(long retryAfterMillis) {
        return new ChannelException(FailureReason.OVERLOADED, "busy", Duration.ofMillis(retryAfterMillis));
    }

    private void assertFails(FailureReason reason) {
        ChannelException e = catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST));
        assertThat(e.reason()).isEqualTo(reason);
    }
}
