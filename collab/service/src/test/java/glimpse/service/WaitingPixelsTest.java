package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.node.AcceptedRequest;
import glimpse.service.model.ServedModel;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pixels of requests are outside the heap while they wait, and no longer. */
@Timeout(30)
class WaitingPixelsTest {
    private static final byte[] REQUEST = TestServer.request(1);
    private static final int PIXEL_BYTES = TestServer.patches(1) * 48;

    @TempDir
    Path folder;

    private TestServer server;
    private long before;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(folder, options -> options.withQueue(TestServer.PATIENT));
        server.post(REQUEST);
        before = heldBytes();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static long heldBytes() {
        return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    @Test
    void theyAreHeldUntilTheModelTakesThem() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> response;
        try (var _ = server.hold()) {
            response = server.sendAsync(server.patches(REQUEST));
            TestServer.await(() -> heldBytes() == before + PIXEL_BYTES);
        }
        assertThat(response.get().body()).isEqualTo(server.expectedReply(REQUEST));
        assertThat(heldBytes()).isEqualTo(before);
    }

    @Test
    void aClientThatGoesTakesThemAlong() {
        try (var _ = server.hold()) {
            CompletableFuture<?> response = server.sendAsync(server.patches(REQUEST));
            TestServer.await(() -> heldBytes() == before + PIXEL_BYTES);
            response.cancel(true);
            TestServer.await(() -> heldBytes() == before);
        }
    }

    @Test
    void aRequestThatTheQueueRefusesHoldsNone() throws Exception {
        ServedModel model = server.server.models().find("tiny").orElseThrow();
        AcceptedRequest request = model.read(REQUEST);
        assertThat(heldBytes()).isEqualTo(before + PIXEL_BYTES);
        server.server.queue().close();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> model.submit(request, Priority.INTERACTIVE, Duration.ofMinutes(1)));
        assertThat(heldBytes()).isEqualTo(before);
    }
}
