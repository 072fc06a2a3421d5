package glimpse.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    @Timeout(60)
    void aCallerThatComesBackWaitsForTheOneThatWasQueued() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            AtomicBoolean hadItsTurn = new AtomicBoolean();
            Thread queued = Thread.ofPlatform().unstarted(() -> team.run(4, (unit, worker) -> hadItsTurn.set(true)));
            holding(team.lock(), () -> {
                queued.start();
                while (!team.lock().hasQueuedThread(queued)) {
                    Thread.onSpinWait();
                }
            });
            holding(team.lock(), () -> assertThat(hadItsTurn).isTrue());
            queued.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void aCallerThatWaitsForAHelperParks(boolean virtual) throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            CountDownLatch helperStarted = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            Thread caller = (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
                    .start(() -> team.run(2, (unit, worker) -> {
                        if (worker == 0) {
                            while (helperStarted.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                        } else {
                            helperStarted.countDown();
                            await(released);
                        }
                    }));
            helperStarted.await();
            try {
                while (caller.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                }
            } finally {
                released.countDown();
            }
            caller.join();
        }
    }

    @Test
    @Timeout(60)
    void anInterruptedCallerStaysInterruptedAndItsRunIsComplete() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            AtomicInteger runs = new AtomicInteger();
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread caller = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                CountDownLatch helperStarted = new CountDownLatch(1);
                team.run(2, (unit, worker) -> {
                    if (worker == 0) {
                        while (helperStarted.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                    } else {
                        helperStarted.countDown();
                        sleep(20); // the caller is waiting by then
                    }
                    runs.incrementAndGet();
                });
                interrupted.set(Thread.interrupted());
            });
            caller.join();
            assertThat(runs).hasValue(2);
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void aTeamDoesNotKeepAFinishedTask() throws InterruptedException {
        try (WorkerTeam team = new WorkerTeam(2)) {
            WeakReference<float[]> buffer = runWithBuffer(team);
            while (buffer.get() != null) {
                System.gc();
                Thread.sleep(1);
            }
            assertThat(buffer.get()).isNull();
        }
    }

    private static WeakReference<float[]> runWithBuffer(WorkerTeam team) {
        float[] buffer = new float[100];
        team.run(buffer.length, (unit, worker) -> buffer[unit] = unit);
        return new WeakReference<>(buffer);
    }

    private static void holding(Lock lock, Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
