package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go while their requests wait: nothing is computed for them, and others are served. */
@Timeout(30)
class VanishingClientsTest {
    private static final String CANCELLED = "glimpse_refusals_total{model=\"tiny\",reason=\"cancelled\"}";
    private static final String PATCHES = "glimpse_patches_total{model=\"tiny\"}";

    @TempDir
    static Path folder;

    private static TestServer server;
    private double cancelledBefore;
    private double patchesBefore;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder, options -> options.withQueue(TestServer.PATIENT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void readMetrics() {
        cancelledBefore = server.metric(CANCELLED);
        patchesBefore = server.metric(PATCHES);
    }

    private static Socket connect() throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), server.server.address().getPort());
    }

    /** Sends a request over HTTP/1.1 and leaves the response for later. */
    private static void send(Socket socket, byte[] body, int bytes) throws IOException {
        String headers = "POST /v1/models/tiny/patches HTTP/1.1\r\nHost: a\r\nX-Request-Id: gone\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body, 0, bytes);
    }

    private static void awaitWaiting(int requests) {
        TestServer.await(() -> server.server.queue().waiting() == requests);
    }

    @Test
    void overHttp1TheRequestLeavesTheQueueAndTheLogSaysSo() throws IOException {
        server.accessLog.clear();
        try (var _ = server.hold()) {
            try (Socket client = connect()) {
                byte[] request = TestServer.request(1);
                send(client, request, request.length);
                awaitWaiting(1);
            }
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 1);
        assertThat(server.accessLogLine("gone")).contains("\"status\":499");
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
    }

    @Test
    void aConnectionThatIsResetIsNoticedToo() throws IOException {
        try (var _ = server.hold()) {
            try (Socket client = connect()) {
                byte[] request = TestServer.request(1);
                send(client, request, request.length);
                awaitWaiting(1);
                client.setSoLinger(true, 0);
            }
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 1);
    }

    @Test
    void aClientThatGoesInTheMiddleOfItsBodyIsNotComputed() throws IOException {
        server.accessLog.clear();
        try (Socket client = connect()) {
            send(client, TestServer.request(1), 20);
        }
        assertThat(server.accessLogLine("gone")).contains("\"bytes_in\":20", "\"status\":499");
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
    }

    @Test
    void overHttp2AResetStreamLeavesTheQueueAndTheConnectionServesOthers() throws IOException, InterruptedException {
        byte[] request = TestServer.request(2);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            client.send(server.patches(request), BodyHandlers.ofByteArray()); // upgrades
            patchesBefore = server.metric(PATCHES);
            CompletableFuture<HttpResponse<byte[]>> kept;
            try (var _ = server.hold()) {
                CompletableFuture<HttpResponse<byte[]>> gone =
                        client.sendAsync(server.patches(TestServer.request(3)), BodyHandlers.ofByteArray());
                awaitWaiting(1);
                kept = client.sendAsync(server.patches(request), BodyHandlers.ofByteArray());
                awaitWaiting(2);
                gone.cancel(true);
                awaitWaiting(1);
            }
            assertThat(kept.join().body()).isEqualTo(server.expectedReply(request));
            assertThat(kept.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 1);
    }

    @Test
    void overHttp2AllRequestsOfAClosedConnectionLeaveTheQueue() throws IOException {
        try (var _ = server.hold()) {
            try (Http2Socket client = Http2Socket.connect(server.server.address())) {
                for (int i = 0; i < 3; i++) {
                    client.post("/v1/models/tiny/patches", TestServer.request(i));
                }
                awaitWaiting(3);
            } // no stream is reset, the connection just ends
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 3);
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
    }

    @Test
    void ifHalfOf64ClientsGoTheModelComputesTheOtherHalfAlone() throws IOException {
        List<Socket> clients = new ArrayList<>();
        int patches = 0;
        try (var _ = server.hold()) {
            for (int i = 0; i < 64; i++) {
                clients.add(connect());
                byte[] request = TestServer.request(i);
                send(clients.get(i), request, request.length);
            }
            awaitWaiting(64);
            for (int i = 0; i < 64; i += 2) {
                clients.get(i).close();
            }
            awaitWaiting(32);
        }
        for (int i = 1; i < 64; i += 2) {
            try (Socket client = clients.get(i)) {
                assertThat(new String(client.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK");
                patches += TestServer.patches(i);
            }
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 32);
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore + patches);
        TestServer.await(() -> server.server.connections().peers() <= 1);
    }
}
