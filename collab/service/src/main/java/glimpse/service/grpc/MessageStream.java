package glimpse.service.grpc;

import com.google.protobuf.MessageLite;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.healthcheck.HealthChecker;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import glimpse.service.http.BodyBudget;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The messages of one stream. So many at most are in progress, and no more are read while the client doesn't read its
 * responses, so that neither side's haste fills the memory. Once the server accepts no more requests, the stream ends
 * after the responses to its messages. Thread-safe.
 */
final class MessageStream<Q extends MessageLite, R> implements StreamObserver<Q> {
    private static final int IN_PROGRESS = 16;
    private static final int FRAME_BYTES = 5; // before each message

    private final ServerCallStreamObserver<R> responses;
    private final Function<Q, Pending<R>> handler;
    private final ServiceRequestContext context;

    // guarded by this
    private final Set<Pending<R>> pending = new HashSet<>();
    private int unread; // messages that may be read once the client has read its responses
    private long unreadBytes; // of memory that those responses hold
    private boolean starting; // a message that isn't pending yet
    private boolean ended; // by the client
    private boolean stopping; // the server
    private boolean closed;

    /**
     * Takes over a call.
     *
     * @param handler never throws, and its responses never fail
     * @param context of the call, whose deadline moves whenever a message comes or goes
     * @param ready whether the server accepts requests
     */
    MessageStream(
            StreamObserver<R> responses,
            Function<Q, Pending<R>> handler,
            ServiceRequestContext context,
            ListenableHealthChecker ready) {
        this.responses = (ServerCallStreamObserver<R>) responses;
        this.handler = handler;
        this.context = context;
        this.responses.disableAutoRequest();
        this.responses.setOnReadyHandler(this::readMore);
        this.responses.setOnCancelHandler(this::cancel);
        this.responses.request(IN_PROGRESS);
        Consumer<HealthChecker> change = now -> stopUnless(now.isHealthy());
        ready.addListener(change);
        var _ = context.log().whenComplete().thenRun(() -> ready.removeListener(change));
        stopUnless(ready.isHealthy());
    }

    private synchronized void stopUnless(boolean serverIsReady) {
        stopping = !serverIsReady;
        completeIfDone();
    }

    @Override
    public void onNext(Q message) {
        active();
        int bytes = FRAME_BYTES + message.getSerializedSize(); // the message itself isn't kept until its response
        synchronized (this) {
            starting = true;
        }
        Pending<R> started = handler.apply(message);
        boolean unwanted;
        synchronized (this) {
            starting = false;
            unwanted = closed;
            pending.add(started);
        }
        if (unwanted) {
            started.cancel().run();
        }
        var _ = started.response().whenComplete((response, failure) -> {
            BodyBudget.handled(context, bytes);
            if (failure == null) {
                send(started, response);
            } else {
                fail(failure);
            }
        });
    }

    private void active() {
        CallDeadline.of(context).extend(context);
    }

    private synchronized void send(Pending<R> done, R response) {
        pending.remove(done);
        if (closed) {
            return;
        }
        active();
        responses.onNext(response);
        unread++;
        unreadBytes += done.heldBytes();
        readMore();
        completeIfDone();
    }

    private synchronized void fail(Throwable failure) {
        if (!closed) {
            closed = true;
            responses.onError(Statuses.of(failure));
        }
    }

    private synchronized void readMore() {
        if (unread > 0 && !closed && !ended && responses.isReady()) {
            int more = unread;
            BodyBudget.handled(context, unreadBytes);
            unread = 0;
            unreadBytes = 0;
            responses.request(more);
        }
    }

    private void completeIfDone() {
        if (starting || !pending.isEmpty() || closed) {
            return;
        }
        if (ended) {
            closed = true;
            responses.onCompleted();
        } else if (stopping) {
            closed = true;
            responses.onError(Status.UNAVAILABLE
                    .withDescription("the server is starting or shutting down")
                    .asRuntimeException());
        }
    }

    @Override
    public synchronized void onCompleted() {
        ended = true;
        completeIfDone();
    }

    @Override
    public void onError(Throwable failure) {
        cancel();
    }

    private void cancel() {
        Set<Pending<R>> abandoned;
        synchronized (this) {
            closed = true;
            abandoned = Set.copyOf(pending);
        }
        abandoned.forEach(one -> one.cancel().run());
    }
}
