package glimpse.service;

import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import glimpse.engine.Workers;
import glimpse.service.connection.Connections;
import glimpse.service.connection.PeerLimits;
import glimpse.service.grpc.GrpcServices;
import glimpse.service.http.AccessLog;
import glimpse.service.http.BodyBudget;
import glimpse.service.http.ErrorResponses;
import glimpse.service.http.HealthService;
import glimpse.service.http.Lifecycle;
import glimpse.service.http.MetricsService;
import glimpse.service.http.ModelsService;
import glimpse.service.http.PageModels;
import glimpse.service.http.PageService;
import glimpse.service.http.PatchesService;
import glimpse.service.http.PeerCheck;
import glimpse.service.http.RequestIds;
import glimpse.service.http.TokenCheck;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ModelStore;
import glimpse.service.oip.InferenceStarter;
import glimpse.service.oip.Repository;
import glimpse.service.queue.InferenceQueue;
import glimpse.service.rest.InferenceProtocol;
import glimpse.service.trace.OtlpSpans;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The server of collaborative inference over HTTP/1.1 and HTTP/2: requests with patches in, predictions out.
 * Thread-safe.
 */
public final class GlimpseServer implements AutoCloseable {
    private static final int HEADER_BYTES = 8192;
    private static final int CHUNK_BYTES = 64 << 10; // of a body, which is passed on in so many pieces
    private static final int CLOSING = 256; // connections that are being closed to make room for others
    private static final int RESETS = 400; // streams that a client may open and reset at once: per so many seconds
    private static final int RESETS_SECONDS = 60;

    private final ServerOptions options;
    private final Lifecycle lifecycle = new Lifecycle();
    private final ServerMetrics metrics = new ServerMetrics();
    private final Connections connections;
    private final Optional<OtlpSpans> spans;
    private final BodyBudget bodies;
    private final InferenceQueue queue;
    private final ModelStore models;
    private final ExecutorService loads;
    private final Server server;
    private final ScheduledExecutorService reloads;

    private GlimpseServer(ServerOptions options, Workers workers, Optional<Tls> tls) {
        this.options = options;
        HttpLimits limits = options.http();
        PeerLimits peerLimits = new PeerLimits(
                limits.peerConnections(), limits.peerRequests(), limits.requestTime(), limits.idleTime());
        this.connections = new Connections(peerLimits, limits.connections(), reason -> metrics.refused("-", reason));
        this.spans = options.telemetry()
                .otlpEndpoint()
                .map(endpoint -> new OtlpSpans(endpoint, options.telemetry().log()));
        this.bodies = new BodyBudget(limits.bodyBytes(), metrics);
        this.queue = new InferenceQueue(
                workers.threads(), options.queue(), metrics, options.telemetry().log());
        this.models = new ModelStore(options.models(), workers, queue);
        this.loads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("glimpse-load").daemon().factory());
        this.server = build(workers.threads(), tls);
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
     */
    public static GlimpseServer start(ServerOptions options, Workers workers) throws IOException {
        Objects.requireNonNull(workers, "workers");
        Optional<TlsFiles> files = options.protection().tls();
        Optional<Tls> tls = files.isPresent() ? Optional.of(Tls.read(files.get())) : Optional.empty();
        GlimpseServer started = new GlimpseServer(options, workers, tls);
        try {
            started.listen();
            started.models.load();
        } catch (IOException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
        started.lifecycle.ready();
        long period = options.reloadPeriod().toNanos();
        var _ = started.reloads.scheduleWithFixedDelay(started::reloadChanged, period, period, TimeUnit.NANOSECONDS);
        return started;
    }

    private Server build(int threads, Optional<Tls> tls) {
        HttpLimits limits = options.http();
        ServerBuilder builder = Server.builder();
        tls.ifPresentOrElse(
                it -> it.configure(builder.https(options.address())), () -> builder.http(options.address()));
        limit(builder);
        BlockingTaskExecutor executor = BlockingTaskExecutor.builder()
                .numThreads(threads)
                .threadNamePrefix("glimpse-request")
                .build();
        HttpService patches = new PatchesService(models, metrics, limits.requestTime());
        builder.bossGroupFactory(AcceptorGroups::create)
                .blockingTaskExecutor(executor, true)
                .meterRegistry(metrics.registry())
                .disableServerHeader()
                .unloggedExceptionsReportInterval(Duration.ZERO) // clients that go are in the access log
                .errorHandler(new ErrorResponses())
                .accessLogWriter(new AccessLog(options.telemetry().accessLog(), metrics, spans), false);
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
        bindInference(builder, executor);
        builder.decorator(bodies);
        options.protection().tokens().ifPresent(tokens -> builder.decorator(new TokenCheck(tokens, metrics)));
        builder.decorator(new PeerCheck(connections, metrics));
        return builder.decorator(new RequestIds()).build();
    }

    private void limit(ServerBuilder builder) {
        HttpLimits limits = options.http();
        builder.maxRequestLength(limits.requestBytes())
                .requestTimeout(limits.requestTime())
                .idleTimeout(limits.idleTime())
                .maxNumConnections(limits.connections() + CLOSING)
                .http1MaxHeaderSize(HEADER_BYTES)
                .http1MaxChunkSize(CHUNK_BYTES)
                .http2MaxHeaderListSize(HEADER_BYTES)
                .http2MaxStreamsPerConnection(limits.peerRequests())
                .http2MaxResetFramesPerWindow(RESETS, RESETS_SECONDS)
                .childChannelPipelineCustomizer(connections::accept);
    }

    private void bindInference(ServerBuilder builder, BlockingTaskExecutor executor) {
        Repository repository = new Repository(models, metrics.statistics(), options.modelControl(), loads);
        InferenceStarter starter = new InferenceStarter(options.images(), metrics, executor);
        InferenceProtocol.bind(
                builder, repository, starter, lifecycle::isReady, options.http().requestTime());
        GrpcServices.bind(
                builder,
                repository,
                starter,
                metrics,
                lifecycle.health(),
                options.http().requestBytes(),
                options.http().requestTime(),
                executor);
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
        try {
            models.reloadChanged().forEach(reload -> options.telemetry().log().accept(reload.message()));
        } catch (RuntimeException | Error _) { // of the log, most likely; thrown on, it would end all reloads
        }
    }

    /** Returns the address that this server listens at, with the port that was chosen. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(server.activePort(), "the server is closed")
                .localAddress();
    }

    InferenceQueue queue() {
        return queue;
    }

    BodyBudget bodies() {
        return bodies;
    }

    Connections connections() {
        return connections;
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
        connections.drain(options.http().drainTime());
        loads.shutdown();
        server.stop().join();
        queue.close();
        spans.ifPresent(OtlpSpans::close);
        metrics.close();
    }
}
