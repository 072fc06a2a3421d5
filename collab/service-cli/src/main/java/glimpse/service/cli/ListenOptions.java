package glimpse.service.cli;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.option.ListenAddress;
import glimpse.service.TlsFiles;
import glimpse.service.http.Tokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, and whom it lets in. */
final class ListenOptions {
    private static final String HOST = "--host";

    @Option(
            names = HOST,
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Listen at this address of the machine, 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Listen at this port, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Use HTTPS with this chain of certificates (PEM), the server's own first.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM, PKCS 8).")
    private @Nullable Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Let in only clients whose certificate one of these has signed (PEM).")
    private @Nullable Path clientCa;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Let in only requests with a token of this file, which has one per line.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--insecure",
            description = "Listen to other machines although anybody could use the server: without TLS and tokens.")
    private boolean insecure;

    ListenOptions() {}

    boolean insecure() {
        return insecure;
    }

    InetSocketAddress address() {
        if (port < 0 || port > ListenAddress.MOST_PORT) {
            throw UsageException.invalid("--port", port, "a port from 0 to " + ListenAddress.MOST_PORT);
        }
        return ListenAddress.of(HOST, host, host, port);
    }

    Optional<TlsFiles> tls() {
        if (certificate == null && key == null) {
            if (clientCa != null) {
                throw new UsageException("--client-ca needs --tls-cert and --tls-key");
            }
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new UsageException("--tls-cert and --tls-key need each other");
        }
        return Optional.of(new TlsFiles(
                InputFiles.require("--tls-cert", certificate),
                InputFiles.require("--tls-key", key),
                Optional.ofNullable(clientCa).map(file -> InputFiles.require("--client-ca", file))));
    }

    Optional<Tokens> tokens() throws IOException {
        return tokenFile == null
                ? Optional.empty()
                : Optional.of(Tokens.read(InputFiles.require("--token-file", tokenFile)));
    }

    /** Checks that a server without protection stays on loopback. */
    void check(Optional<TlsFiles> tls, Optional<Tokens> tokens) {
        if (tls.isEmpty() && tokens.isEmpty() && !insecure) {
            ListenAddress.requireLoopback(
                    address(), HOST + " " + host, "server", "--tls-cert and --tls-key or --token-file");
        }
    }
}
