package glimpse.service.metrics;

import glimpse.service.queue.BatchReport;
import glimpse.service.queue.InferenceQueue;
import glimpse.service.queue.JobResult;
import glimpse.service.queue.Priority;
import glimpse.service.queue.QueueListener;
import glimpse.service.queue.RefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and measures what a server does. Labels are models, statuses, reasons and priorities, of which there are few;
 * nothing that a client chooses becomes one. Thread-safe.
 */
public final class ServerMetrics implements QueueListener, AutoCloseable {
    private static final String MODEL = "model";
    private static final Duration[] SECONDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };
    private static final double[] IMAGES = {1, 2, 4, 8, 16, 32, 64};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InferenceStatistics statistics = new InferenceStatistics();

    /** Creates metrics, with the process's and the virtual machine's. */
    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Adds the queue's length and estimated wait. */
    public void observe(InferenceQueue queue) {
        Gauge.builder("glimpse.queue.requests", queue, InferenceQueue::waiting)
                .description("Requests that wait for a model")
                .register(registry);
        for (Priority priority : Priority.values()) {
            Gauge.builder("glimpse.queue.wait.estimate", queue, one -> seconds(one.estimatedWait(priority)))
                    .description("How long a new request is estimated to wait")
                    .baseUnit("seconds")
                    .tag("priority", label(priority))
                    .register(registry);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String label(Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A request has been replied to.
     *
     * @param model the name of a model that is loaded, or a hyphen
     * @param status of the HTTP response
     * @param grpcStatus the number of the call's status; empty if it is none of gRPC's calls
     * @param upBytes of the request's body
     * @param downBytes of the response's body
     */
    public void replied(String model, int status, String grpcStatus, long upBytes, long downBytes) {
        Counter.builder("glimpse.requests")
                .description("Requests by the status of the response")
                .tag(MODEL, model)
                .tag("status", Integer.toString(status))
                .tag("grpc_status", grpcStatus)
                .register(registry)
                .increment();
        bytes("glimpse.received", "Bytes of request bodies", model, upBytes);
        bytes("glimpse.sent", "Bytes of response bodies", model, downBytes);
    }

    private void bytes(String name, String description, String model, long bytes) {
        Counter.builder(name)
                .description(description)
                .baseUnit("bytes")
                .tag(MODEL, model)
                .register(registry)
                .increment((double) bytes);
    }

    /** The model ran for an image. */
    public void ran(String model, Priority priority, JobResult result) {
        statistics.ran(model, result);
        Timer.builder("glimpse.queue.time")
                .description("How long a request waited for the model")
                .serviceLevelObjectives(SECONDS)
                .tag(MODEL, model)
                .tag("priority", label(priority))
                .register(registry)
                .record(Duration.ofNanos(result.queueNanos()));
        Timer.builder("glimpse.model.time")
                .description("How long the batch ran that a request was in")
                .serviceLevelObjectives(SECONDS)
                .tag(MODEL, model)
                .register(registry)
                .record(Duration.ofNanos(result.modelNanos()));
    }

    @Override
    public void batchRan(BatchReport batch) {
        statistics.batchRan(batch);
        DistributionSummary.builder("glimpse.batch.images")
                .description("Images per batch; cause: full, others had to wait, or all, nothing else waited")
                .serviceLevelObjectives(IMAGES)
                .tag(MODEL, batch.model())
                .tag("priority", label(batch.priority()))
                .tag("cause", batch.full() ? "full" : "all")
                .register(registry)
                .record(batch.images());
        Counter.builder("glimpse.patches")
                .description("Patches that the model ran on")
                .tag(MODEL, batch.model())
                .register(registry)
                .increment(batch.patches());
        Timer.builder("glimpse.model.busy")
                .description("How long the model ran")
                .tag(MODEL, batch.model())
                .register(registry)
                .record(Duration.ofNanos(batch.modelNanos()));
    }

    @Override
    public void refused(String model, RefusedException.Reason reason) {
        refused(model, reason.label());
    }

    /** A request was refused before it came to the queue. */
    public void refused(String model, String reason) {
        Counter.builder("glimpse.refusals")
                .description("Requests that weren't computed, by reason")
                .tag(MODEL, model)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void cancelled(String model) {
        refused(model, "cancelled");
    }

    @Override
    public void batchStopped(String model) {
        Counter.builder("glimpse.batches.stopped")
                .description(
                        "Batches that the model didn't finish because all their clients had gone or waited no longer")
                .tag(MODEL, model)
                .register(registry)
                .increment();
    }

    /** Returns the models' statistics, which count each request and batch as well. */
    public InferenceStatistics statistics() {
        return statistics;
    }

    /** Returns the registry, for others to add to. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Returns all metrics in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
