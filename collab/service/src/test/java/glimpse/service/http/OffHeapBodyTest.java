package glimpse.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OffHeapBodyTest {
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final HttpRequestWriter request = HttpRequest.streaming(RequestHeaders.of(HttpMethod.POST, "/"));
    private final ServiceRequestContext context =
            ServiceRequestContext.builder(request).alloc(memory).build();
    private final CompletableFuture<OffHeapBody> body = OffHeapBody.of(context, request);

    @AfterEach
    void allMemoryIsGivenBack() throws Exception {
        context.eventLoop().submit(() -> {}).get(); // what ended the request has been handled
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    private void send(byte... chunk) {
        assertThat(request.tryWrite(HttpData.wrap(chunk))).isTrue();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void chunksStandInTheOrderInWhichTheyCame() throws Exception {
        send((byte) 1, (byte) 2);
        send((byte) 3);
        send((byte) 4, (byte) 5);
        request.close();
        try (OffHeapBody whole = body.get()) {
            assertThat(whole.bytes()).isEqualTo(5);
            assertThat(whole.beginning(3).readAllBytes()).containsExactly(1, 2, 3);
            assertThat(bytes(whole.after(3))).containsExactly(4, 5);
        }
    }

    @Test
    void aLongBodyGrowsOutsideTheHeap() throws Exception {
        byte[] chunk = new byte[50_000];
        for (int i = 0; i < 10; i++) {
            chunk[0] = (byte) i;
            send(chunk.clone());
        }
        request.close();
        try (OffHeapBody whole = body.get()) {
            assertThat(whole.bytes()).isEqualTo(500_000);
            assertThat(whole.after(450_000).get(0)).isEqualTo((byte) 9);
            assertThat(memory.metric().usedDirectMemory()).isGreaterThanOrEqualTo(500_000);
            assertThat(memory.metric().usedHeapMemory()).isZero();
        }
    }

    @Test
    void aRequestThatEndsEarlyKeepsNothing() {
        send((byte) 1, (byte) 2);
        IllegalStateException cause = new IllegalStateException("the client has gone");
        request.close(cause);
        assertThat(body).failsWithin(10, TimeUnit.SECONDS).withThrowableThat().withCause(cause);
    }

    @Test
    void aBodyThatNobodyWaitsForAnyMoreIsNotKept() throws Exception {
        send((byte) 1, (byte) 2);
        body.cancel(false);
        request.close();
        request.whenComplete().get();
    }
}
