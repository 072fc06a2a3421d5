package glimpse.service.http;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.collab.channel.TraceParent;
import glimpse.service.queue.JobResult;
import glimpse.service.trace.OtlpSpans;
import glimpse.service.trace.TracedRequest;
import glimpse.service.trace.TracedRequest.ModelRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trace that a request belongs to: what the access log says of it, and its spans. */
final class RequestTrace {
    private final Optional<OtlpSpans> spans;

    RequestTrace(Optional<OtlpSpans> spans) {
        this.spans = spans;
    }

    /** Records the spans of a request, if spans are wanted, and adds its ids to what is logged. */
    void add(RequestLog log, ServiceRequestContext context, RequestNotes notes, Map<String, Object> values) {
        Optional<TraceParent> parent = parent(log.requestHeaders());
        parent.ifPresent(step -> {
            values.put("trace_id", step.traceId());
            values.put("parent_span_id", step.spanId());
        });
        if (spans.isPresent() && (parent.isPresent() || notes.ofModel())) { // not for every look at the metrics
            TraceParent span = spans.get().record(traced(parent, log, context, notes));
            values.put("trace_id", span.traceId());
            values.put("span_id", span.spanId());
        }
    }

    /** Returns the client's step; empty if it names none, more than one, or one that is invalid. */
    private static Optional<TraceParent> parent(RequestHeaders headers) {
        List<String> named = headers.getAll(TraceParent.HEADER);
        return named.size() == 1 ? TraceParent.parse(named.getFirst()) : Optional.empty();
    }

    private static TracedRequest traced(
            Optional<TraceParent> parent, RequestLog log, ServiceRequestContext context, RequestNotes notes) {
        String method = log.requestHeaders().method().name();
        String route = context.config().route().patternString();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("http.request.method", method);
        attributes.put("http.route", route);
        attributes.put("url.path", context.path());
        attributes.put("client.address", context.clientAddress().getHostAddress());
        attributes.put("http.request.body.size", log.requestLength());
        attributes.put("http.response.body.size", log.responseLength());
        attributes.put("glimpse.request_id", RequestIds.of(log.requestHeaders(), context));
        if (notes.ofModel()) {
            attributes.put("glimpse.model", notes.model);
        }
        if (notes.patches >= 0) {
            attributes.put("glimpse.patches", (long) notes.patches);
        }
        return new TracedRequest(
                parent,
                method + " " + route,
                log.requestStartTimeMicros(),
                log.totalDurationNanos(),
                log.responseHeaders().status().code(),
                attributes,
                Optional.ofNullable(notes.result).map(result -> run(result, log)));
    }

    private static ModelRun run(JobResult result, RequestLog log) {
        return new ModelRun(
                result.endNanos() - log.requestStartTimeNanos(),
                result.queueNanos(),
                result.modelNanos(),
                result.batchImages());
    }
}
