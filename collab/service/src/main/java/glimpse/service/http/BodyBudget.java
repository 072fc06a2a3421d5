package glimpse.service.http;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.oip.ResponseMemory;
import io.netty.util.AttributeKey;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory that the bodies of all requests take together, from their first byte until the response has been
 * sent, and refuses those that don't fit. Counts what has come, not what was announced, so that a client that sends
 * nothing takes nothing from others; what was compressed is counted again as it is decoded ({@link #countDecoded}), and
 * large responses are counted with their requests ({@link #responses}). A stream of messages gives back each message's
 * share once it has been replied to ({@link #handled}). Thread-safe.
 */
public final class BodyBudget implements DecoratingHttpServiceFunction {
    private static final long RETRY_MILLIS = 200;
    private static final String REASON = "body_memory";
    private static final AttributeKey<Share> SHARE = AttributeKey.valueOf(BodyBudget.class, "share");

    private final long limitBytes;
    private final ServerMetrics metrics;
    private final AtomicLong heldBytes = new AtomicLong();

    /**
     * Creates a budget.
     *
     * @param limitBytes of all bodies together, at least 1
     */
    public BodyBudget(long limitBytes, ServerMetrics metrics) {
        this.limitBytes = limitBytes;
        this.metrics = metrics;
    }

    /** Returns how many bytes of bodies are held now. */
    public long heldBytes() {
        return heldBytes.get();
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (request.isEmpty()) {
            return service.serve(context, request);
        }
        // a call of gRPC gets its status where its first chunk doesn't fit
        if (heldBytes.get() >= limitBytes && !isGrpc(request.contentType())) {
            metrics.refused("-", REASON);
            return refusal();
        }
        Share share = new Share(request.headers().contains(HttpHeaderNames.CONTENT_ENCODING));
        context.setAttr(SHARE, share);
        CountedBody body = new CountedBody(request, share::take);
        // a request made of a publisher keeps its body until the response, but otherwise a stream that doesn't fit ends
        // with HTTP's status instead of gRPC's
        HttpRequest counted = isStream(context, request)
                ? HttpRequest.of(request.headers(), subscriber -> body.subscribe(subscriber, context.eventLoop()))
                : HttpRequest.of(request.headers(), body);
        context.updateRequest(counted);
        var _ = context.log().whenComplete().thenRun(share::release);
        return service.serve(context, counted);
    }

    private static boolean isStream(ServiceRequestContext context, HttpRequest request) {
        return isGrpc(request.contentType()) && context.exchangeType() == ExchangeType.BIDI_STREAMING;
    }

    private static boolean isGrpc(@Nullable MediaType type) {
        return type != null
                && type.type().equals("application")
                && type.subtype().startsWith("grpc");
    }

    /** Counts a body that is decoded between the budget and a service; decorates the service itself. */
    public static HttpResponse countDecoded(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Share share = context.attr(SHARE);
        if (share == null || !share.encoded) {
            return service.serve(context, request);
        }
        HttpRequest counted = HttpRequest.of(request.headers(), new CountedBody(request, share::take));
        context.updateRequest(counted);
        return service.serve(context, counted);
    }

    /** Returns the memory for a request's responses, which is part of the budget. */
    public static ResponseMemory responses(ServiceRequestContext context) {
        return Objects.requireNonNullElse(context.attr(SHARE), ResponseMemory.UNBOUNDED);
    }

    /** Gives back the share of what isn't needed any more, although more of the body may come. */
    public static void handled(ServiceRequestContext context, long bytes) {
        Share share = context.attr(SHARE);
        if (share != null) {
            share.giveBack(bytes);
        }
    }

    static HttpResponse refusal() {
        return TextResponse.retryLater(
                HttpStatus.TOO_MANY_REQUESTS, RETRY_MILLIS, "too many bodies are being received at once");
    }

    /** What one request holds. */
    private final class Share implements ResponseMemory {
        private final boolean encoded; // the body is compressed
        private long bytes;
        private boolean released;

        Share(boolean encoded) {
            this.encoded = encoded;
        }

        /** Returns whether a chunk or a response fits. */
        @Override
        public synchronized boolean take(long length) {
            if (released) {
                return true; // the response has been sent, nobody keeps the rest
            }
            if (heldBytes.addAndGet(length) > limitBytes) {
                heldBytes.addAndGet(-length);
                metrics.refused("-", REASON);
                return false;
            }
            bytes += length;
            return true;
        }

        @Override
        public synchronized void giveBack(long length) {
            long given = Math.min(length, bytes); // a message that came compressed took less
            if (!released) {
                bytes -= given;
                heldBytes.addAndGet(-given);
            }
        }

        synchronized void release() {
            released = true;
            heldBytes.addAndGet(-bytes);
        }
    }

    /** Fails a request in the middle of its body. */
    public static final class BudgetExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BudgetExceededException() {
            super("the bodies of all requests together are too large", null, false, false);
        }
    }
}
