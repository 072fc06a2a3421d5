package glimpse.service.grpc;

import java.util.concurrent.CompletableFuture;

/**
 * A response that will come.
 *
 * @param response may fail with an {@link glimpse.service.oip.OipException}
 * @param cancel says that nobody waits for it any more
 * @param heldBytes of memory that the response holds, to be given back once the client has it; 0 if it is small
 */
record Pending<R>(CompletableFuture<R> response, Runnable cancel, long heldBytes) {
    static <R> Pending<R> of(R response) {
        return small(CompletableFuture.completedFuture(response), () -> {});
    }

    static <R> Pending<R> small(CompletableFuture<R> response, Runnable cancel) {
        return new Pending<>(response, cancel, 0);
    }
}
