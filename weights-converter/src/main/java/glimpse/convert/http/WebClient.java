package glimpse.convert.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends requests, through the proxies of the environment. It follows no redirect by itself; {@link #redirect} checks
 * where one leads. Thread-safe.
 */
public final class WebClient implements AutoCloseable {
    /** The most redirects that are followed. */
    public static final int MOST_REDIRECTS = 5;

    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Proxies proxies;
    private final HttpClient client;

    /** Creates a client. Without proxies, the virtual machine's own settings hold ({@code https.proxyHost}). */
    public WebClient(Proxies proxies) {
        this.proxies = proxies;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIME).followRedirects(HttpClient.Redirect.NEVER);
        this.client = (proxies.isEmpty() ? builder : builder.proxy(new Selector(proxies))).build();
    }

    /** Chooses the proxies of the environment. */
    private static final class Selector extends ProxySelector {
        private final Proxies proxies;

        Selector(Proxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public List<Proxy> select(URI address) {
            return List.of(proxies.of(address)
                    .map(proxy -> new Proxy(Proxy.Type.HTTP, proxy.address()))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException e) {
            // the request fails, and says so
        }
    }

    /** Returns a request to which headers can be added; its time ends with the headers of the response. */
    public HttpRequest.Builder request(URI address, Duration headerTime) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(headerTime)
                .setHeader("User-Agent", "glimpse")
                .setHeader("Accept-Encoding", "identity");
        proxies.of(address)
                .flatMap(Proxies.Proxy::authorization)
                .ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        return request;
    }

    /**
     * Sends a request as it is: a redirect is the response.
     *
     * @throws IOException if there is no response, or only a proxy's that asks for authentication; the message names
     *     the proxy if there is one
     */
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        HttpResponse<InputStream> response = response(request);
        if (response.statusCode() == PROXY_AUTHENTICATION_REQUIRED) {
            try (InputStream _ = response.body()) { // null if a tunnel was refused
                throw new IOException(unauthenticated(request.uri()));
            }
        }
        return response;
    }

    private HttpResponse<InputStream> response(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            Optional<Proxies.Proxy> proxy = proxies.of(request.uri());
            if (proxy.isPresent()) {
                throw new IOException(reason(e) + " (by the proxy " + proxy.get() + " of the environment)", e);
            }
            throw e;
        }
    }

    /** Returns what a proxy wants, and how to say it in the environment. */
    private String unauthenticated(URI address) {
        Optional<Proxies.Proxy> proxy = proxies.of(address);
        String asks = proxy.map(named -> "the proxy " + named).orElse("a proxy") + " asks for authentication (status "
                + PROXY_AUTHENTICATION_REQUIRED + ")";
        return proxy.flatMap(Proxies.Proxy::authorization).isPresent()
                ? asks + ": the user or the password that the environment names is wrong"
                : asks + ", expected http://USER:PASSWORD@"
                        + proxy.map(Proxies.Proxy::toString).orElse("HOST:PORT") + " in the environment";
    }

    /** Returns what went wrong, in words. */
    public static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "there is no such host";
            }
        }
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            return e instanceof ConnectException
                    ? "no connection"
                    : e.getClass().getSimpleName();
        }
        return e.getMessage();
    }

    /**
     * Returns where a response redirects to.
     *
     * @throws IOException if that is no web address, or leads from an encrypted connection to a plain one
     */
    public static Optional<URI> redirect(HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        Optional<String> location = response.headers().firstValue("Location");
        if (status < 300 || status >= 400 || location.isEmpty()) {
            return Optional.empty();
        }
        URI from = response.uri();
        String shown = WebAddress.shown(from);
        URI to;
        try {
            to = from.resolve(location.get());
        } catch (IllegalArgumentException e) {
            throw new IOException(shown + ": redirects to something that is no address", e);
        }
        boolean plain = "http".equalsIgnoreCase(to.getScheme());
        if (to.getHost() == null || !(plain || "https".equalsIgnoreCase(to.getScheme()))) {
            throw new IOException(shown + ": redirects to something that is no web address");
        }
        if (plain && "https".equalsIgnoreCase(from.getScheme())) {
            throw new IOException(shown + ": redirects from an encrypted connection to " + to.getHost() + " without");
        }
        return Optional.of(to);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
