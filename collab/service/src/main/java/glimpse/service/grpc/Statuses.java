package glimpse.service.grpc;

import com.linecorp.armeria.server.RequestTimeoutException;
import glimpse.service.http.BodyBudget.BudgetExceededException;
import glimpse.service.http.HeaderNames;
import glimpse.service.oip.OipException;
import glimpse.service.queue.FutureFailure;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Turns errors into statuses of gRPC. */
final class Statuses {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of(HeaderNames.RETRY_AFTER_MILLIS, Metadata.ASCII_STRING_MARSHALLER);

    private Statuses() {}

    static Status.Code code(OipException error) {
        return switch (error.code()) {
            case INVALID -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
            case DEADLINE_PASSED -> Status.Code.DEADLINE_EXCEEDED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case FAILED -> Status.Code.INTERNAL;
        };
    }

    static StatusRuntimeException of(Throwable failure) {
        return switch (FutureFailure.cause(failure)) {
            case StatusRuntimeException status -> status;
            case OipException error -> of(error);
            case CancellationException cancelled ->
                Status.CANCELLED.withDescription("the call was cancelled").asRuntimeException();
            default -> Status.INTERNAL.withDescription("the server failed").asRuntimeException();
        };
    }

    /**
     * Returns the status of a call that failed outside of its service.
     *
     * @param trailers gets when to try again
     * @return null for what the library knows itself
     */
    static @Nullable Status outside(Throwable cause, Metadata trailers) {
        return switch (cause) {
            case BudgetExceededException exceeded -> {
                trailers.put(RETRY_AFTER, Long.toString(BudgetExceededException.RETRY_MILLIS));
                yield Status.RESOURCE_EXHAUSTED.withDescription(exceeded.getMessage());
            }
            case RequestTimeoutException timeout ->
                Status.DEADLINE_EXCEEDED.withDescription("the deadline passed before there was a reply");
            case Error error -> Status.INTERNAL.withDescription("the server failed"); // memory is short, most likely
            default -> null;
        };
    }

    private static StatusRuntimeException of(OipException error) {
        Metadata trailers = new Metadata();
        if (error.retryAfterMillis() > 0) {
            trailers.put(RETRY_AFTER, Long.toString(error.retryAfterMillis()));
        }
        return code(error).toStatus().withDescription(error.getMessage()).asRuntimeException(trailers);
    }
}
