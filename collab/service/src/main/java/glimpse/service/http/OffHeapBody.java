package glimpse.service.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's whole body, outside the heap until it is closed. Large bodies that wait to be decoded would fill the
 * survivor spaces, and what doesn't fit there becomes old. Not thread-safe.
 */
public final class OffHeapBody implements AutoCloseable {
    private static final int INITIAL_BYTES = 16 << 10; // it grows with what has come, whatever was announced

    private final ByteBuf content;

    private OffHeapBody(ByteBuf content) {
        this.content = content;
    }

    /** Returns a request's body once all of it has come; the receiver closes it. May be called once for a request. */
    public static CompletableFuture<OffHeapBody> of(ServiceRequestContext context, HttpRequest request) {
        Collector collector = new Collector(context.alloc().directBuffer(INITIAL_BYTES));
        request.subscribe(collector, context.eventLoop());
        return collector.body;
    }

    /** Returns how many bytes it has. */
    public int bytes() {
        return content.readableBytes();
    }

    /** Returns a stream of its first bytes, which may be read until this is closed. */
    public InputStream beginning(int bytes) {
        return new ByteBufInputStream(content.slice(0, bytes));
    }

    /** Returns what follows its first bytes, which may be read until this is closed. */
    public ByteBuffer after(int bytes) {
        return content.nioBuffer(bytes, content.readableBytes() - bytes);
    }

    @Override
    public void close() {
        content.release();
    }

    /** Appends each chunk to what has come, on the event loop. */
    private static final class Collector implements Subscriber<HttpObject> {
        private final CompletableFuture<OffHeapBody> body = new CompletableFuture<>();
        private final ByteBuf content;

        Collector(ByteBuf content) {
            this.content = content;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(HttpObject object) {
            if (object instanceof HttpData data) {
                content.writeBytes(data.array());
            }
        }

        @Override
        public void onError(Throwable cause) {
            content.release();
            body.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            if (!body.complete(new OffHeapBody(content))) {
                content.release();
            }
        }
    }
}
