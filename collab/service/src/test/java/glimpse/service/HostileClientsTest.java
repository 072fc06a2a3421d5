package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.linecorp.armeria.client.ClientFactory;
import glimpse.service.proto.patches.PatchesGrpc.PatchesBlockingStub;
import glimpse.service.proto.patches.PredictRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send too much: each is refused or loses its connection, and others are served. */
@Timeout(60) // a connection that stays open
class HostileClientsTest {
    private static final String PATCHES = "/v1/models/tiny/patches";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBytes(2000, 4000).withPeer(8, 4);
        server = TestServer.start(folder, options -> options.withHttp(limits).withQueue(TestServer.PATIENT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everythingIsGivenBack() {
        TestServer.await(() -> server.server.connections().peers() == 0);
    }

    private static Http1Socket connect() throws IOException {
        return Http1Socket.connect(server.server.address());
    }

    private static void awaitWaiting(int requests) {
        TestServer.await(() -> server.server.queue().waiting() == requests);
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItComes() throws IOException {
        try (Http1Socket client = connect()) {
            client.post(PATCHES, 2001, new byte[0]);
            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyOfUnknownLengthIsCutOffAtTheLimit() throws IOException {
        try (Http1Socket client = connect()) {
            client.write("POST " + PATCHES + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.write("7d0\r\n" + "x".repeat(2000) + "\r\n1\r\nx\r\n");
            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        try (Http1Socket client = connect()) {
            client.write("GET /health/live HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
            assertThat(client.status()).isEqualTo(431);
        }
    }

    @Test
    void bodiesThatTakeTooMuchMemoryTogetherAreRefusedUntilOthersHaveGone() throws IOException {
        try (Http1Socket first = connect();
                Http1Socket second = connect();
                Http1Socket third = connect()) {
            first.post(PATCHES, 2000, new byte[1900]);
            second.post(PATCHES, 2000, new byte[1900]);
            TestServer.await(() -> server.server.bodies().heldBytes() == 3800);
            third.post(PATCHES, 1000, new byte[1000]);
            assertThat(third.status()).isEqualTo(429);
        }
        TestServer.await(() -> server.server.bodies().heldBytes() == 0);
        assertThat(server.metric("glimpse_refusals_total{model=\"-\",reason=\"body_memory\"}"))
                .isEqualTo(1);
        assertServed();
    }

    private static void assertServed() throws IOException {
        try (Http1Socket good = connect()) {
            byte[] request = TestServer.request(1);
            good.post(PATCHES, request.length, request);
            assertThat(good.status()).isEqualTo(200);
        }
    }

    @Test
    void anAddressWithTooManyRequestsIsRefusedButMayAskForTheHealth() throws IOException {
        List<Http1Socket> clients = new ArrayList<>();
        try (var _ = server.hold()) {
            byte[] request = TestServer.request(1);
            for (int i = 0; i < 4; i++) {
                clients.add(connect());
                clients.getLast().post(PATCHES, request.length, request);
            }
            awaitWaiting(4);
            try (Http1Socket more = connect();
                    Http1Socket health = connect();
                    ClientFactory connections = ClientFactory.builder().build()) {
                more.post(PATCHES, request.length, request);
                assertThat(more.status()).isEqualTo(429);
                PredictRequest call =
                        PredictRequest.newBuilder().setModel("tiny").build();
                assertThatExceptionOfType(StatusRuntimeException.class)
                        .isThrownBy(() -> server.grpc(PatchesBlockingStub.class, connections)
                                .predict(call))
                        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
                health.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(health.status()).isEqualTo(200);
            }
        }
        for (Http1Socket client : clients) {
            assertThat(client.status()).isEqualTo(200);
            client.close();
        }
    }

    @Test
    void aClientThatSendsRequestsAndTakesNoResponsesLosesItsConnection() throws IOException {
        try (var _ = server.hold();
                Http1Socket client = connect()) {
            byte[] request = TestServer.request(1);
            for (int i = 0; i < 12 && client.post(PATCHES, request.length, request); i++) {}
            client.awaitClosed();
            awaitWaiting(0);
        }
    }

    @Test
    void anAddressHasALimitedNumberOfConnectionsAndOthersConnect() throws IOException {
        List<Http1Socket> clients = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            clients.add(connect());
        }
        server.awaitMetric("glimpse_refusals_total{model=\"-\",reason=\"peer_connections\"}", 1); // any of the nine
        InetSocketAddress address = server.server.address();
        try (Http1Socket other = new Http1Socket(new Socket(
                address.getAddress(), address.getPort(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0))) {
            other.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(other.status()).isEqualTo(200);
        } catch (BindException e) {
            Assumptions.abort("this machine has no second loopback address");
        } finally {
            for (Http1Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void anHttp2ConnectionHasALimitedNumberOfStreams() throws IOException {
        try (var _ = server.hold();
                Http2Socket client = Http2Socket.connect(server.server.address())) {
            for (int i = 0; i < 4; i++) {
                client.post(PATCHES, TestServer.request(i));
            }
            awaitWaiting(4);
            int fifth = client.open(PATCHES, 0);
            Http2Socket.Frame reset = client.await(Http2Socket.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(fifth);
            assertThat(reset.error()).isEqualTo(7); // REFUSED_STREAM
        }
    }

    @Test
    void streamsThatAreOpenedAndResetAgainAndAgainEndTheConnection() throws IOException {
        try (Http2Socket client = Http2Socket.connect(server.server.address())) {
            for (int i = 0; i < 401; i++) {
                int stream = client.open(PATCHES, 0);
                client.write(Http2Socket.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }
            assertThat(client.await(Http2Socket.GOAWAY).error()).isEqualTo(11); // ENHANCE_YOUR_CALM
        }
    }

    @Test
    void headersWithoutAnEndEndTheConnection() throws IOException {
        try (Http2Socket client = Http2Socket.connect(server.server.address())) {
            client.write(Http2Socket.HEADERS, 0, 1, Http2Socket.headers(PATCHES));
            boolean open = true;
            for (int i = 0; i < 100 && open; i++) {
                open = client.tryWrite(Http2Socket.CONTINUATION, 0, 1, new byte[1000]);
            }
            client.awaitClosed();
        }
    }
}
