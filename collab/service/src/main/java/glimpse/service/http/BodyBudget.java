package glimpse.service.http;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.oip.RequestMemory;
import glimpse.service.queue.FutureFailure;
import io.netty.util.AttributeKey;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that the bodies of all requests take together, from their first byte until the response has been
 * sent, and refuses those that don't fit. Counts what has come, not what was announced, so that a client that sends
 * nothing takes nothing from others; what was compressed is counted again as it is decoded ({@link #countDecoded}, and
 * {@link #memory} for messages of gRPC), and large responses are counted with their requests. A stream of messages
 * gives back each message's share once it has been replied to ({@link #handled}). Thread-safe.
 */
public final class BodyBudget implements DecoratingHttpServiceFunction {
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
        if (heldBytes.get() >= limitBytes) {
            metrics.refused("-", REASON);
            return refusal(context);
        }
        Share share = new Share(request.headers().contains(HttpHeaderNames.CONTENT_ENCODING));
        context.setAttr(SHARE, share);
        // who decompresses messages asks for the request's context, which the event loop's tasks have
        Executor delivery = hasCompressedMessages(request) ? context.eventLoop() : Runnable::run;
        CountedBody body = new CountedBody(request, share::take, delivery);
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
        return Refusals.isGrpc(request.headers()) && context.exchangeType() == ExchangeType.BIDI_STREAMING;
    }

    private static boolean hasCompressedMessages(HttpRequest request) {
        return Refusals.isGrpc(request.headers()) && request.headers().contains("grpc-encoding");
    }

    /** Counts a body that is decoded between the budget and a service; decorates the service itself. */
    public static HttpResponse countDecoded(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Share share = context.attr(SHARE);
        if (share == null || !share.encoded) {
            return service.serve(context, request);
        }
        HttpRequest counted = HttpRequest.of(request.headers(), new CountedBody(request, share::take, Runnable::run));
        context.updateRequest(counted);
        return service.serve(context, counted);
    }

    /**
     * Returns the memory for a request's responses and for what its messages expand to, which is part of the budget.
     */
    public static RequestMemory memory(ServiceRequestContext context) {
        return Objects.requireNonNullElse(context.attr(SHARE), RequestMemory.UNBOUNDED);
    }

    /** Gives back the share of what isn't needed any more, although more of the body may come. */
    public static void handled(ServiceRequestContext context, long bytes) {
        Share share = context.attr(SHARE);
        if (share != null) {
            share.giveBack(bytes);
        }
    }

    /**
     * Returns why there is no body: if it came compressed and no other reason is known, that it can't be decoded.
     *
     * @param failure of {@link WholeBody#of}
     */
    public static Throwable reason(ServiceRequestContext context, Throwable failure) {
        Throwable cause = FutureFailure.cause(failure);
        Share share = context.attr(SHARE);
        boolean known = switch (cause) {
            case ContentTooLargeException tooLarge -> true;
            case BudgetExceededException exceeded -> true;
            case RequestTimeoutException timeout -> true;
            case ClosedStreamException closed -> true;
            case AbortedStreamException aborted -> true;
            case CancellationException cancelled -> true;
            default -> false;
        };
        return share == null || !share.encoded || known ? cause : new UndecodableBodyException(cause);
    }

    static HttpResponse refusal(ServiceRequestContext context) {
        return Refusals.retryLater(
                context,
                HttpStatus.TOO_MANY_REQUESTS,
                BudgetExceededException.RETRY_MILLIS,
                "too many bodies are being received at once");
    }

    /** What one request holds. */
    private final class Share implements RequestMemory {
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
            long given = Math.min(length, bytes); // a message may come in fewer bytes than it would be written in
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

        /** After how many milliseconds to try again. */
        public static final long RETRY_MILLIS = 200;

        /** Creates an exception. */
        public BudgetExceededException() {
            super("the bodies of all requests together are too large", null, false, false);
        }
    }

    /** Fails a request whose body isn't in the format that its headers name. */
    static final class UndecodableBodyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UndecodableBodyException(Throwable cause) {
            super("the body can't be decoded", cause);
        }
    }
}
