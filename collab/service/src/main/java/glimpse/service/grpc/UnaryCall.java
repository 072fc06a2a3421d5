package glimpse.service.grpc;

import glimpse.service.oip.OipException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Replies to calls with one response. */
final class UnaryCall {
    private UnaryCall() {}

    /** Makes a response at once, or throws. */
    interface Reply<R> {
        R get() throws OipException;
    }

    /** Starts what will make a response, or throws. */
    interface Start<R> {
        Pending<R> get() throws OipException;
    }

    /** Starts what has to end before there is a response, or throws. */
    interface Change {
        CompletableFuture<Void> start() throws OipException;
    }

    static <R> void reply(StreamObserver<R> responses, Reply<R> reply) {
        start(responses, () -> Pending.of(reply.get()));
    }

    static <R> void replyAfter(StreamObserver<R> responses, Change change, R response) {
        start(responses, () -> Pending.small(change.start().thenApply(done -> response), () -> {}));
    }

    static <R> void start(StreamObserver<R> responses, Start<R> start) {
        Pending<R> pending;
        try {
            pending = start.get();
        } catch (OipException | RuntimeException e) {
            responses.onError(Statuses.of(e));
            return;
        }
        if (responses instanceof ServerCallStreamObserver<R> call) {
            call.setOnCancelHandler(pending.cancel());
        }
        var _ = pending.response().whenComplete((response, failure) -> {
            if (failure == null) {
                responses.onNext(response);
                responses.onCompleted();
            } else {
                responses.onError(Statuses.of(failure));
            }
        });
    }
}
