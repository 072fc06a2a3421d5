package glimpse.service.grpc;

import java.util.concurrent.CompletableFuture;

/**
 * A response that will come.
 *
 * @param response may fail with an {@link glimpse.service.oip.OipException}
 * @param cancel says that nobody waits for it any more
 */
record Pending<R>(CompletableFuture<R> response, Runnable cancel) {
    static <R> Pending<R> of(R response) {
        return new Pending<>(CompletableFuture.completedFuture(response), () -> {});
    }
}
