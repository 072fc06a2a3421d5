package glimpse.collab.channel;

import static glimpse.collab.fixture.FaultyServer.ascii;
import static glimpse.collab.fixture.FaultyServer.replying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.FaultyServer.Behaviour;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Isolated("a server comes back on its port, which another test's could have taken meanwhile")
class HttpChannelTest {
    private static final int ID = 0x89abcdef;
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final byte[] REPLY = reply(ID);
    private static final byte[] REQUEST = request(ID);
    private static final Duration SHORT = Duration.ofMillis(200);

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
    void aServerThatHangsBeforeTheHeadersIsGivenUpAndItsConnectionClosed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FaultyServer server = new FaultyServer((request, out, connection) -> {
                    if (connection.getInputStream().read() < 0) {
                        throw new IOException("the client is gone");
                    }
                    never.await();
                });
                HttpChannel channel = HttpChannel.to(server.uri(), "base").build()) {
            assertThat(failure(channel, SHORT))
                    .hasMessage("no reply from " + channel.endpoint() + " within 200 ms")
                    .extracting(ChannelException::reason)
                    .isEqualTo(FailureReason.TIMEOUT);
            server.awaitClientGone();
        }
    }

    @Test
    void aServerThatHangsWithinTheBodyIsGivenUp() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        assertFails(FailureReason.TIMEOUT, SHORT, (request, out, connection) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\nGL"));
            never.await();
        });
    }

    @Test
    void aServerThatDripsTheBodyIsGivenUp() throws IOException {
        assertFails(FailureReason.TIMEOUT, SHORT, (request, out, connection) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"));
            while (true) { // ends when the client is gone
                out.write('G');
                Thread.sleep(20);
            }
        });
    }

    @Test
    void aConnectionThatIsResetIsLost() throws IOException {
        assertFails(FailureReason.UNREACHABLE, (request, out, connection) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        });
    }

    @Test
    void aBodyThatIsCutOffIsALostConnection() throws IOException {
        assertFails(FailureReason.UNREACHABLE, (request, out, connection) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\nGL"));
            connection.close();
        });
        assertFails(FailureReason.UNREACHABLE, (request, out, connection) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nGL\r\n"));
            connection.close();
        });
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws IOException {
        ChannelException announced =
                assertFails(FailureReason.PROTOCOL_ERROR, replying(200, "", new byte[(1 << 16) + 1]));
        assertThat(announced).hasMessage("the reply has more than 65536 bytes");
        assertFails(FailureReason.PROTOCOL_ERROR, (request, out, connection) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            while (true) { // ends when the client is gone
                out.write(ascii("400\r\n" + "x".repeat(0x400) + "\r\n"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 abc\r\n\r\n"})
    void whatIsNotHttpIsAProtocolError(String greeting) throws IOException {
        assertFails(FailureReason.PROTOCOL_ERROR, (request, out, connection) -> out.write(ascii(greeting)));
    }

    @Test
    void whatIsNotAReplyToTheRequestIsAProtocolError() throws IOException {
        assertThat(assertFails(FailureReason.PROTOCOL_ERROR, replying(200, "", ascii("<html>Please log in</html>"))))
                .hasMessageStartingWith("the reply is malformed: the message begins with 0x3c68");
        assertThat(assertFails(FailureReason.PROTOCOL_ERROR, replying(200, "", reply(5))))
                .hasMessage("expected a reply to request 2309737967, got another message");
        assertFails(FailureReason.PROTOCOL_ERROR, replying(200, "", REQUEST));
        assertFails(FailureReason.PROTOCOL_ERROR, replying(200, "", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST_REJECTED", "401, UNAUTHORISED", "403, UNAUTHORISED", "404, WRONG_MODEL", "408, TIMEOUT",
        "409, WRONG_MODEL", "413, REQUEST_REJECTED", "429, OVERLOADED", "500, SERVER_FAILED", "502, SERVER_FAILED",
        "503, OVERLOADED", "504, TIMEOUT", "204, PROTOCOL_ERROR", "302, PROTOCOL_ERROR"
    })
    void aStatusTellsTheReason(int status, FailureReason reason) throws IOException {
        try (FaultyServer server = new FaultyServer(replying(status, "", new byte[0]));
                HttpChannel channel =
                        HttpChannel.to(server.uri(), "base").edgeId("e").build()) {
            ChannelException e = failure(channel);
            assertThat(e).hasMessage("the server replied " + status + " (request e-2309737967)");
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.retryAfter()).isEmpty();
        }
    }

    @Test
    void theTextOfAnErrorReplyIsPassedOn() throws IOException {
        byte[] error = new ErrorReply(ID, ErrorReply.Reason.MODEL_MISMATCH, "the grid is 4").encode();
        assertThat(assertFails(FailureReason.WRONG_MODEL, replying(409, "", error)))
                .hasMessageStartingWith("the server replied 409: the grid is 4 (request ");
    }

    @ParameterizedTest
    @CsvSource({
        "'Retry-After: 2\r\n', 2000",
        "'Retry-After: 1\r\nRetry-After-Millis: 40\r\n', 40",
        "'Retry-After: 0\r\n', 0",
        "'Retry-After: 86400\r\n', 60000"
    })
    void aServerSaysWhenToComeBack(String headers, long millis) throws IOException {
        assertThat(assertFails(FailureReason.OVERLOADED, replying(429, headers, new byte[0]))
                        .retryAfter())
                .contains(Duration.ofMillis(millis));
    }

    @Test
    void aDateToComeBackIsIgnored() throws IOException {
        String headers = "Retry-After: Fri, 27 Nov 2026 05:00:00 GMT\r\n";
        assertThat(assertFails(FailureReason.OVERLOADED, replying(503, headers, new byte[0]))
                        .retryAfter())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Glimpse-Model: ffff\r\n"})
    void anotherModelsReplyIsRefused(String headers) throws IOException {
        try (FaultyServer server = new FaultyServer(replying(200, headers, REPLY));
                HttpChannel channel =
                        HttpChannel.to(server.uri(), "base").modelSha256(HASH).build()) {
            assertThat(failure(channel))
                    .hasMessageEndingWith(", expected " + HASH)
                    .extracting(ChannelException::reason)
                    .isEqualTo(FailureReason.WRONG_MODEL);
        }
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (HttpChannel channel =
                HttpChannel.to(URI.create("http://127.0.0.1:" + port), "base").build()) {
            assertThat(failure(channel))
                    .hasMessageStartingWith("no connection to http://127.0.0.1:" + port)
                    .extracting(ChannelException::reason)
                    .isEqualTo(FailureReason.UNREACHABLE);
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

    private static Behaviour hanging(CountDownLatch asked) {
        CountDownLatch never = new CountDownLatch(1);
        return (request, out, connection) -> {
            asked.countDown();
            never.await();
        };
    }

    private static ChannelException assertFails(FailureReason reason, Behaviour behaviour) throws IOException {
        return assertFails(reason, Duration.ofSeconds(30), behaviour);
    }

    private static ChannelException assertFails(FailureReason reason, Duration limit, Behaviour behaviour)
            throws IOException {
        try (FaultyServer server = new FaultyServer(behaviour);
                HttpChannel channel =
                        HttpChannel.to(server.uri(), "base").limit(limit).build()) {
            ChannelException e = failure(channel);
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            return e;
        }
    }

    private static ChannelException failure(HttpChannel channel) {
        return failure(channel, Duration.ofSeconds(30));
    }

    private static ChannelException failure(HttpChannel channel, Duration limit) {
        return catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST, limit));
    }

    private static byte[] request(int id) {
        PixelPatches patches = PixelPatches.of(1, 1, new int[] {0}, new byte[] {1});
        return PatchRequest.of(id, 1, patches, PayloadCodec.raw()).encode();
    }

    private static byte[] reply(int id) {
        return new PredictionReply(id, List.of(new ClassProbability(3, 0.5))).encode();
    }
}
