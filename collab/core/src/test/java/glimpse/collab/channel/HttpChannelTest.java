package glimpse.collab.channel;

import static glimpse.collab.channel.Exchanges.REPLY;
import static glimpse.collab.channel.Exchanges.REQUEST;
import static glimpse.collab.channel.Exchanges.failure;
import static glimpse.collab.channel.Exchanges.hanging;
import static glimpse.collab.channel.Exchanges.reply;
import static glimpse.collab.channel.Exchanges.request;
import static glimpse.collab.fixture.FaultyServer.replying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.FaultyServer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Isolated("a server comes back on its port, which another test's could have taken meanwhile")
class HttpChannelTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void aReplyComesBackByteForByte() throws IOException {
        try (FaultyServer server = new FaultyServer(replying(200, "", REPLY));
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build()) {
            assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
            assertThat(server.requests().getFirst().body()).isEqualTo(REQUEST);
        }
    }

    @Test
    void aRequestSaysWhatTheServerNeedsToKnow() throws IOException {
        try (FaultyServer server = new FaultyServer(replying(200, "Glimpse-Model: " + HASH + "\r\n", REPLY));
                HttpChannel channel = HttpChannel.to(URI.create(server.uri() + "/behind/"), "large ü/1")
                        .token("s3cret")
                        .modelSha256(HASH)
                        .edgeId("kitchen")
                        .build()) {
            channel.exchange(REQUEST, Duration.ofMillis(1500));
            FaultyServer.Request request = server.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /behind/v1/models/large%20%C3%BC%2F1/patches HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("content-type", "application/octet-stream")
                    .containsEntry("authorization", "Bearer s3cret")
                    .containsEntry("glimpse-model", HASH)
                    .containsEntry("glimpse-deadline-millis", "1500")
                    .containsEntry("x-request-id", "kitchen-2309737967")
                    .doesNotContainKey("upgrade");
        }
    }

    @Test
    void eachAttemptIsAStepOfTheCallersTrace() throws IOException {
        try (FaultyServer server = new FaultyServer(replying(200, "", REPLY));
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build()) {
            TraceParent trace = TraceParent.begin();
            trace.call(() -> channel.exchange(REQUEST));
            trace.call(() -> channel.exchange(REQUEST));
            channel.exchange(REQUEST);
            List<TraceParent> steps = server.requests().stream()
                    .map(request -> TraceParent.parse(request.headers().getOrDefault(TraceParent.HEADER, ""))
                            .orElseThrow())
                    .toList();
            assertThat(steps).extracting(TraceParent::spanId).doesNotHaveDuplicates();
            assertThat(steps.subList(0, 2)).extracting(TraceParent::traceId).containsOnly(trace.traceId());
            assertThat(steps.getLast().traceId()).isNotEqualTo(trace.traceId());
        }
    }

    @Test
    void theConnectionIsKept() throws IOException {
        try (FaultyServer server = new FaultyServer(replying(200, "", REPLY));
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build()) {
            for (int i = 0; i < 20; i++) {
                channel.exchange(REQUEST);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anotherConnectionIsMadeIfTheServerHasComeBack() throws IOException {
        FaultyServer first = new FaultyServer(replying(200, "", REPLY));
        int port = first.port();
        try (HttpChannel channel = HttpChannel.to(first.uri(), "base").build()) {
            channel.exchange(REQUEST);
            first.close();
            assertThat(failure(channel).reason()).isEqualTo(FailureReason.UNREACHABLE);
            try (FaultyServer second = new FaultyServer(port, replying(200, "", REPLY))) {
                assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
                assertThat(second.requests()).hasSize(1);
            }
        }
    }

    @Test
    void severalThreadsExchangeAtOnceAndGetTheirOwnReplies() throws Exception {
        try (FaultyServer server = new FaultyServer((request, out, connection) -> FaultyServer.send(
                        out, 200, "", reply(ByteBuffer.wrap(request.body()).getInt(4))));
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> edges = new ArrayList<>();
            for (int edge = 0; edge < 8; edge++) {
                int id = edge;
                edges.add(() -> {
                    boolean same = true;
                    for (int i = 0; i < 25; i++) {
                        same &= Arrays.equals(channel.exchange(request(id)), reply(id));
                    }
                    return same;
                });
            }
            for (Future<Boolean> same : threads.invokeAll(edges)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FaultyServer server = new FaultyServer(hanging(asked));
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build()) {
            FutureTask<Boolean> exchange = new FutureTask<>(() -> {
                assertThat(failure(channel).reason()).isEqualTo(FailureReason.INTERRUPTED);
                return Thread.interrupted();
            });
            Thread thread = Thread.ofPlatform().start(exchange);
            asked.await();
            thread.interrupt();
            assertThat(exchange.get()).isTrue();
        }
    }

    @Test
    void closingEndsAnExchangeAndRefusesOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FaultyServer server = new FaultyServer(hanging(asked))) {
            HttpChannel channel = HttpChannel.to(server.uri(), "base").build();
            FutureTask<ChannelException> exchange = new FutureTask<>(() -> failure(channel));
            Thread.ofPlatform().start(exchange);
            asked.await();
            channel.close();
            assertThat(exchange.get().reason()).isEqualTo(FailureReason.UNREACHABLE);
            assertThat(failure(channel))
                    .hasMessage("the channel is closed")
                    .extracting(ChannelException::reason)
                    .isEqualTo(FailureReason.CHANNEL_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:80", "ftp://host", "http:///path", "http://user@host", "http://host?q", "http://h#f"})
    void anAddressThatIsNotAServersIsRejected(String address) {
        assertThatThrownBy(() -> HttpChannel.to(URI.create(address), "base"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the server's address is '" + address + "', expected https://HOST:PORT or http://HOST:PORT");
    }

    @Test
    void settingsThatCannotBeSentAreRejected() {
        HttpChannelBuilder builder = HttpChannel.to(URI.create("http://host"), "base");
        assertThatThrownBy(() -> HttpChannel.to(URI.create("http://host"), "")).hasMessage("the model's name is empty");
        assertThatThrownBy(() -> builder.token("two\nlines")).hasMessageContaining("visible ASCII");
        assertThatThrownBy(() -> builder.modelSha256("12")).hasMessageContaining("expected 64 hexadecimal digits");
        assertThatThrownBy(() -> builder.edgeId("a b")).hasMessageContaining("expected 1..64 letters");
        assertThatThrownBy(() -> builder.limit(Duration.ZERO)).hasMessageContaining("expected 1 ms to");
        assertThatThrownBy(() -> builder.maxReplyBytes(0)).hasMessageContaining("expected at least 1");
    }
}
