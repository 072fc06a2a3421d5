package glimpse.service.http;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.queue.JobResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Logs each request as one line of JSON, and counts it. */
public final class AccessLog implements AccessLogWriter {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS = 1e3;

    private final Consumer<String> lines;
    private final ServerMetrics metrics;

    /**
     * Creates a log.
     *
     * @param lines receives them without a line break, from several threads; must be quick
     */
    public AccessLog(Consumer<String> lines, ServerMetrics metrics) {
        this.lines = lines;
        this.metrics = metrics;
    }

    @Override
    public void log(RequestLog log) {
        ServiceRequestContext context = (ServiceRequestContext) log.context();
        RequestNotes notes = RequestNotes.of(context);
        int status = log.responseHeaders().status().code();
        metrics.replied(notes.model, status, log.requestLength(), log.responseLength());
        lines.accept(Json.write(values(log, context, notes, status)));
    }

    private static Map<String, Object> values(
            RequestLog log, ServiceRequestContext context, RequestNotes notes, int status) {
        RequestHeaders headers = log.requestHeaders();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("time", Instant.ofEpochMilli(log.requestStartTimeMillis()).toString());
        values.put("request_id", RequestIds.of(headers, context));
        putIfPresent(values, "traceparent", headers.get("traceparent"));
        values.put("client", context.clientAddress().getHostAddress());
        values.put("method", headers.method().name());
        values.put("path", context.path());
        values.put("protocol", log.sessionProtocol().uriText());
        values.put("status", status);
        putIfPresent(values, "grpc_status", log.responseTrailers().get("grpc-status"));
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

    private static void putIfPresent(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * MICROS) / MICROS;
    }
}
