package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep a connection busy by being slow: each loses it, however steadily it sends. */
@Timeout(60) // a connection that stays open
class SlowClientsTest {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withTimes(Duration.ofMillis(300), Duration.ofMillis(300));
        server = TestServer.start(folder, options -> options.withHttp(limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Http1Socket connect() throws IOException {
        return Http1Socket.connect(server.server.address());
    }

    @Test
    void oneThatSendsNothing() throws IOException {
        try (Http1Socket client = connect()) {
            client.awaitClosed();
        }
    }

    @Test
    void oneThatSendsItsHeadersByteByByte() throws IOException {
        try (Http1Socket client = connect()) {
            client.write("GET /health/live HTTP/1.1\r\nX: ");
            client.sendUntilClosed("x");
        }
    }

    @Test
    void oneThatSendsItsBodyByteByByte() throws IOException {
        try (Http1Socket client = connect()) {
            client.post("/v1/models/tiny/patches", 10_000, new byte[1]);
            client.sendUntilClosed("x");
        }
        assertThat(server.accessLog.stream().filter(line -> line.contains("\"status\":408")))
                .isNotEmpty();
    }

    @Test
    void oneThatSendsTheFrameOfItsHeadersByteByByte() throws IOException {
        try (Http1Socket client = connect()) {
            client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\0\144\1\4\0\0\0\1");
            client.sendUntilClosed("\0");
        }
    }

    @Test
    void oneThatTakesNoResponse() throws IOException {
        try (Http2Socket client = Http2Socket.connect(server.server.address())) {
            client.write(Http2Socket.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0}); // a window of 0 bytes
            client.post("/v1/models/tiny/patches", TestServer.request(1));
            client.awaitClosed();
        }
        TestServer.await(() -> server.server.connections().peers() == 0);
    }
}
