package glimpse.service;

import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import glimpse.engine.Workers;
import glimpse.service.http.AccessLog;
import glimpse.service.http.ErrorResponses;
import glimpse.service.http.HealthService;
import glimpse.service.http.Lifecycle;
import glimpse.service.http.MetricsService;
import glimpse.service.http.ModelsService;
import glimpse.service.http.PageModels;
import glimpse.service.http.PageService;
import glimpse.service.http.PatchesService;
import glimpse.service.http.RequestIds;
import glimpse.service.http.TokenCheck;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ModelStore;
import glimpse.service.queue.InferenceQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The server of collaborative inference over HTTP/1.1 and HTTP/2: requests with patches in, predictions out.
 * Thread-safe.
 */
public final class GlimpseServer implements AutoCloseable {
    private static final Duration RELOAD_PERIOD = Duration.ofSeconds(1);

    private final ServerOptions options;
    private final Lifecycle lifecycle = new Lifecycle();
    private final ServerMetrics metrics = new ServerMetrics();
    private final InferenceQueue queue;
    private final ModelStore models;
    private final Server server;
    private final ScheduledExecutorService reloads;

    private GlimpseServer(ServerOptions options, Workers workers) {
        this.options = options;
        this.queue = new InferenceQueue(options.queue(), metrics);
        this.models = new ModelStore(options.models(), workers, queue);
        this.server = build(workers.threads());
        this.reloads = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("glimpse-reload").daemon().factory());
        metrics.observe(queue);
    }

    /**
     * Starts a server: listens, then loads the models and warms them up, and returns when it is ready. Before that,
     * requests are refused and {@code /health/ready} says so.
     *
     * @param workers run the models; the caller closes them after the server
     * @throws IOException if the address isn't available, or a model or a certificate can't be loaded; the message
     *     names it
     * @throws IllegalArgumentException if two models have the same name, or there are none
     */
    public static GlimpseServer start(ServerOptions options, Workers workers) throws IOException {
        Objects.requireNonNull(workers, "workers");
        GlimpseServer started = new GlimpseServer(options, workers);
        try {
            started.listen();
            started.models.load();
        } catch (IOException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
        started.lifecycle.ready();
        var _ = started.reloads.scheduleWithFixedDelay(
                started::reloadChanged, RELOAD_PERIOD.toMillis(), RELOAD_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    private Server build(int threads) {
        HttpLimits limits = options.http();
        ServerBuilder builder = Server.builder();
        options.tls()
                .ifPresentOrElse(
                        files -> Tls.configure(builder.https(options.address()), files),
                        () -> builder.http(options.address()));
        HttpService patches = new PatchesService(models, metrics, limits.requestTime());
        builder.maxRequestLength(limits.requestBytes())
                .requestTimeout(limits.requestTime())
                .maxNumConnections(limits.connections())
                .gracefulShutdownTimeout(Duration.ZERO, limits.drainTime())
                .blockingTaskExecutor(
                        BlockingTaskExecutor.builder()
                                .numThreads(threads)
                                .threadNamePrefix("glimpse-request")
                                .build(),
                        true)
                .meterRegistry(metrics.registry())
                .disableServerHeader()
                .errorHandler(new ErrorResponses())
                .accessLogWriter(new AccessLog(options.accessLog(), metrics), false);
        builder.route().post(PatchesService.PATH).build(patches.decorate(lifecycle));
        builder.route().get(ModelsService.PATH).build(new ModelsService(models));
        builder.route().get(MetricsService.PATH).build(new MetricsService(metrics));
        builder.route()
                .get(HealthService.LIVE_PATH)
                .head(HealthService.LIVE_PATH)
                .build(new HealthService(() -> true));
        builder.route()
                .get(HealthService.READY_PATH)
                .head(HealthService.READY_PATH)
                .build(new HealthService(lifecycle::isReady));
        if (options.page().shown()) {
            PageService.bind(builder, new PageModels(models, options.page().edge(), limits.requestTime()), lifecycle);
        }
        options.tokens().ifPresent(tokens -> builder.decorator(new TokenCheck(tokens, metrics)));
        return builder.decorator(new RequestIds()).build();
    }

    private void listen() throws IOException {
        try {
            server.start().join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException("can't listen at " + options.address() + ": " + cause.getMessage(), e);
        }
    }

    private void reloadChanged() {
        models.reloadChanged().forEach(reload -> options.log().accept(reload.message()));
    }

    /** Returns the address that this server listens at, with the port that was chosen. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(server.activePort(), "the server is closed")
                .localAddress();
    }

    /** Returns the models that are loaded. */
    public ModelStore models() {
        return models;
    }

    /** Returns what the server counts and measures. */
    public ServerMetrics metrics() {
        return metrics;
    }

    /**
     * Refuses new requests, waits until every accepted one has been replied to, and stops. The last wait is bounded by
     * the drain time.
     */
    @Override
    public void close() {
        lifecycle.draining();
        reloads.shutdownNow();
        queue.drain();
        server.stop().join();
        queue.close();
        metrics.close();
    }
}
