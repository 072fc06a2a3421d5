package glimpse.service.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import glimpse.service.http.HeaderNames;
import glimpse.service.http.Json;
import glimpse.service.oip.InferResponse;
import glimpse.service.oip.OipException;
import glimpse.service.oip.json.InferResponseWriter;
import glimpse.service.queue.FutureFailure;
import java.nio.ByteBuffer;
import java.util.Map;

/** The protocol's responses. */
final class ProtocolResponses {
    /** How many bytes of JSON a body begins with that goes on with binary data. */
    static final String JSON_LENGTH = "inference-header-content-length";

    private static final long MILLIS_PER_SECOND = 1000;

    private ProtocolResponses() {}

    static HttpResponse json(Object document) {
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON, Json.write(document));
    }

    static HttpResponse error(OipException error) {
        HttpStatus status = switch (error.code()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case OVERLOADED -> HttpStatus.TOO_MANY_REQUESTS;
            case DEADLINE_PASSED -> HttpStatus.GATEWAY_TIMEOUT;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(MediaType.JSON);
        long retryAfter = error.retryAfterMillis();
        if (retryAfter > 0) {
            headers.addLong(HttpHeaderNames.RETRY_AFTER, Math.ceilDiv(retryAfter, MILLIS_PER_SECOND));
            headers.addLong(HeaderNames.RETRY_AFTER_MILLIS, retryAfter);
        }
        return HttpResponse.of(
                headers.build(), HttpData.ofUtf8(Json.write(Map.of("error", String.valueOf(error.getMessage())))));
    }

    /** Returns the response for what a future failed with. */
    static HttpResponse failure(Throwable failure) {
        Throwable cause = FutureFailure.cause(failure);
        return cause instanceof OipException error ? error(error) : HttpResponse.ofFailure(cause);
    }

    static HttpResponse inference(InferResponse response) {
        InferResponseWriter.Body body = InferResponseWriter.write(response);
        if (body.binary().isEmpty()) {
            return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(body.json()));
        }
        int bytes = body.binary().stream().mapToInt(ByteBuffer::remaining).reduce(body.json().length, Math::addExact);
        ByteBuffer all = ByteBuffer.allocate(bytes).put(body.json());
        body.binary().forEach(tensor -> all.put(tensor.slice()));
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.OCTET_STREAM)
                .addInt(JSON_LENGTH, body.json().length)
                .build();
        return HttpResponse.of(headers, HttpData.wrap(all.array()));
    }
}
