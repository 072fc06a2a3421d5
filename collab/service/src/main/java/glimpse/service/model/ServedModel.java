package glimpse.service.model;

import glimpse.collab.node.AcceptedRequest;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.RejectedRequestException;
import glimpse.collab.node.RequestReader;
import glimpse.collab.node.ServerResult;
import glimpse.collab.node.ServerRunner;
import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.service.queue.BatchModel;
import glimpse.service.queue.InferenceQueue;
import glimpse.service.queue.Job;
import glimpse.service.queue.ModelLane;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** One version of a model, loaded and warm. Immutable but for its place in the queue; thread-safe. */
public final class ServedModel {
    private static final int MEASURED_PASSES = 3;

    private final String name;
    private final String sha256;
    private final Classifier classifier;
    private final RequestReader reader;
    private final ModelLane lane;

    private ServedModel(String name, String sha256, Classifier classifier, ModelLane lane) {
        this.name = name;
        this.sha256 = sha256;
        this.classifier = classifier;
        this.reader = new RequestReader(classifier);
        this.lane = lane;
    }

    /**
     * Loads a model, warms it up and measures how long it takes.
     *
     * @throws IOException if the file can't be read, isn't a model, or has no classifier; the message names the file
     */
    static ServedModel load(ModelFile file, Workers workers, InferenceQueue queue) throws IOException {
        ModelContent.Loaded loaded = file.content().load(workers);
        Classifier classifier = loaded.classifier().at(file.temperatures().getOrDefault(loaded.sha256(), 1.0));
        if (classifier.transformer().config().classes() == 0) {
            throw new IOException(file.content() + ": the model has no classifier, expected one with classes");
        }
        Runner runner = new Runner(file.name(), classifier, workers.threads());
        runner.warmUp();
        VitConfig config = classifier.transformer().config();
        ModelLane lane = queue.lane(runner, runner.measure(), config.multiplyAdds(config.patches()));
        return new ServedModel(file.name(), loaded.sha256(), classifier, lane);
    }

    /** Returns what requests call the model. */
    public String name() {
        return name;
    }

    /** Returns the SHA-256 of the model's file in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Returns the model itself. */
    public Classifier classifier() {
        return classifier;
    }

    /**
     * Reads a request of this model. Its patches are outside the heap until they are released.
     *
     * @throws RejectedRequestException as {@link RequestReader#read}
     */
    public AcceptedRequest read(byte[] request) throws RejectedRequestException {
        AcceptedRequest accepted = reader.read(request);
        return new AcceptedRequest(accepted.requestId(), OffHeapPixels.of(accepted.input()));
    }

    /**
     * Queues a request's patches, which are released when the job has a result or the queue refuses them.
     *
     * @param timeLeft how long the client still waits
     * @throws RefusedException as {@link ModelLane#submit(ModelInput, Priority, Duration)}
     */
    public Job submit(AcceptedRequest request, Priority priority, Duration timeLeft) throws RefusedException {
        try {
            return lane.submit(request.input(), priority, timeLeft);
        } catch (RefusedException | RuntimeException | Error e) {
            request.input().release();
            throw e;
        }
    }

    /** Returns the model's place in the queue. */
    public ModelLane lane() {
        return lane;
    }

    /** Runs the model for the queue: on all workers, or on the calling thread alone. */
    private static final class Runner implements BatchModel {
        private final String name;
        private final VitConfig config;
        private final ServerRunner runner;
        private final List<ServerRunner> beside; // one per thread of the queue; none if it has only one

        Runner(String name, Classifier classifier, int threads) {
            this.name = name;
            this.config = classifier.transformer().config();
            this.runner = new ServerRunner(classifier);
            this.beside = Stream.generate(() -> new ServerRunner(classifier.on(Workers.of(1))))
                    .limit(threads == 1 ? 0 : threads)
                    .toList();
        }

        void warmUp() {
            runner.warmUp();
            // their code is the runner's, which is compiled by now; what differs is loaded by a pass
            beside.stream().limit(1).forEach(one -> one.run(List.of(blank())));
        }

        /** Measures a pass on a whole image. */
        Duration measure() {
            PatchSequence blank = blank();
            long start = System.nanoTime();
            for (int i = 0; i < MEASURED_PASSES; i++) {
                runner.run(List.of(blank));
            }
            return Duration.ofNanos((System.nanoTime() - start) / MEASURED_PASSES);
        }

        private PatchSequence blank() {
            int[] positions = new int[config.patches()];
            Arrays.setAll(positions, i -> i);
            return PatchSequence.of(
                    config.grid(), config.patchLength(), positions, new float[positions.length * config.patchLength()]);
        }

        @Override
        public String name() {
            return name;
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
            return config.multiplyAdds(patches);
        }
    }
}
