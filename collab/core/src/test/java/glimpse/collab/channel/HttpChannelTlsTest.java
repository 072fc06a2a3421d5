package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.collab.channel.TlsContext.Identity;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.FaultyServer;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpChannelTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final byte[] REPLY = new PredictionReply(1, List.of(new ClassProbability(3, 0.5))).encode();
    private static final byte[] REQUEST = PatchRequest.of(
                    1, 1, PixelPatches.of(1, 1, new int[] {0}, new byte[] {1}), PayloadCodec.raw())
            .encode();

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("server", "EC", "ip:127.0.0.1");
        makeCertificate("elsewhere", "EC", "dns:elsewhere.example");
        makeCertificate("edge", "RSA", "dns:edge.example");
    }

    @Test
    void aServerWhoseCertificateIsTrustedIsUsed() throws IOException {
        try (FaultyServer server = server("server", Optional.empty());
                HttpChannel channel = channel(server, context("server", Optional.empty()))) {
            assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
            assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerWhoseCertificateIsNotTrustedGetsNothing() throws IOException {
        try (FaultyServer server = server("server", Optional.empty());
                HttpChannel channel = channel(server, TlsContext.of(Optional.empty(), Optional.empty()));
                HttpChannel other = channel(server, context("edge", Optional.empty()))) {
            assertFails(channel);
            assertFails(other);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsNotTrusted() throws IOException {
        try (FaultyServer server = server("elsewhere", Optional.empty());
                HttpChannel channel = channel(server, context("elsewhere", Optional.empty()))) {
            assertFails(channel);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatNeverFinishesItsHandshakeIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpChannel channel = HttpChannel.to(URI.create("https://127.0.0.1:" + silent.getLocalPort()), "base")
                        .tls(context("server", Optional.empty()))
                        .limit(Duration.ofMillis(200))
                        .build()) {
            assertThat(catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST)))
                    .extracting(ChannelException::reason)
                    .isEqualTo(FailureReason.TIMEOUT);
        }
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() throws IOException {
        Identity identity = new Identity(pem("edge"), folder.resolve("edge.key"));
        try (FaultyServer server = server("server", Optional.of("edge"));
                HttpChannel channel = channel(server, context("server", Optional.of(identity)));
                HttpChannel without = channel(server, context("server", Optional.empty()))) {
            assertThat(channel.exchange(REQUEST)).isEqualTo(REPLY);
            assertFails(without);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no PEM", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"})
    void aFileThatIsNotWhatItShouldBeIsNamed(String content) throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.pem"), content);
        assertThatThrownBy(() -> TlsContext.of(Optional.of(bad), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(bad + ": ");
        assertThatThrownBy(() -> TlsContext.of(Optional.empty(), Optional.of(new Identity(pem("edge"), bad))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(bad + ": has no key");
    }

    @Test
    void aKeyOfAnotherKindThanItsCertificateIsNamed() {
        Path key = folder.resolve("edge.key"); // RSA
        assertThatThrownBy(() -> TlsContext.of(Optional.empty(), Optional.of(new Identity(pem("server"), key))))
                .hasMessageStartingWith(key + ": isn't the key of an EC certificate: ");
    }

    private static void assertFails(HttpChannel channel) {
        ChannelException e = catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST));
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(FailureReason.TLS_FAILED);
    }

    private static HttpChannel channel(FaultyServer server, SSLContext context) {
        return HttpChannel.to(URI.create("https://127.0.0.1:" + server.port()), "base")
                .tls(context)
                .build();
    }

    private static SSLContext context(String trusted, Optional<Identity> identity) throws IOException {
        return TlsContext.of(Optional.of(pem(trusted)), identity);
    }

    private static FaultyServer server(String name, Optional<String> client) throws IOException {
        SSLContext context =
                TlsContext.of(client.map(HttpChannelTlsTest::pem), Optional.of(new Identity(pem(name), key(name))));
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.setNeedClientAuth(client.isPresent());
        return new FaultyServer(socket, 0, FaultyServer.replying(200, "", REPLY));
    }

    private static Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    private static Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** Makes a self-signed certificate and its key, both in PEM. */
    private static void makeCertificate(String name, String algorithm, String host)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1", // starts sooner
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + host)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> "see " + log).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        write(pem(name), "CERTIFICATE", keys.getCertificate("one").getEncoded());
        write(key(name), "PRIVATE KEY", keys.getKey("one", PASSWORD).getEncoded());
    }

    private static void write(Path file, String label, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
    }
}
