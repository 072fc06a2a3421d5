package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.channel.HttpChannel;
import glimpse.collab.channel.TlsContext;
import glimpse.collab.channel.TlsContext.Identity;
import glimpse.engine.Workers;
import glimpse.service.model.ModelFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that lets in clients with one, and the edge's channel. */
@Timeout(120)
class ServerTlsTest {
    // with TLS 1.3 a client's certificate is refused after its handshake: the alert races with the lost connection
    private static final Set<FailureReason> LATE = Set.of(FailureReason.TLS_FAILED, FailureReason.UNREACHABLE);
    private static final byte[] REQUEST = TestServer.request(1);

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        certificates = new TestCertificates(folder)
                .make("server", "-1d", 10)
                .make("edge", "-1d", 10)
                .make("expired", "-10d", 9);
        Path known = folder.resolve("known.pem");
        Files.writeString(
                known,
                Files.readString(certificates.certificate("edge"))
                        + Files.readString(certificates.certificate("expired")));
        TlsFiles files = files("server", Optional.of(known));
        server = TestServer.start(folder, options -> options.withProtection(Optional.of(files), Optional.empty()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clearLog() {
        server.accessLog.clear();
    }

    private static TlsFiles files(String name, Optional<Path> clientCa) {
        return new TlsFiles(certificates.certificate(name), certificates.key(name), clientCa);
    }

    private static HttpChannel channel(String trusted, Optional<String> identity) throws IOException {
        Optional<Identity> own =
                identity.map(name -> new Identity(certificates.certificate(name), certificates.key(name)));
        int port = server.server.address().getPort();
        return HttpChannel.to(URI.create("https://127.0.0.1:" + port), "tiny")
                .tls(TlsContext.of(Optional.of(certificates.certificate(trusted)), own))
                .build();
    }

    @Test
    void theEdgesChannelSpeaksHttp2OverTls() throws IOException {
        try (HttpChannel channel = channel("server", Optional.of("edge"))) {
            assertThat(channel.exchange(REQUEST)).isEqualTo(server.expectedReply(REQUEST));
        }
        TestServer.await(() -> !server.accessLog.isEmpty());
        assertThat(server.accessLog).singleElement().asString().contains("\"protocol\":\"h2\"", "\"status\":200");
    }

    @Test
    void aClientWithoutACertificateIsNotServed() throws IOException {
        assertNotServed("server", Optional.empty(), LATE);
    }

    @Test
    void aClientWithACertificateOfAnotherAuthorityIsNotServed() throws IOException {
        assertNotServed("server", Optional.of("server"), LATE);
    }

    @Test
    void aClientWhoseCertificateHasExpiredIsNotServedAlthoughItIsKnown() throws IOException {
        assertNotServed("server", Optional.of("expired"), LATE);
    }

    @Test
    void aClientThatTrustsAnotherAuthoritySendsNothing() throws IOException {
        assertNotServed("edge", Optional.of("edge"), Set.of(FailureReason.TLS_FAILED));
    }

    private static void assertNotServed(String trusted, Optional<String> identity, Set<FailureReason> reasons)
            throws IOException {
        try (HttpChannel channel = channel(trusted, identity)) {
            ChannelException e = catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST));
            assertThat(e.reason()).as(e.getMessage()).isIn(reasons);
        }
        assertThat(server.accessLog).isEmpty();
        theServerGoesOn();
    }

    private static void theServerGoesOn() throws IOException {
        int lines = server.accessLog.size();
        try (HttpChannel good = channel("server", Optional.of("edge"))) {
            assertThat(good.exchange(REQUEST)).isEqualTo(server.expectedReply(REQUEST));
        }
        TestServer.await(() -> server.accessLog.size() > lines); // or the next test would find the line
    }

    @Test
    void plainHttpGetsNoResponse() throws IOException {
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), server.server.address().getPort())) {
            client.getOutputStream().write("GET /health/live HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(received(client), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
        theServerGoesOn();
    }

    private static byte[] received(Socket client) throws IOException {
        try {
            return client.getInputStream().readAllBytes();
        } catch (SocketException e) { // reset
            return new byte[0];
        }
    }

    @Test
    void anExpiredCertificateIsNamedBeforeTheServerListens() {
        assertRefused(
                files("expired", Optional.empty()), certificates.certificate("expired") + ": CN=expired expired on ");
    }

    @Test
    void aKeyOfAnotherCertificateIsNamed() {
        TlsFiles mixed = new TlsFiles(certificates.certificate("server"), certificates.key("edge"), Optional.empty());
        assertRefused(
                mixed, certificates.key("edge") + ": isn't the PKCS 8 key of " + certificates.certificate("server"));
    }

    /** It stands for a file that may not be read, since tests may run as a user who may read all. */
    @Test
    void aKeyThatCannotBeReadIsNamedAlone() {
        Path missing = folder.resolve("missing");
        TlsFiles files = new TlsFiles(certificates.certificate("server"), missing, Optional.empty());
        assertRefused(files, missing.toString());
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no certificate");
        String message = text + ": has no X.509 certificate in PEM format";
        assertRefused(new TlsFiles(text, certificates.key("server"), Optional.empty()), message);
        assertRefused(files("server", Optional.of(text)), message);
    }

    private static void assertRefused(TlsFiles files, String message) {
        ServerOptions options = ServerOptions.of(List.of(ModelFile.of(server.file)))
                .withProtection(Optional.of(files), Optional.empty());
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> GlimpseServer.start(options, workers))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(message);
        }
    }
}
