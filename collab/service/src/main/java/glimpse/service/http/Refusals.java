package glimpse.service.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refusals in the form that a request's client expects: a status of gRPC, the JSON of the Open Inference Protocol below
 * its path, otherwise one line for a person to read.
 */
final class Refusals {
    private static final String GRPC = "application/grpc";
    private static final String PROTOCOL_PATH = "/v2";

    private Refusals() {}

    static HttpResponse of(ServiceRequestContext context, HttpStatus status, String line) {
        return of(context.request().headers(), status, 0, line).toHttpResponse();
    }

    /** Returns a refusal that says when to try again. */
    static HttpResponse retryLater(ServiceRequestContext context, HttpStatus status, long afterMillis, String line) {
        return of(context.request().headers(), status, afterMillis, line).toHttpResponse();
    }

    /**
     * Returns a refusal.
     *
     * @param request null if its headers couldn't be read
     * @param retryMillis after how many milliseconds to try again; 0 if that is unknown
     */
    static AggregatedHttpResponse of(
            @Nullable RequestHeaders request, HttpStatus status, long retryMillis, String line) {
        if (request != null && isGrpc(request)) {
            return AggregatedHttpResponse.of(withRetry(ResponseHeaders.builder(HttpStatus.OK), retryMillis)
                    .add(HttpHeaderNames.CONTENT_TYPE, GRPC)
                    .addInt("grpc-status", code(status).value())
                    .add("grpc-message", line)
                    .build());
        }
        boolean json = request != null && isProtocol(request.path());
        ResponseHeadersBuilder headers = withRetry(ResponseHeaders.builder(status), retryMillis)
                .contentType(json ? MediaType.JSON : MediaType.PLAIN_TEXT_UTF_8);
        return AggregatedHttpResponse.of(
                headers.build(), HttpData.ofUtf8(json ? Json.write(Map.of("error", line)) : line + "\n"));
    }

    private static ResponseHeadersBuilder withRetry(ResponseHeadersBuilder headers, long retryMillis) {
        return retryMillis == 0 ? headers : TextResponse.retry(headers, retryMillis);
    }

    static boolean isGrpc(RequestHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.startsWith(GRPC);
    }

    private static boolean isProtocol(String path) {
        return path.startsWith(PROTOCOL_PATH)
                && (path.length() == PROTOCOL_PATH.length() || "/?".indexOf(path.charAt(PROTOCOL_PATH.length())) >= 0);
    }

    /** Returns what a status of HTTP is in gRPC, whose clients would take several of them for a server that is away. */
    private static Status.Code code(HttpStatus status) {
        return switch (status.code()) {
            case 400 -> Status.Code.INVALID_ARGUMENT;
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404, 405, 415 -> Status.Code.UNIMPLEMENTED;
            case 408, 504 -> Status.Code.DEADLINE_EXCEEDED;
            case 413, 429, 431 -> Status.Code.RESOURCE_EXHAUSTED;
            case 499 -> Status.Code.CANCELLED;
            case 503 -> Status.Code.UNAVAILABLE;
            default -> Status.Code.INTERNAL;
        };
    }
}
