package glimpse.collab.channel;

import static glimpse.collab.channel.Exchanges.ID;
import static glimpse.collab.channel.Exchanges.REPLY;
import static glimpse.collab.channel.Exchanges.REQUEST;
import static glimpse.collab.channel.Exchanges.assertFails;
import static glimpse.collab.channel.Exchanges.failure;
import static glimpse.collab.channel.Exchanges.reply;
import static glimpse.collab.fixture.FaultyServer.ascii;
import static glimpse.collab.fixture.FaultyServer.replying;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.fixture.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that don't reply as they should, and what the channel says of each. */
@Timeout(60)
class HttpChannelFailuresTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final Duration SHORT = Duration.ofMillis(200);

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
}
