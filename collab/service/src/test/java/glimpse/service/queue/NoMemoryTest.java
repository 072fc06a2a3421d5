package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.collab.node.ServerRunner;
import glimpse.engine.PatchSequence;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that there isn't enough memory for once the model takes them, in batches with others. */
class NoMemoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final OutOfMemoryError full = new OutOfMemoryError("full");
    private final Workers workers = Workers.of(1);
    private final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>(); // images of each pass
    private final InferenceQueue queue = new InferenceQueue(1, new QueueLimits(100, 100, MINUTE), QueueListener.NONE);
    private ServerRunner runner;
    private ModelLane lane;

    @BeforeEach
    void load() throws IOException {
        runner = new ServerRunner(TinyModel.load(folder, TinyModel.RGB, 1, workers));
        lane = queue.lane(new Model(), Duration.ofMillis(1), 1);
    }

    @AfterEach
    void stop() {
        queue.close();
        workers.close();
    }

    private final class Model implements BatchModel {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            batches.add(batch.size());
            return runner.run(batch, outputs, cancelled);
        }

        @Override
        public long multiplyAdds(int patches) {
            return patches;
        }
    }

    private record Large(OutOfMemoryError error) implements ModelInput {
        @Override
        public int patches() {
            return 3;
        }

        @Override
        public PatchSequence sequence() {
            throw error;
        }
    }

    private static PatchSequence image(int seed) {
        Random random = new Random(seed);
        float[] values = new float[3 * 48];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return PatchSequence.of(4, 48, new int[] {1, 6, 11}, values);
    }

    private List<ServerResult> results(List<ModelInput> inputs) throws Exception {
        List<Job> jobs = lane.submit(inputs, PassOutputs.LOGITS, Priority.INTERACTIVE, MINUTE);
        return List.of(
                jobs.getFirst().result().get(30, TimeUnit.SECONDS).result(),
                jobs.getLast().result().get(30, TimeUnit.SECONDS).result());
    }

    private float[] alone(PatchSequence image) {
        return logits(runner.run(List.of(image)).getFirst());
    }

    private static float[] logits(ServerResult result) {
        return ((ServerResult.Logits) result).values();
    }

    @Test
    void anImageThatThereIsNotEnoughMemoryForFailsAloneAndOthersGetTheirReplies() throws Exception {
        List<ServerResult> results =
                results(List.of(ModelInput.of(image(1)), new Large(full), ModelInput.of(image(2))));
        assertThat(batches).containsExactly(2);
        assertThat(logits(results.getFirst())).isEqualTo(alone(image(1)));
        assertThat(logits(results.getLast())).isEqualTo(alone(image(2)));
    }

    @Test
    void itsResultSaysWhy() throws Exception {
        List<ServerResult> results = results(List.of(ModelInput.of(image(1)), new Large(full)));
        assertThat(results.getLast()).isEqualTo(new ServerResult.Failed(full));
    }

    @Test
    void aBatchOfSuchImagesAloneIsNotRun() throws Exception {
        List<ServerResult> results = results(List.of(new Large(full), new Large(full)));
        assertThat(results).containsOnly(new ServerResult.Failed(full));
        assertThat(batches).isEmpty();
    }
}
