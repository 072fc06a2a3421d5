package glimpse.collab.channel;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/** Describes an {@link HttpChannel}; made by {@link HttpChannel#to}. For one thread. */
public final class HttpChannelBuilder {
    /** The longest wait for a reply unless another is set. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private static final Duration MAX_CONNECT = Duration.ofSeconds(3);
    private static final Duration MAX_LIMIT = Duration.ofDays(1);
    private static final int DEFAULT_MAX_REPLY_BYTES = 1 << 16;

    private final URI server;
    private final URI endpoint;
    private Optional<SSLContext> tls = Optional.empty();
    private Optional<String> token = Optional.empty();
    private Optional<String> modelSha256 = Optional.empty();
    private String edgeId = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    private Duration limit = DEFAULT_LIMIT;
    private int maxReplyBytes = DEFAULT_MAX_REPLY_BYTES;

    HttpChannelBuilder(URI server, String model) {
        this.server = server;
        if (!isHttp(server)) {
            throw new IllegalArgumentException(
                    "the server's address is '" + server + "', expected https://HOST:PORT or http://HOST:PORT");
        }
        if (model.isEmpty()) {
            throw new IllegalArgumentException("the model's name is empty");
        }
        String base = server.toString().replaceFirst("/+$", "");
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        this.endpoint = URI.create(base + "/v1/models/" + name + "/patches");
    }

    private HttpChannelBuilder(HttpChannelBuilder from) {
        server = from.server;
        endpoint = from.endpoint;
        tls = from.tls;
        token = from.token;
        modelSha256 = from.modelSha256;
        edgeId = from.edgeId;
        limit = from.limit;
        maxReplyBytes = from.maxReplyBytes;
    }

    private static boolean isHttp(URI server) {
        return ("http".equalsIgnoreCase(server.getScheme()) || isHttps(server))
                && server.getHost() != null
                && server.getUserInfo() == null
                && server.getQuery() == null
                && server.getFragment() == null;
    }

    private static boolean isHttps(URI server) {
        return "https".equalsIgnoreCase(server.getScheme());
    }

    /** Sets which certificates the channel trusts and presents. Default: the JDK's, and none. */
    public HttpChannelBuilder tls(SSLContext context) {
        tls = Optional.of(context);
        return this;
    }

    /**
     * Sets the token that the server asks for.
     *
     * @throws IllegalArgumentException if it is empty or has characters other than visible ASCII
     */
    public HttpChannelBuilder token(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the token is empty or has characters other than visible ASCII");
        }
        token = Optional.of(value);
        return this;
    }

    /**
     * Sets the SHA-256 of the model file that the server must have loaded. Default: any.
     *
     * @param hash 64 hexadecimal digits
     * @throws IllegalArgumentException if it is something else
     */
    public HttpChannelBuilder modelSha256(String hash) {
        if (!hash.matches("\\p{XDigit}{64}")) {
            throw new IllegalArgumentException("the SHA-256 is '" + hash + "', expected 64 hexadecimal digits");
        }
        modelSha256 = Optional.of(hash);
        return this;
    }

    /**
     * Sets the name that begins all request ids of this channel in the server's log. Default: random.
     *
     * @param id 1..64 letters, digits, dots, hyphens and underscores
     * @throws IllegalArgumentException if it is something else
     */
    public HttpChannelBuilder edgeId(String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "the edge's id is '" + id + "', expected 1..64 letters, digits, dots, hyphens and underscores");
        }
        edgeId = id;
        return this;
    }

    /**
     * Sets the longest wait for a reply. Default: {@link #DEFAULT_LIMIT}.
     *
     * @param longest from a millisecond to a day
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpChannelBuilder limit(Duration longest) {
        if (longest.toMillis() < 1 || longest.compareTo(MAX_LIMIT) > 0) {
            throw new IllegalArgumentException("the limit is " + longest + ", expected 1 ms to " + MAX_LIMIT);
        }
        limit = longest;
        return this;
    }

    /**
     * Sets the length above which a reply is refused. Default: 64 KiB; every valid reply is shorter.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public HttpChannelBuilder maxReplyBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the longest reply has " + bytes + " bytes, expected at least 1");
        }
        maxReplyBytes = bytes;
        return this;
    }

    /** Makes the channel; it connects with the first exchange. */
    public HttpChannel build() {
        return new HttpChannel(new HttpChannelBuilder(this), endpoint);
    }

    HttpClient newClient() {
        HttpClient.Builder client = HttpClient.newBuilder()
                // over plain HTTP, HTTP/2 would begin as a POST with Upgrade, which servers and proxies take
                // differently
                .version(isHttps(server) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .connectTimeout(MAX_CONNECT) // a shorter limit ends the exchange as a whole
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(client::sslContext);
        return client.build();
    }

    Optional<String> token() {
        return token;
    }

    Optional<String> modelSha256() {
        return modelSha256;
    }

    String edgeId() {
        return edgeId;
    }

    Duration limit() {
        return limit;
    }

    int maxReplyBytes() {
        return maxReplyBytes;
    }
}
