package glimpse.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.collab.node.ServerRunner;
import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests of random sizes by several clients at once, whatever batches they happen to be in. */
class RandomBatchesTest {
    private static final int CLIENTS = 4;
    private static final int REQUESTS_PER_CLIENT = 2500;
    private static final int UNANSWERED = 32; // per client
    private static final int BATCH_PATCHES = 100;

    /** 4 x 4 patches of 2 x 2 grey pixels, and one block. */
    private static final VitConfig MODEL = new VitConfig(8, 2, 1, 16, 1, 2, 32, 1, 3, true, 1e-6f);

    @TempDir
    Path folder;

    private record Sent(PatchSequence image, PassOutputs outputs, Job job) {}

    /** A client's replies that aren't those of the image alone, and the sizes of the batches. */
    private record Findings(int replies, int wrong, int inBatches) {}

    private record Model(ServerRunner runner, List<ServerRunner> beside) implements BatchModel {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            return runner.run(batch, outputs, cancelled);
        }

        @Override
        public List<ServerResult> runBeside(
                int thread, List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
            return beside.get(thread).run(batch, outputs, cancelled);
        }

        @Override
        public long multiplyAdds(int patches) {
            return MODEL.multiplyAdds(patches);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void eachOf10000RequestsGetsTheReplyThatItGetsAlone(int threads)
            throws IOException, InterruptedException, ExecutionException {
        try (Workers workers = Workers.of(1);
                Workers others = Workers.of(1);
                InferenceQueue queue = new InferenceQueue(
                        threads, new QueueLimits(BATCH_PATCHES, 1000, Duration.ofMinutes(1)), QueueListener.NONE);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            Classifier classifier = TinyModel.load(folder, MODEL, 1, workers);
            ModelLane lane = queue.lane(model(classifier, threads), Duration.ofNanos(1000), 1000);
            Classifier same = TinyModel.load(folder, MODEL, 1, others);
            List<Callable<Findings>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int seed = client;
                work.add(() -> client(lane, new ServerRunner(same), new SplittableRandom(seed)));
            }
            int replies = 0;
            int inBatches = 0;
            for (Future<Findings> client : clients.invokeAll(work)) {
                assertThat(client.get().wrong()).isZero();
                replies += client.get().replies();
                inBatches += client.get().inBatches();
            }
            assertThat(replies).isEqualTo(CLIENTS * REQUESTS_PER_CLIENT);
            assertThat(inBatches).isGreaterThan(replies / 2);
        }
    }

    private static Model model(Classifier classifier, int threads) {
        return new Model(
                new ServerRunner(classifier),
                Stream.generate(() -> new ServerRunner(classifier.on(Workers.of(1))))
                        .limit(threads)
                        .toList());
    }

    private static Findings client(ModelLane lane, ServerRunner alone, SplittableRandom random)
            throws RefusedException {
        Deque<Sent> unanswered = new ArrayDeque<>();
        int wrong = 0;
        int inBatches = 0;
        for (int i = 0; i < REQUESTS_PER_CLIENT + UNANSWERED; i++) {
            if (i >= UNANSWERED) {
                Sent sent = unanswered.remove();
                JobResult got = sent.job().result().join();
                ServerResult expected = alone.run(List.of(sent.image()), sent.outputs(), () -> false)
                        .getFirst();
                wrong += bits(got.result()).equals(bits(expected)) ? 0 : 1;
                inBatches += got.batchImages() > 1 ? 1 : 0;
            }
            if (i < REQUESTS_PER_CLIENT) {
                unanswered.add(send(lane, random));
            }
        }
        return new Findings(REQUESTS_PER_CLIENT, wrong, inBatches);
    }

    private static Sent send(ModelLane lane, SplittableRandom random) throws RefusedException {
        int[] positions = random.ints(0, 16)
                .distinct()
                .limit(1 + random.nextInt(16))
                .sorted()
                .toArray();
        float[] pixels = new float[positions.length * 4];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        PatchSequence image = PatchSequence.of(4, 4, positions, pixels);
        PassOutputs outputs = random.nextInt(20) == 0 ? new PassOutputs(true, true) : PassOutputs.LOGITS;
        Priority priority = random.nextInt(3) == 0 ? Priority.BULK : Priority.INTERACTIVE;
        Job job = lane.submit(List.of(ModelInput.of(image)), outputs, priority, Duration.ofMinutes(1))
                .getFirst();
        return new Sent(image, outputs, job);
    }

    /** Returns the bits of everything that a result has. */
    private static List<Integer> bits(ServerResult result) {
        ServerResult.Logits logits = (ServerResult.Logits) result;
        List<Integer> bits = new ArrayList<>();
        for (float[] values : List.of(logits.values(), logits.attention(), logits.patchTokens())) {
            for (float value : values) {
                bits.add(Float.floatToRawIntBits(value));
            }
        }
        return bits;
    }
}
