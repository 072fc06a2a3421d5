package glimpse.service.oip;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.ServerResult;
import glimpse.engine.NonFiniteOutputException;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ServedModel;
import glimpse.service.oip.OipException.Code;
import glimpse.service.queue.FutureFailure;
import glimpse.service.queue.Job;
import glimpse.service.queue.JobResult;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Checks requests, queues their images and makes responses of the results. Thread-safe. */
public final class InferenceStarter {
    private static final long RETRY_MILLIS = 200;

    private final ImageDecoder decoder;
    private final ServerMetrics metrics;
    private final Executor executor;

    /**
     * Creates a starter.
     *
     * @param decoder decodes encoded images
     * @param executor makes the responses
     */
    public InferenceStarter(ImageDecoder decoder, ServerMetrics metrics, Executor executor) {
        this.decoder = decoder;
        this.metrics = metrics;
        this.executor = executor;
    }

    /**
     * Checks a request against a model, decodes its images in the calling thread and queues them.
     *
     * @param priority if the request has none of its own
     * @param timeLeft how long the client still waits, if the request doesn't say less
     * @param memory holds the results and the response
     * @throws OipException if the request doesn't fit the model, the queue refuses it, or there isn't enough memory for
     *     the response at the moment
     */
    public Inference start(
            ServedModel model, InferRequest request, Priority priority, Duration timeLeft, RequestMemory memory)
            throws OipException {
        long start = System.nanoTime();
        try {
            Duration limit = request.timeout()
                    .filter(timeout -> timeout.compareTo(timeLeft) < 0)
                    .orElse(timeLeft);
            return start(model, request, request.priority().orElse(priority), limit, memory, start);
        } catch (OipException e) {
            metrics.statistics().failed(model.name(), System.nanoTime() - start);
            throw e;
        }
    }

    private Inference start(
            ServedModel model,
            InferRequest request,
            Priority priority,
            Duration limit,
            RequestMemory memory,
            long start)
            throws OipException {
        ModelInterface described = ModelInterface.of(model);
        OutputSelection selection = OutputSelection.of(request, described);
        List<ModelInput> images = new InputReader(model.classifier(), new ImageFiles(decoder)).read(request.inputs());
        try {
            metrics.statistics().decoded(model.name(), System.nanoTime() - start);
            Duration timeLeft = limit.minusNanos(System.nanoTime() - start);
            Exchange exchange = new Exchange(
                    model, request.id(), request.inputs().getFirst().name(), selection, priority, start);
            return exchange.queue(images, timeLeft, memory, selection.responseBytes(images.size(), described));
        } catch (OipException | RuntimeException | Error e) {
            images.forEach(ModelInput::release);
            throw e;
        }
    }

    /** One request from its place in the queue to its response. */
    private final class Exchange {
        private final ServedModel model;
        private final String id;
        private final String input;
        private final OutputSelection selection;
        private final Priority priority;
        private final long start;

        Exchange(ServedModel model, String id, String input, OutputSelection selection, Priority priority, long start) {
            this.model = model;
            this.id = id;
            this.input = input;
            this.selection = selection;
            this.priority = priority;
            this.start = start;
        }

        Inference queue(List<ModelInput> images, Duration timeLeft, RequestMemory memory, long responseBytes)
                throws OipException {
            if (!memory.take(responseBytes)) {
                throw OipException.overloaded(
                        "the response takes about " + responseBytes
                                + " bytes of memory, more than there are at the moment",
                        RETRY_MILLIS);
            }
            List<Job> jobs;
            try {
                jobs = model.lane().submit(images, selection.passOutputs(), priority, timeLeft);
            } catch (RefusedException e) {
                memory.giveBack(responseBytes);
                throw OipException.of(e);
            }
            CompletableFuture<?>[] results = jobs.stream().map(Job::result).toArray(CompletableFuture[]::new);
            CompletableFuture<InferResponse> response = CompletableFuture.allOf(results)
                    .handleAsync((done, failure) -> respond(jobs, failure), executor)
                    .thenCompose(future -> future);
            int patches = images.stream().mapToInt(ModelInput::patches).sum();
            return new Inference(jobs, patches, responseBytes, response);
        }

        private CompletionStage<InferResponse> respond(List<Job> jobs, @Nullable Throwable failure) {
            try {
                InferResponse response = response(jobs, failure);
                metrics.statistics().succeeded(model.name(), System.nanoTime() - start);
                return CompletableFuture.completedStage(response);
            } catch (OipException | RuntimeException e) {
                jobs.forEach(Job::cancel); // one image's failure is the request's
                metrics.statistics().failed(model.name(), System.nanoTime() - start);
                return CompletableFuture.failedStage(e);
            }
        }

        private InferResponse response(List<Job> jobs, @Nullable Throwable failure) throws OipException {
            if (failure != null) {
                Throwable cause = FutureFailure.cause(failure);
                if (cause instanceof RefusedException refusal) {
                    throw OipException.of(refusal);
                }
                throw new CompletionException(cause);
            }
            List<ServerResult.Logits> images = new ArrayList<>();
            for (Job job : jobs) {
                JobResult result = job.result().join();
                metrics.ran(model.name(), priority, result);
                images.add(logits(result.result(), input, images.size()));
            }
            long before = System.nanoTime();
            try {
                OutputBuilder builder = new OutputBuilder(
                        ModelInterface.of(model),
                        model.classifier().transformer().labels(),
                        images);
                List<OutputTensor> outputs =
                        selection.outputs().stream().map(builder::build).toList();
                metrics.statistics().encoded(model.name(), System.nanoTime() - before);
                return new InferResponse(model.name(), id, outputs);
            } catch (NonFiniteOutputException e) {
                throw new OipException(Code.FAILED, "the model's output isn't a number");
            } catch (OutOfMemoryError e) {
                throw new OipException(Code.FAILED, "there isn't enough memory for the response");
            }
        }
    }

    /**
     * Returns the logits of an image.
     *
     * @param input the name of the request's input
     * @param image its place in the input
     * @throws OipException if there are none
     */
    static ServerResult.Logits logits(ServerResult result, String input, int image) throws OipException {
        return switch (result) {
            case ServerResult.Logits logits -> logits;
            case ServerResult.Failed failed ->
                throw failed.cause() instanceof OutOfMemoryError
                        ? OipException.noMemory(input, image)
                        : new OipException(
                                Code.FAILED,
                                "the server failed: " + failed.cause().getMessage());
        };
    }
}
