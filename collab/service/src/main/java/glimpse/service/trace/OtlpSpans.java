package glimpse.service.trace;

import glimpse.collab.channel.TraceParent;
import glimpse.service.trace.TracedRequest.ModelRun;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends spans to an OpenTelemetry collector over HTTP: one per request, with children for the time in the queue and in
 * the model. A client's decision not to record its trace is respected. Spans wait in a bounded queue; what doesn't fit
 * because the collector is away or slow is dropped. Thread-safe.
 */
public final class OtlpSpans implements AutoCloseable {
    private static final String SERVICE = "glimpse-serve";
    private static final int WAITING_SPANS = 8192;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int NANOS_PER_MICRO = 1000;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    // the library would print a stack trace; held, since a logger that isn't is forgotten with its level
    private final Logger silenced = Logger.getLogger("io.opentelemetry");

    /**
     * Prepares to send spans.
     *
     * @param endpoint the collector's address, such as {@code http://localhost:4318}; {@code /v1/traces} is appended
     * @param log takes a line when spans can't be sent, and when they can again
     */
    public OtlpSpans(URI endpoint, Consumer<String> log) {
        silenced.setLevel(Level.OFF);
        URI address = URI.create(endpoint.toString().replaceFirst("/+$", "") + "/v1/traces");
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(address.toString())
                .setTimeout(TIMEOUT)
                .setRetryPolicy(null) // the next spans are more interesting than late ones
                .build();
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), SERVICE))))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(new ReportingExporter(exporter, address, log))
                        .setMaxQueueSize(WAITING_SPANS)
                        .build())
                .build();
        this.tracer = provider.get(SERVICE);
    }

    /**
     * Records the spans of a request.
     *
     * @return the request's own span
     */
    public TraceParent record(TracedRequest request) {
        long start = request.startMicros() * NANOS_PER_MICRO;
        SpanBuilder builder = tracer.spanBuilder(request.name())
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .setAttribute("http.response.status_code", request.status());
        builder.setParent(request.parent().map(OtlpSpans::context).orElseGet(Context::root));
        request.attributes().forEach((name, value) -> put(builder, name, value));
        Span span = builder.startSpan();
        request.run().ifPresent(run -> recordRun(run, start, Context.root().with(span)));
        if (request.status() >= FIRST_SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(start + request.nanos(), TimeUnit.NANOSECONDS);
        SpanContext context = span.getSpanContext();
        return new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled());
    }

    private static Context context(TraceParent parent) {
        TraceFlags flags = parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        parent.traceId(), parent.spanId(), flags, TraceState.getDefault())));
    }

    private static void put(SpanBuilder builder, String name, Object value) {
        switch (value) {
            case Boolean one -> builder.setAttribute(name, one);
            case Long one -> builder.setAttribute(name, one);
            case Double one -> builder.setAttribute(name, one);
            default -> builder.setAttribute(name, value.toString());
        }
    }

    private void recordRun(ModelRun run, long start, Context parent) {
        long end = start + run.endNanos();
        long begin = end - run.modelNanos();
        child("queue", parent, begin - run.queueNanos(), begin, Map.of());
        child("model", parent, begin, end, Map.of("glimpse.batch.images", (long) run.batchImages()));
    }

    private void child(String name, Context parent, long begin, long end, Map<String, Object> attributes) {
        SpanBuilder builder = tracer.spanBuilder(name).setParent(parent).setStartTimestamp(begin, TimeUnit.NANOSECONDS);
        attributes.forEach((attribute, value) -> put(builder, attribute, value));
        builder.startSpan().end(end, TimeUnit.NANOSECONDS);
    }

    /** Sends what waits, for a bounded time. */
    @Override
    public void close() {
        provider.shutdown().join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
