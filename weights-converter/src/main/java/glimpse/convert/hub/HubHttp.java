package glimpse.convert.hub;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Requests to a hub and to the hosts that it sends us to. The token goes to the hub alone. */
final class HubHttp implements AutoCloseable {
    private static final Duration HEADER_TIME = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final HubSettings settings;
    private final WebClient client;

    HubHttp(HubSettings settings) {
        this.settings = settings;
        this.client = new WebClient(settings.proxies());
    }

    /** Returns an address of the hub. The segments of the path are escaped, slashes are kept. */
    URI address(String path) {
        return URI.create(settings.endpoint() + path);
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = client.request(address, HEADER_TIME);
        settings.token()
                .filter(token -> isHub(address))
                .ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        return request;
    }

    /**
     * Sends a HEAD request and follows redirects within the hub, of a repository with a new name: one that describes a
     * file, or leads to another host, is the response.
     */
    HttpResponse<InputStream> head(URI address) throws IOException {
        URI next = address;
        for (int i = 0; i <= WebClient.MOST_REDIRECTS; i++) {
            HttpResponse<InputStream> response =
                    client.send(request(next).HEAD().build());
            response.body().close();
            Optional<URI> redirect = WebClient.redirect(response);
            boolean describes = response.headers().firstValue("X-Linked-Etag").isPresent();
            if (describes || redirect.isEmpty() || !isHub(redirect.get())) {
                return response;
            }
            next = redirect.get();
        }
        throw new IOException(address + ": more than " + WebClient.MOST_REDIRECTS + " redirects");
    }

    /** Sends a GET request and follows redirects; those from an encrypted to a plain connection are an error. */
    HttpResponse<InputStream> get(URI address, Optional<String> range) throws IOException {
        URI next = address;
        for (int i = 0; i <= WebClient.MOST_REDIRECTS; i++) {
            HttpRequest.Builder request = request(next).GET();
            range.ifPresent(value -> request.setHeader("Range", value));
            HttpResponse<InputStream> response = client.send(request.build());
            Optional<URI> redirect = WebClient.redirect(response);
            if (redirect.isEmpty()) {
                return response;
            }
            response.body().close();
            next = redirect.get();
        }
        throw new IOException(address + ": more than " + WebClient.MOST_REDIRECTS + " redirects");
    }

    private boolean isHub(URI address) {
        URI hub = settings.endpoint();
        return Objects.equals(hub.getScheme(), address.getScheme())
                && hub.getHost().equalsIgnoreCase(Objects.requireNonNullElse(address.getHost(), ""))
                && hub.getPort() == address.getPort();
    }

    /** Returns the failure that a response stands for. */
    IOException failure(String asked, HubReference reference, HttpResponse<?> response) {
        int status = response.statusCode();
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        String page = settings.endpoint() + "/" + reference.repository();
        switch (code) {
            case "GatedRepo" -> {
                return new ConvertException(asked + ": a gated model; accept its conditions at " + page
                        + (settings.token().isPresent() ? "" : " and set HF_TOKEN to a token of yours"));
            }
            case "RevisionNotFound" -> {
                return new ConvertException(asked + ": " + page + " has no revision '" + reference.revision() + "'");
            }
            case "EntryNotFound" -> {
                return new ConvertException(asked + ": no such file in " + page);
            }
            default -> {
                // told by the status
            }
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN || status == NOT_FOUND) {
            return new ConvertException(asked + ": " + page + " doesn't exist, or it is private and "
                    + (settings.token().isPresent() ? "the token doesn't open it" : "HF_TOKEN isn't set"));
        }
        String message = asked + ": " + settings.endpoint() + " answered with status " + status;
        boolean passing = status >= 500 || status == TOO_MANY || status == TIMEOUT;
        return passing ? new TransientHubException(message) : new IOException(message);
    }

    @Override
    public void close() {
        client.close();
    }
}
