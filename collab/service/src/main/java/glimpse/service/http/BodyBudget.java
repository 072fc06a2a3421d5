package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.metrics.ServerMetrics;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory that the bodies of all requests take together, from their first byte until the response has been
 * sent, and refuses those that don't fit. Counts what has come, not what was announced, so that a client that sends
 * nothing takes nothing from others. Calls of gRPC aren't counted: a stream's messages are bounded one by one.
 * Thread-safe.
 */
public final class BodyBudget implements DecoratingHttpServiceFunction {
    private static final long RETRY_MILLIS = 200;

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
        if (request.isEmpty() || isGrpc(request.contentType())) {
            return service.serve(context, request);
        }
        if (heldBytes.get() >= limitBytes) {
            return refuse();
        }
        Share share = new Share();
        HttpRequest counted = request.peekData(data -> share.take(data.length()));
        context.updateRequest(counted);
        var _ = context.log().whenComplete().thenRun(share::release);
        return service.serve(context, counted).recover(BudgetExceededException.class, e -> refuse());
    }

    private static boolean isGrpc(@Nullable MediaType type) {
        return type != null
                && type.type().equals("application")
                && type.subtype().startsWith("grpc");
    }

    private HttpResponse refuse() {
        metrics.refused("-", "body_memory");
        return TextResponse.retryLater(
                HttpStatus.TOO_MANY_REQUESTS, RETRY_MILLIS, "too many bodies are being received at once");
    }

    /** What one request holds. */
    private final class Share {
        private long bytes;
        private boolean released;

        synchronized void take(int length) {
            if (released) {
                return; // the response has been sent, nobody keeps the rest
            }
            if (heldBytes.addAndGet(length) > limitBytes) {
                heldBytes.addAndGet(-length);
                throw new BudgetExceededException();
            }
            bytes += length;
        }

        synchronized void release() {
            released = true;
            heldBytes.addAndGet(-bytes);
        }
    }

    private static final class BudgetExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BudgetExceededException() {
            super("the bodies of all requests together are too large", null, false, false);
        }
    }
}
