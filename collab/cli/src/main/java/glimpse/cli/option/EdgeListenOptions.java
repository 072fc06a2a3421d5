package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.TokenFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an edge listens, and whom it lets in. */
public final class EdgeListenOptions {
    private static final String LISTEN = "--listen";
    private static final String TOKEN_FILE = "--listen-token-file";
    private static final Pattern ADDRESS = Pattern.compile("(?:(.+):)?([0-9]{1,5})");

    @Option(
            names = LISTEN,
            paramLabel = "[ADDRESS:]PORT",
            description = "Answer images that come over HTTP (POST /v1/classify) and show the page, until SIGTERM."
                    + " Listens on loopback unless an address is given; port 0 chooses a free one.")
    private @Nullable String listen;

    @Option(names = TOKEN_FILE, paramLabel = "FILE", description = "Let in only requests with the token in FILE.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--insecure",
            description = "Listen to other machines although anybody could use this edge: without a token.")
    private boolean insecure;

    /** Made by the command line, which sets the options. */
    public EdgeListenOptions() {}

    /**
     * Returns where to listen; empty if the edge doesn't.
     *
     * @throws UsageException if the address is invalid, or off loopback without protection
     */
    public Optional<InetSocketAddress> address() {
        if (listen == null) {
            if (tokenFile != null || insecure) {
                throw new UsageException(
                        (insecure ? "--insecure" : TOKEN_FILE) + " needs " + LISTEN + " [ADDRESS:]PORT");
            }
            return Optional.empty();
        }
        InetSocketAddress address = parse(listen);
        if (tokenFile == null && !insecure) {
            ListenAddress.requireLoopback(address, LISTEN + " " + listen, "edge", TOKEN_FILE);
        }
        return Optional.of(address);
    }

    private static InetSocketAddress parse(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > ListenAddress.MOST_PORT) {
            throw UsageException.invalid(
                    LISTEN, text, "[ADDRESS:]PORT with a port from 0 to " + ListenAddress.MOST_PORT);
        }
        int port = Integer.parseInt(parts.group(2));
        String host = parts.group(1);
        return host == null
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : ListenAddress.of(LISTEN, text, host, port);
    }

    /** Returns the token that requests need; empty if they need none. */
    public Optional<String> token() throws IOException {
        return tokenFile == null ? Optional.empty() : Optional.of(TokenFile.read(TOKEN_FILE, tokenFile));
    }
}
