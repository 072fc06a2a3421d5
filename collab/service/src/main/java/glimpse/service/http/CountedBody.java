package glimpse.service.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import glimpse.service.http.BodyBudget.BudgetExceededException;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body whose chunks are counted as they come. The library's own ways to watch a body either see the chunks
 * of an aggregated one only when all have come, or keep it until the response.
 */
final class CountedBody implements StreamMessage<HttpObject> {
    private final HttpRequest request;
    private final IntPredicate take;
    private final Executor delivery;

    /**
     * Creates a body.
     *
     * @param take is told the length of each chunk and returns whether it fits
     * @param delivery passes chunks on, one after the other
     */
    CountedBody(HttpRequest request, IntPredicate take, Executor delivery) {
        this.request = request;
        this.take = take;
        this.delivery = delivery;
    }

    @Override
    public boolean isOpen() {
        return request.isOpen();
    }

    @Override
    public boolean isEmpty() {
        return request.isEmpty();
    }

    @Override
    public long demand() {
        return request.demand();
    }

    @Override
    public CompletableFuture<Void> whenComplete() {
        return request.whenComplete();
    }

    @Override
    public void subscribe(
            Subscriber<? super HttpObject> subscriber, EventExecutor executor, SubscriptionOption... options) {
        request.subscribe(new CountingSubscriber(subscriber, take, delivery), executor, options);
    }

    @Override
    public void abort() {
        request.abort();
    }

    @Override
    public void abort(Throwable cause) {
        request.abort(cause);
    }

    /** Ends with an error at the first chunk that doesn't fit. */
    private static final class CountingSubscriber implements Subscriber<HttpObject> {
        private final Subscriber<? super HttpObject> downstream;
        private final IntPredicate take;
        private final Executor delivery;
        private @Nullable Subscription upstream;
        private boolean failed;

        CountingSubscriber(Subscriber<? super HttpObject> downstream, IntPredicate take, Executor delivery) {
            this.downstream = downstream;
            this.take = take;
            this.delivery = delivery;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            downstream.onSubscribe(subscription);
        }

        @Override
        public void onNext(HttpObject object) {
            if (failed) {
                return;
            }
            if (object instanceof HttpData data && !take.test(data.length())) {
                failed = true;
                if (upstream != null) {
                    upstream.cancel();
                }
                delivery.execute(() -> downstream.onError(new BudgetExceededException()));
                return;
            }
            delivery.execute(() -> downstream.onNext(object));
        }

        @Override
        public void onError(Throwable cause) {
            if (!failed) {
                delivery.execute(() -> downstream.onError(cause));
            }
        }

        @Override
        public void onComplete() {
            if (!failed) {
                delivery.execute(downstream::onComplete);
            }
        }
    }
}
