package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a session and when, and how long its outputs are valid. */
class SessionUseTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String STALE =
            "the output is no longer valid: its session began another pass, was trimmed or was closed; copy what is needed before";

    @TempDir
    Path folder;

    private final Workers workers = Workers.of(1);
    private VisionTransformer model;
    private PatchSequence all;
    private PatchSequence some;

    @BeforeEach
    void load() throws IOException {
        GoldenModel golden = GoldenModel.read("head64", folder);
        model = VisionTransformer.load(golden.model(), workers);
        all = golden.input("all", model.config());
        some = golden.input("some", model.config());
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    @Timeout(60)
    void aCallWhileAnotherThreadsPassRunsIsRefused() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Session session = new Session(model, workers.team(), (block, workspace) -> {
            running.countDown();
            await(released);
        });
        Thread other = Thread.ofVirtual().start(() -> session.forward(all, Capture.none()));
        running.await();
        String message = "the session is in use by another thread; a thread needs a session of its own (newSession)";
        try {
            assertThatThrownBy(() -> session.forward(all, Capture.none()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> session.forward(List.of(all), Capture.none()))
                    .hasMessage(message);
            assertThatThrownBy(session::trim).hasMessage(message);
            assertThatThrownBy(session::close).hasMessage(message);
        } finally {
            released.countDown();
        }
        other.join();
        assertThat(session.forward(all, Capture.none()).logits(0)).isEqualTo(logits(all));
    }

    @Test
    void anOutputIsRefusedOnceTheNextPassBegan() {
        Session session = model.newSession();
        Capture capture = Capture.allLayers().withAllHiddenStates();
        Output first = session.forward(all, capture);
        Output second = session.forward(all, capture);
        session.forward(all, capture);
        for (Output stale : List.of(first, second)) {
            assertThatThrownBy(stale::size)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(STALE);
            assertThatThrownBy(() -> stale.logits(0)).hasMessage(STALE);
            assertThatThrownBy(() -> stale.features(0)).hasMessage(STALE);
            assertThatThrownBy(() -> stale.attention(0)).hasMessage(STALE);
            assertThatThrownBy(() -> stale.attention(0, 0)).hasMessage(STALE);
            assertThatThrownBy(() -> stale.hiddenState(0, 0)).hasMessage(STALE);
            assertThatThrownBy(() -> stale.normalisedHiddenState(0, 0)).hasMessage(STALE);
        }
    }

    @Test
    void anOutputIsRefusedAfterAPassThatFailed() {
        AtomicBoolean failing = new AtomicBoolean();
        Session session = new Session(model, workers.team(), (block, workspace) -> {
            if (failing.get()) {
                throw new IllegalStateException("failed on purpose");
            }
        });
        Output output = session.forward(all, Capture.none());
        failing.set(true);
        assertThatThrownBy(() -> session.forward(some, Capture.none())).hasMessage("failed on purpose");
        assertThatThrownBy(() -> output.logits(0)).hasMessage(STALE);
        failing.set(false);
        assertThat(session.forward(some, Capture.none()).logits(0)).isEqualTo(logits(some));
    }

    @Test
    void batchBeyondAnArrayIsRefusedAndTheSessionGoesOn() {
        Session session = model.newSession();
        String message =
                "the batch is too large: its .* take \\d+ floats, expected at most \\d+; run it in smaller batches";
        for (Capture capture : List.of(Capture.none(), Capture.allLayers())) {
            assertThatThrownBy(() -> session.forward(Collections.nCopies(4_000_000, all), capture))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(message);
        }
        assertThat(session.forward(all, Capture.none()).logits(0)).isEqualTo(logits(all));
    }

    @Test
    void outputThatIsNotFiniteConcernsItsImageAlone() {
        float[] values = all.values();
        values[0] = Float.NaN;
        PatchSequence broken = PatchSequence.of(all.grid(), all.patchLength(), all.positions(), values);
        Output output = model.newSession().forward(List.of(all, broken), Capture.none());
        assertThatThrownBy(() -> Prediction.softmax(output.logits(1)))
                .isInstanceOf(NonFiniteOutputException.class)
                .hasMessage("the model's output isn't a number: logit 0 is NaN");
        assertThatThrownBy(() -> output.features(1)).isInstanceOf(NonFiniteOutputException.class);
        assertThat(output.logits(0)).isEqualTo(logits(all));
    }

    @Test
    void anOutputStaysValidWhenTheNextArgumentsAreRefused() {
        Session session = model.newSession();
        Output output = session.forward(all, Capture.none());
        assertThatThrownBy(() -> session.forward(all, Capture.layers(7))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.forward(List.of(), Capture.none()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(output.logits(0)).isEqualTo(logits(all));
    }

    @Test
    void anOutputIsRefusedAfterTrimAndTheSessionGoesOn() {
        Session session = model.newSession();
        Output output = session.forward(all, Capture.allLayers());
        session.trim();
        assertThatThrownBy(() -> output.logits(0)).hasMessage(STALE);
        assertThat(session.forward(some, Capture.none()).logits(0)).isEqualTo(logits(some));
    }

    @Test
    void aClosedSessionRefusesPassesAndItsOutputs() {
        Session session = model.newSession();
        Output output = session.forward(all, Capture.none());
        session.close();
        session.close();
        assertThatThrownBy(() -> output.logits(0)).hasMessage(STALE);
        assertThatThrownBy(() -> session.forward(all, Capture.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the session is closed");
        assertThatThrownBy(session::trim).hasMessage("the session is closed");
    }

    @Test
    void aSessionMayRunOnWorkersOfItsOwn() {
        try (Workers own = Workers.of(3)) {
            Session session = model.newSession(own);
            float[] expected = logits(all);
            workers.close();
            assertThat(session.forward(all, Capture.none()).logits(0)).isEqualTo(expected);
            assertThatThrownBy(() -> model.newSession().forward(all, Capture.none()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** With scalar kernels: whether vectors are boxed is up to the compiler, and the benchmarks show it. */
    @Test
    @EnabledIfSystemProperty(named = "glimpse.scalar", matches = "true")
    void aWarmPassAllocatesNothingButItsOutput() {
        Session session = model.newSession();
        List<PatchSequence> batch = List.of(all, some, all);
        Capture capture = Capture.readoutRow().withAllHiddenStates();
        int passes = 50;
        long most = 64L * passes;
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && leastBytes > most; round++) { // the first passes allocate the buffers
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < passes; i++) {
                session.forward(batch, capture);
            }
            leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(leastBytes).isLessThanOrEqualTo(most);
    }

    @Test
    void warmUpRunsPassesAndChangesNoResult() {
        AtomicInteger passes = new AtomicInteger();
        Session session = new Session(model, workers.team(), (block, workspace) -> passes.addAndGet(block < 0 ? 1 : 0));
        Output before = session.forward(all, Capture.none());
        float[] expected = before.logits(0);
        session.warmUp();
        assertThat(passes.get()).isGreaterThan(10);
        assertThatThrownBy(() -> before.logits(0)).hasMessage(STALE);
        assertThat(session.forward(all, Capture.none()).logits(0)).isEqualTo(expected);
    }

    @Test
    @SuppressWarnings("NullAway") // what is tested
    void aNullArgumentIsNamed() {
        Session session = model.newSession();
        assertThatThrownBy(() -> session.forward((PatchSequence) null, Capture.none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("sequence");
        assertThatThrownBy(() -> session.forward((List<PatchSequence>) null, Capture.none()))
                .hasMessage("batch");
        assertThatThrownBy(() -> session.forward(Collections.nCopies(2, null), Capture.none()))
                .hasMessage("batch[0]");
        assertThatThrownBy(() -> session.forward(all, null)).hasMessage("capture");
        assertThatThrownBy(() -> model.newSession(null)).hasMessage("sessionWorkers");
    }

    @Test
    void anIndexOutOfRangeIsNamed() {
        Output output = model.newSession().forward(List.of(all, some), Capture.allLayers());
        assertThatThrownBy(() -> output.logits(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("image is 2, expected 0..1");
        assertThatThrownBy(() -> output.attention(0, 1)).hasMessage("layer is 1, expected 0..0");
        assertThatThrownBy(() -> output.copyLogits(0, new float[12], 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("destination has 12 elements, too few for 11 logits from offset 2");
    }

    private float[] logits(PatchSequence sequence) {
        return model.newSession().forward(sequence, Capture.none()).logits(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
