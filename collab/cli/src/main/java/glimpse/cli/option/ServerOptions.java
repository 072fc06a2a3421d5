package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.file.TokenFile;
import glimpse.collab.channel.HttpChannel;
import glimpse.collab.channel.HttpChannelBuilder;
import glimpse.collab.channel.TlsContext;
import glimpse.collab.channel.TlsContext.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that an edge asks, and how it is reached. */
public final class ServerOptions {
    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = "Server to ask, such as https://HOST:PORT or http://HOST:PORT.")
    @SuppressWarnings("NullAway.Init")
    private URI server;

    @Option(
            names = "--server-model",
            required = true,
            paramLabel = "NAME",
            description = "Name of the model on the server.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(
            names = "--server-sha256",
            paramLabel = "HASH",
            description = "Refuse answers of a model whose file has another SHA-256.")
    private @Nullable String sha256;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token that the server asks for.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Trust these certificates (PEM) instead of the well-known authorities.")
    private @Nullable Path caFile;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "Certificate (PEM) to show a server that asks for one.")
    private @Nullable Path clientCertificate;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "Key of that certificate (PEM, PKCS #8, not encrypted).")
    private @Nullable Path clientKey;

    @Option(
            names = "--deadline-millis",
            paramLabel = "N",
            defaultValue = "2000",
            converter = NumberOf.AtLeastOne.class,
            description = "Answer each image within N ms: without the server if it takes longer."
                    + " Default: ${DEFAULT-VALUE}.")
    private int deadlineMillis;

    /** Made by the command line, which sets the options. */
    public ServerOptions() {}

    /** Returns the time per image. */
    public Duration deadline() {
        return Duration.ofMillis(deadlineMillis);
    }

    /** Returns what a person may call the server's model: its name and where it is. */
    public String describe() {
        return model + " at " + server.getHost();
    }

    /**
     * Makes a channel to the server, which connects later.
     *
     * @param calibrated SHA-256 of the model's file that was calibrated, if any: other models' answers are refused
     * @throws UsageException naming the option that is invalid
     */
    public HttpChannel channel(Optional<String> calibrated) throws IOException {
        HttpChannelBuilder builder = named("--server", () -> HttpChannel.to(server, model));
        named("--deadline-millis", () -> builder.limit(deadline()));
        @Nullable String given = sha256;
        if (given != null && calibrated.isPresent() && !given.equalsIgnoreCase(calibrated.get())) {
            throw new UsageException("--server-sha256 " + given
                    + ": --calibration was made with another server's model, " + calibrated.get());
        }
        @Nullable String hash = given == null ? calibrated.orElse(null) : given;
        if (hash != null) {
            named("--server-sha256", () -> builder.modelSha256(hash));
        }
        if (tokenFile != null) {
            builder.token(TokenFile.read("--token-file", tokenFile));
        }
        if (caFile != null || clientCertificate != null || clientKey != null) {
            builder.tls(TlsContext.of(authorities(), identity()));
        }
        return builder.build();
    }

    private Optional<Path> authorities() {
        return caFile == null ? Optional.empty() : Optional.of(InputFiles.require("--ca-file", caFile));
    }

    private Optional<Identity> identity() {
        if (clientCertificate == null && clientKey == null) {
            return Optional.empty();
        }
        if (clientCertificate == null || clientKey == null) {
            throw new UsageException("--client-cert and --client-key need each other");
        }
        return Optional.of(new Identity(
                InputFiles.require("--client-cert", clientCertificate), InputFiles.require("--client-key", clientKey)));
    }

    private interface Setting {
        HttpChannelBuilder set();
    }

    private static HttpChannelBuilder named(String option, Setting setting) {
        try {
            return setting.set();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
