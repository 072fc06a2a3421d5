package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with as many connections as it may have. */
@Timeout(30)
class ConnectionLimitTest {
    private static final int MOST = 4;
    private static final String CLOSED = "glimpse_refusals_total{model=\"-\",reason=\"connections\"}";

    @TempDir
    static Path folder;

    private static TestServer server;
    private final List<Socket> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Duration minute = Duration.ofMinutes(1);
        HttpLimits limits = new HttpLimits(10_000, 100_000, minute, minute, MOST, 100, 100, Duration.ofSeconds(1));
        server = TestServer.start(folder, options -> options.withHttp(limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        TestServer.await(() -> server.server.connections().peers() == 0);
    }

    private Socket connect(String sent) throws IOException {
        Socket client = new Socket(
                InetAddress.getLoopbackAddress(), server.server.address().getPort());
        clients.add(client);
        client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Asks for the server's health and returns whether it is served. */
    private boolean isServed() throws IOException {
        try {
            Socket client = connect("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            return new String(client.getInputStream().readNBytes(15), StandardCharsets.US_ASCII)
                    .equals("HTTP/1.1 200 OK");
        } catch (SocketException e) {
            return false; // reset
        }
    }

    @Test
    void clientsThatSendHalfAHeaderDoNotKeepOthersOut() throws IOException {
        double before = server.metric(CLOSED);
        for (int i = 0; i < 10 * MOST; i++) {
            connect("GET /health/live HTTP/1.1\r\nHo");
        }
        server.awaitMetric(CLOSED, before + 10 * MOST - MOST);
        assertThat(isServed()).isTrue();
        server.awaitMetric(CLOSED, before + 10 * MOST - MOST + 1);
    }

    @Test
    void connectionsThatHaveHadARequestStayAndTheNewOneIsClosed() throws IOException {
        for (int i = 0; i < MOST; i++) {
            assertThat(isServed()).isTrue();
        }
        assertThat(isServed()).isFalse();
        for (Socket client : clients.subList(0, MOST)) {
            client.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isPositive();
        }
    }
}
