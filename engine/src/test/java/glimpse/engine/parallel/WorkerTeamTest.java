package glimpse.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyUnitRunsExactlyOnce(int threads) {
        try (WorkerTeam team = new WorkerTeam(threads)) {
            for (int count = 0; count < 300; count++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);
                team.run(count, (unit, worker) -> runs.incrementAndGet(unit));
                for (int unit = 0; unit < count; unit++) {
                    assertThat(runs.get(unit)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void whatAWorkerWroteIsSeenAfterTheRun() {
        try (WorkerTeam team = new WorkerTeam(2)) {
            long[] values = new long[64];
            for (int round = 1; round <= 2_000; round++) {
                int add = round;
                team.run(values.length, (unit, worker) -> values[unit] += add);
            }
            assertThat(values).containsOnly(2_000L * 2_001 / 2);
        }
    }

    @Test
    void aWorkersFailureIsThrownAndTheTeamGoesOn() {
        try (WorkerTeam team = new WorkerTeam(2)) {
            assertThatThrownBy(() -> team.run(100, (unit, worker) -> {
                        if (unit == 57) {
                            throw new IllegalArgumentException("unit 57");
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("unit 57");
            AtomicInteger runs = new AtomicInteger();
            team.run(100, (unit, worker) -> runs.incrementAndGet());
            assertThat(runs).hasValue(100);
        }
    }

    @Test
    void callersThatShareATeamTakeTurns() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicLong runs = new AtomicLong();
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 500; round++) {
                        team.run(4, (unit, worker) -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            runs.incrementAndGet();
                            inside.decrementAndGet();
                        });
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(runs).hasValue(4 * 500 * 4);
            assertThat(most.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void idleWorkersPark() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            List<Thread> helpers = new ArrayList<>();
            team.run(64, (unit, worker) -> {
                if (worker != 0) {
                    synchronized (helpers) {
                        helpers.add(Thread.currentThread());
                    }
                } else {
                    Thread.onSpinWait();
                }
            });
            for (Thread helper : helpers) {
                while (helper.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                }
                assertThat(helper.getState()).isEqualTo(Thread.State.WAITING);
            }
        }
    }

    @Test
    void aClosedTeamSaysSo() {
        WorkerTeam team = new WorkerTeam(2);
        team.close();
        assertThatThrownBy(() -> team.run(2, (unit, worker) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void threadsOutsideTheRangeAreRefused() {
        assertThatThrownBy(() -> new WorkerTeam(0)).hasMessageContaining("threads is 0, expected 1..1024");
    }
}
