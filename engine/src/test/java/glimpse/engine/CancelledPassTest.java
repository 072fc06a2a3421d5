package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass that is stopped between two blocks. */
class CancelledPassTest {
    @TempDir
    Path folder;

    private final Workers workers = Workers.of(3);
    private final List<Integer> blocks = new ArrayList<>(); // that ran for all tokens; -1 is the embedding
    private VisionTransformer model;
    private Session session;
    private List<PatchSequence> batch;
    private int depth;

    @BeforeEach
    void load() throws IOException {
        GoldenModel golden = GoldenModel.read("plain", folder);
        model = VisionTransformer.load(golden.model(), workers);
        session = new Session(model, workers.team(), (block, workspace) -> blocks.add(block));
        batch = List.of(golden.input("all", model.config()), golden.input("some", model.config()));
        depth = model.config().depth();
        assertThat(depth).isGreaterThan(1);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    /** Says yes from the n-th time on. */
    private static BooleanSupplier after(int times) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.getAndIncrement() >= times;
    }

    @Test
    void itEndsBeforeTheBlockAndTheSessionThenGivesTheSameBits() {
        Capture capture = Capture.allLayers();
        Output expected = model.newSession().forward(batch, capture);
        for (int block = 0; block < depth; block++) {
            int stoppedBefore = block;
            blocks.clear();
            assertThatThrownBy(() -> session.forward(batch, capture, after(stoppedBefore)))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the pass was cancelled before block " + block);
            assertThat(blocks).hasSize(1 + block).last().isEqualTo(block - 1);
            assertSameBits(session.forward(batch, capture), expected);
        }
    }

    @Test
    void aPassThatIsStoppedAgainAndAgainLeavesNoTrace() {
        Session fresh = model.newSession();
        Capture capture = Capture.allLayers();
        for (int block = depth - 1; block >= 0; block--) {
            int stoppedBefore = block;
            assertThatThrownBy(() -> fresh.forward(batch, capture, after(stoppedBefore)))
                    .isInstanceOf(CancellationException.class);
        }
        assertSameBits(fresh.forward(batch, capture), model.newSession().forward(batch, capture));
    }

    private void assertSameBits(Output actual, Output expected) {
        for (int image = 0; image < batch.size(); image++) {
            assertThat(actual.logits(image)).isEqualTo(expected.logits(image));
            for (int layer = 0; layer < depth; layer++) {
                assertThat(actual.attention(image, layer).weights())
                        .isEqualTo(expected.attention(image, layer).weights());
            }
        }
    }

    @Test
    void aPassThatIsNotStoppedGivesTheSameBitsAndAsksOncePerBlockOnTheCallersThread() {
        AtomicInteger asked = new AtomicInteger();
        Set<Thread> threads = new HashSet<>();
        Output output = session.forward(batch, Capture.allLayers(), () -> {
            asked.incrementAndGet();
            threads.add(Thread.currentThread());
            return false;
        });
        assertThat(asked).hasValue(depth);
        assertThat(threads).containsExactly(Thread.currentThread());
        assertSameBits(output, model.newSession().forward(batch, Capture.allLayers()));
    }

    @Test
    void theOutputOfThePassBeforeIsStale() {
        Output earlier = session.forward(batch, Capture.none());
        assertThatThrownBy(() -> session.forward(batch, Capture.none(), () -> true))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> earlier.logits(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the output is no longer valid");
    }

    @Test
    void otherSessionsOnTheSameWorkersGoOn() {
        float[] expected = model.newSession().forward(batch, Capture.none()).logits(1);
        assertThatThrownBy(() -> session.forward(batch, Capture.none(), after(1)))
                .isInstanceOf(CancellationException.class);
        Session other = model.newSession();
        assertThat(other.forward(batch, Capture.none()).logits(1)).isEqualTo(expected);
    }

    @Test
    void aCheckThatThrowsEndsThePassAndTheSessionGoesOn() {
        assertThatThrownBy(() -> session.forward(batch, Capture.none(), () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(session.forward(batch, Capture.none()).logits(0))
                .isEqualTo(model.newSession().forward(batch, Capture.none()).logits(0));
    }
}
