package glimpse.service.http;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.queue.JobResult;
import glimpse.service.trace.OtlpSpans;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Logs each request as one line of JSON, and counts it. */
public final class AccessLog implements AccessLogWriter {
    private static final String GRPC_STATUS = "grpc-status";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS = 1e3;

    private final Consumer<String> lines;
    private final ServerMetrics metrics;
    private final RequestTrace trace;

    /**
     * Creates a log.
     *
     * @param lines receives them without a line break, from several threads; must be quick
     * @param spans records each request's spans, if they are wanted
     */
    public AccessLog(Consumer<String> lines, ServerMetrics metrics, Optional<OtlpSpans> spans) {
        this.lines = lines;
        this.metrics = metrics;
        this.trace = new RequestTrace(spans);
    }

    @Override
    public void log(RequestLog log) {
        ServiceRequestContext context = (ServiceRequestContext) log.context();
        RequestNotes notes = RequestNotes.of(context);
        HttpStatus sent = log.responseHeaders().status();
        // nothing was sent: the client had gone
        int status = (sent.equals(HttpStatus.UNKNOWN) ? HttpStatus.CLIENT_CLOSED_REQUEST : sent).code();
        String grpcStatus = grpcStatus(log);
        metrics.replied(notes.model, status, grpcStatus, log.requestLength(), log.responseLength());
        lines.accept(Json.write(values(log, context, notes, status, grpcStatus)));
    }

    /** Returns the status of a call of gRPC; empty for other requests and for calls that nothing was sent to. */
    private static String grpcStatus(RequestLog log) {
        String inTrailers = log.responseTrailers().get(GRPC_STATUS, "");
        return inTrailers.isEmpty() ? log.responseHeaders().get(GRPC_STATUS, "") : inTrailers; // without a message
    }

    private Map<String, Object> values(
            RequestLog log, ServiceRequestContext context, RequestNotes notes, int status, String grpcStatus) {
        RequestHeaders headers = log.requestHeaders();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("time", Instant.ofEpochMilli(log.requestStartTimeMillis()).toString());
        values.put("request_id", RequestIds.of(headers, context));
        trace.add(log, context, notes, values);
        values.put("client", context.clientAddress().getHostAddress());
        values.put("method", headers.method().name());
        values.put("path", context.path());
        values.put("protocol", log.sessionProtocol().uriText());
        values.put("status", status);
        if (!grpcStatus.isEmpty()) {
            values.put("grpc_status", grpcStatus);
        }
        values.put("bytes_in", log.requestLength());
        values.put("bytes_out", log.responseLength());
        values.put("millis", millis(log.totalDurationNanos()));
        if (notes.patches >= 0) {
            values.put("patches", notes.patches);
        }
        JobResult result = notes.result;
        if (result != null) {
            values.put("batch_images", result.batchImages());
            values.put("queue_millis", millis(result.queueNanos()));
            values.put("model_millis", millis(result.modelNanos()));
        }
        Throwable cause = log.responseCause();
        if (cause != null) {
            values.put("error", cause.getClass().getSimpleName());
        }
        return values;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * MICROS) / MICROS;
    }
}
