package glimpse.service.metrics;

import glimpse.service.metrics.ModelStatistics.Total;
import glimpse.service.queue.BatchReport;
import glimpse.service.queue.JobResult;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each model has done, as the Open Inference Protocol's statistics want it. Thread-safe. */
public final class InferenceStatistics {
    private final Map<String, Counters> models = new ConcurrentHashMap<>();

    InferenceStatistics() {}

    /** Returns what a model has done so far. */
    public ModelStatistics of(String model) {
        Counters counters = models.get(model);
        return counters == null ? ModelStatistics.NONE : counters.snapshot();
    }

    /** A request got a response. */
    public void succeeded(String model, long nanos) {
        counters(model).succeeded(nanos);
    }

    /** A request got an error. */
    public void failed(String model, long nanos) {
        counters(model).failed(nanos);
    }

    /** A request was decoded. */
    public void decoded(String model, long nanos) {
        counters(model).decoded(nanos);
    }

    /** A response was made. */
    public void encoded(String model, long nanos) {
        counters(model).encoded(nanos);
    }

    void ran(String model, JobResult result) {
        counters(model).ran(result.queueNanos(), result.modelNanos());
    }

    void batchRan(BatchReport batch) {
        counters(batch.model()).batchRan(batch.images(), batch.modelNanos());
    }

    private Counters counters(String model) {
        return models.computeIfAbsent(model, name -> new Counters());
    }

    private static final class Counters {
        private long lastMillis;
        private long inferences;
        private long executions;
        private Total success = Total.NONE;
        private Total fail = Total.NONE;
        private Total queue = Total.NONE;
        private Total input = Total.NONE;
        private Total infer = Total.NONE;
        private Total output = Total.NONE;
        private final Map<Integer, Total> batches = new TreeMap<>(); // by the number of images

        synchronized void succeeded(long nanos) {
            success = success.plus(nanos);
        }

        synchronized void failed(long nanos) {
            fail = fail.plus(nanos);
        }

        synchronized void decoded(long nanos) {
            input = input.plus(nanos);
        }

        synchronized void encoded(long nanos) {
            output = output.plus(nanos);
        }

        synchronized void ran(long queueNanos, long modelNanos) {
            queue = queue.plus(queueNanos);
            infer = infer.plus(modelNanos);
        }

        synchronized void batchRan(int images, long nanos) {
            lastMillis = System.currentTimeMillis();
            inferences += images;
            executions++;
            batches.compute(
                    images,
                    (key, total) ->
                            Objects.requireNonNullElse(total, Total.NONE).plus(nanos));
        }

        synchronized ModelStatistics snapshot() {
            return new ModelStatistics(
                    lastMillis,
                    inferences,
                    executions,
                    success,
                    fail,
                    queue,
                    input,
                    infer,
                    output,
                    new TreeMap<>(batches));
        }
    }
}
