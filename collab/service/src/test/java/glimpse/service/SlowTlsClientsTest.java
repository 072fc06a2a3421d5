package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.HttpChannel;
import glimpse.collab.channel.TlsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow within TLS: each loses its connection, and what it made the server hold is given back. */
@Timeout(60) // a connection that stays open
class SlowTlsClientsTest {
    private static final int NETTY_GIVES_UP_SECONDS = 10; // by itself, without the server's limit
    private static final byte[] ONE = {0, 0, 0, 1};

    @TempDir
    static Path folder;

    private static TestServer server;
    private static SSLContext tls;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificates certificates = new TestCertificates(folder).make("server", "-1d", 10);
        TlsFiles files = new TlsFiles(certificates.certificate("server"), certificates.key("server"), Optional.empty());
        HttpLimits limits = HttpLimits.DEFAULT.withTimes(Duration.ofMillis(800), Duration.ofMillis(800));
        server = TestServer.start(
                folder, options -> options.withHttp(limits).withProtection(Optional.of(files), Optional.empty()));
        tls = TlsContext.of(Optional.of(certificates.certificate("server")), Optional.empty());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingIsHeldAndOthersAreServed() throws IOException {
        TestServer.await(() -> server.server.connections().peers() == 0);
        TestServer.await(() -> server.server.bodies().heldBytes() == 0);
        byte[] request = TestServer.request(1);
        assertThat(inTime(() -> exchange(request))).isEqualTo(server.expectedReply(request));
    }

    private static byte[] exchange(byte[] request) throws IOException {
        int port = server.server.address().getPort();
        try (HttpChannel good = HttpChannel.to(URI.create("https://127.0.0.1:" + port), "tiny")
                .tls(tls)
                .build()) {
            return good.exchange(request);
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    /** Tries again what a busy machine makes so slow that the server closes the connection. */
    private static <T> T inTime(Attempt<T> attempt) throws IOException {
        for (int failures = 0; ; failures++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                if (failures == 20) {
                    throw e;
                }
            }
        }
    }

    private static Http1Socket connect() throws IOException {
        return Http1Socket.connect(server.server.address());
    }

    /** Returns what a client's handshake begins with. */
    private static byte[] clientHello() throws SSLException {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    /** Sends a request over HTTP/2, as stream 1, with a window of 0 bytes for its response. */
    private static Http2Socket postWithoutWindow(String path, byte[] body) throws IOException {
        InetSocketAddress address = server.server.address();
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        Http2Socket client = Http2Socket.over(socket);
        client.write(Http2Socket.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        client.post(path, body);
        return client;
    }

    @Test
    void oneThatSendsNothing() throws IOException {
        try (Http1Socket client = connect()) {
            client.awaitClosed();
        }
    }

    @Test
    @Timeout(NETTY_GIVES_UP_SECONDS - 1)
    void oneThatBeginsItsHandshakeByteByByte() throws IOException {
        byte[] hello = clientHello();
        try (Http1Socket client = connect()) {
            assertThat(client.drip(hello)).isLessThan(hello.length);
        }
    }

    @Test
    @Timeout(NETTY_GIVES_UP_SECONDS - 1)
    void oneThatNeverFinishesItsHandshake() throws IOException {
        try (Http1Socket client = connect()) {
            client.write(new String(clientHello(), StandardCharsets.ISO_8859_1));
            client.awaitClosed();
        }
    }

    @Test
    void oneThatTakesItsReplyByteByByte() throws IOException {
        byte[] request = TestServer.request(1);
        try (Http2Socket client = inTime(() -> postWithoutWindow("/v1/models/tiny/patches", request))) {
            client.sendUntilClosed(Http2Socket.WINDOW_UPDATE, 1, ONE);
        }
    }

    @Test
    void oneThatTakesNothingOfALargeResponse() throws IOException {
        String image = Base64.getEncoder().encodeToString(InferenceFixture.png(1));
        String request = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"" + image
                + "\"]}],\"outputs\":[{\"name\":\"patch_tokens\"}]}";
        byte[] body = request.getBytes(StandardCharsets.US_ASCII);
        try (Http2Socket client = inTime(() -> postWithoutWindow("/v2/models/tiny/infer", body))) {
            // the response, 16 patches of 24 numbers, counts as long as the client hasn't taken it
            TestServer.await(() -> server.server.bodies().heldBytes() >= request.length() + 16 * 24 * 16);
            client.awaitClosed();
        }
    }
}
