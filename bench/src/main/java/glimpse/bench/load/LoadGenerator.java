package glimpse.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request over and over. A broken connection is counted and replaced; one that has had nothing to do for a
 * while is replaced before it is used, since a server closes such connections.
 */
final class LoadGenerator {
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos(); // the server's default is 15 s
    private static final Duration PAUSE_AFTER_BREAK = Duration.ofMillis(10);

    private final HttpTarget target;
    private final int connections;
    private final LoadResult modelTimes = new LoadResult();

    LoadGenerator(HttpTarget target, int connections) {
        this.target = target;
        this.connections = connections;
    }

    /** Returns how long the model took, by status, as the server says. */
    LoadResult modelTimes() {
        return modelTimes;
    }

    /**
     * Closed loop: each connection sends its next request as soon as it has its reply, or, if it was refused, once it
     * may, as the server says.
     */
    LoadResult closed(Duration duration) {
        LoadResult result = new LoadResult();
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> {
                    try (Client client = new Client()) {
                        while (System.nanoTime() - end < 0) {
                            long waitNanos = client.exchange(System.nanoTime(), result);
                            LockSupport.parkNanos(Math.min(waitNanos, end - System.nanoTime()));
                        }
                    }
                });
            }
        }
        return result;
    }

    /**
     * Open loop: requests come at a steady rate, whatever becomes of earlier ones. A request that finds no connection
     * free waits for one, and its time counts from when it was due.
     */
    LoadResult open(Duration duration, double perSecond) throws InterruptedException {
        LoadResult result = new LoadResult();
        BlockingDeque<Client> free = new LinkedBlockingDeque<>();
        for (int i = 0; i < connections; i++) {
            free.add(new Client());
        }
        long start = System.nanoTime();
        long count = (long) (perSecond * duration.toNanos() / 1e9);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < count; i++) {
                long due = start + (long) (i * 1e9 / perSecond);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                threads.execute(() -> {
                    try {
                        Client client = free.takeFirst();
                        client.exchange(due, result);
                        free.addFirst(client);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }
        free.forEach(Client::close);
        return result;
    }

    /** One connection at a time. */
    private final class Client implements AutoCloseable {
        private @Nullable HttpConnection connection;
        private long usedNanos;

        /** Sends the request, and returns for how many nanoseconds the server asks to wait before the next. */
        long exchange(long due, LoadResult result) {
            if (System.nanoTime() - usedNanos > KEPT_NANOS) {
                close();
            }
            try {
                HttpConnection used = connection;
                if (used == null) {
                    used = new HttpConnection(target);
                    connection = used;
                }
                HttpConnection.Response response = used.exchange();
                usedNanos = System.nanoTime();
                result.add(response.status(), System.nanoTime() - due);
                if (response.modelNanos() > 0) {
                    modelTimes.add(response.status(), response.modelNanos());
                }
                return Duration.ofMillis(response.retryMillis()).toNanos();
            } catch (IOException e) {
                result.add(LoadResult.BROKEN, System.nanoTime() - due);
                close();
                LockSupport.parkNanos(PAUSE_AFTER_BREAK.toNanos());
                return 0;
            }
        }

        @Override
        public void close() {
            HttpConnection used = connection;
            connection = null;
            if (used != null) {
                try {
                    used.close();
                } catch (IOException e) {
                    // it is broken
                }
            }
        }
    }
}
