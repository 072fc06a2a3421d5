package glimpse.collab.channel;

import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A channel to a server's model over HTTP: HTTP/2 if the connection is encrypted, otherwise HTTP/1.1. Connections are
 * kept for the next exchange and made anew as needed. An exchange makes one attempt, ends within a total time limit
 * whatever the server does, and throws nothing but {@link ChannelException}. Each attempt is a step of its own of the
 * caller's trace ({@link TraceParent}). Safe for use by several threads at once.
 */
public final class HttpChannel implements Channel {
    /** Names the SHA-256 of a model's file: the expected one in a request, the actual one in a reply. */
    static final String MODEL_HEADER = "Glimpse-Model";

    private static final int OK = 200;

    private final HttpChannelBuilder settings;
    private final URI endpoint;
    private HttpClient client; // guarded by this
    private boolean closed; // guarded by this

    HttpChannel(HttpChannelBuilder settings, URI endpoint) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.client = settings.newClient();
    }

    /**
     * Starts to describe a channel.
     *
     * @param server the server's address, {@code https://host:port} or {@code http://host:port}, with a path if the
     *     server is behind one
     * @param model the name that the server gives the model
     * @throws IllegalArgumentException if the address is invalid or the name is empty
     */
    public static HttpChannelBuilder to(URI server, String model) {
        return new HttpChannelBuilder(server, model);
    }

    /** Returns the address that requests are sent to. */
    public URI endpoint() {
        return endpoint;
    }

    /** Returns the id under which the server logs a request. */
    public String requestId(int requestId) {
        return settings.edgeId() + "-" + Integer.toUnsignedString(requestId);
    }

    /** Sends a request and waits for its reply, at most as long as the builder's limit. */
    @Override
    public byte[] exchange(byte[] request) throws ChannelException {
        return exchange(request, settings.limit());
    }

    /** Sends a request and waits for its reply, at most as long as both this limit and the builder's. */
    @Override
    public byte[] exchange(byte[] request, Duration limit) throws ChannelException {
        Duration wait = limit.compareTo(settings.limit()) < 0 ? limit : settings.limit();
        long end = System.nanoTime() + wait.toNanos(); // sending takes time too, much of it the first time
        HttpClient used = client();
        CompletableFuture<HttpResponse<byte[]>> response =
                used.sendAsync(message(request, wait), head -> new BoundedReply(settings.maxReplyBytes()));
        try {
            // a request's own timeout ends at the headers: a body could take forever
            return reply(response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS), request);
        } catch (TimeoutException e) {
            response.cancel(true);
            abandon(used);
            throw new ChannelException(
                    FailureReason.TIMEOUT, "no reply from " + endpoint + " within " + wait.toMillis() + " ms");
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new ChannelException(FailureReason.INTERRUPTED, "interrupted while waiting for a reply", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private synchronized HttpClient client() throws ChannelException {
        if (closed) {
            throw new ChannelException(FailureReason.CHANNEL_FAILED, "the channel is closed");
        }
        return client;
    }

    /**
     * Makes later exchanges use new connections. Cancelling an exchange over HTTP/2 leaves its connection in use, which
     * may be dead without the computer knowing; other exchanges of the old client may end.
     */
    private synchronized void abandon(HttpClient used) {
        if (!closed && used.equals(client) && used.version() == HttpClient.Version.HTTP_2) {
            client = settings.newClient();
            used.shutdown();
        }
    }

    private HttpRequest message(byte[] request, Duration wait) {
        HttpRequest.Builder message = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/octet-stream")
                .header("X-Request-Id", requestId(Message.requestIdOf(request)))
                .header(TraceParent.HEADER, step().toString())
                .header("Glimpse-Deadline-Millis", Long.toString(Math.max(1, wait.toMillis())));
        settings.token().ifPresent(token -> message.header("Authorization", "Bearer " + token));
        settings.modelSha256().ifPresent(hash -> message.header(MODEL_HEADER, hash));
        return message.POST(BodyPublishers.ofByteArray(request)).build();
    }

    /** Returns the step of an attempt: of the trace that the caller works within, or of its own. */
    private static TraceParent step() {
        return TraceParent.current().map(TraceParent::child).orElseGet(TraceParent::begin);
    }

    private byte[] reply(HttpResponse<byte[]> response, byte[] request) throws ChannelException {
        int id = Message.requestIdOf(request);
        if (response.statusCode() != OK) {
            throw HttpStatus.failure(response, requestId(id));
        }
        requireModel(response.headers().firstValue(MODEL_HEADER));
        requireReply(response.body(), id);
        return response.body();
    }

    private void requireModel(Optional<String> model) throws ChannelException {
        if (settings.modelSha256().isPresent() && !settings.modelSha256().get().equalsIgnoreCase(model.orElse(""))) {
            throw new ChannelException(
                    FailureReason.WRONG_MODEL,
                    "the reply comes from model " + model.orElse("unknown") + ", expected "
                            + settings.modelSha256().get());
        }
    }

    /** Rejects what isn't a reply to the request, such as the login page of a network. */
    private static void requireReply(byte[] body, int id) throws ChannelException {
        try {
            Message message = Message.parse(body);
            if (message instanceof PatchRequest || message.requestId() != id) {
                throw new ChannelException(
                        FailureReason.PROTOCOL_ERROR,
                        "expected a reply to request " + Integer.toUnsignedString(id) + ", got another message");
            }
        } catch (MessageException e) {
            throw new ChannelException(FailureReason.PROTOCOL_ERROR, "the reply is malformed: " + e.getMessage(), e);
        }
    }

    private ChannelException failure(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException slow -> unreachable("no answer", slow);
            case ConnectException refused -> unreachable(rootMessage(refused), refused);
            case SSLHandshakeException tls ->
                new ChannelException(FailureReason.TLS_FAILED, endpoint + ": " + tls.getMessage(), tls);
            case SSLPeerUnverifiedException tls ->
                new ChannelException(FailureReason.TLS_FAILED, endpoint + ": " + tls.getMessage(), tls);
            case BoundedReply.TooLongException tooLong ->
                new ChannelException(FailureReason.PROTOCOL_ERROR, "" + tooLong.getMessage(), tooLong);
            case ProtocolException noHttp ->
                new ChannelException(FailureReason.PROTOCOL_ERROR, endpoint + ": " + noHttp.getMessage(), noHttp);
            case IOException lost ->
                new ChannelException(
                        FailureReason.UNREACHABLE,
                        "the connection to " + endpoint + " was lost: " + rootMessage(lost),
                        lost);
            default -> new ChannelException(FailureReason.CHANNEL_FAILED, endpoint + ": " + cause, cause);
        };
    }

    private ChannelException unreachable(String why, IOException cause) {
        return new ChannelException(FailureReason.UNREACHABLE, "no connection to " + endpoint + ": " + why, cause);
    }

    /** Returns the innermost message that there is: the client's own exceptions often have none. */
    private static String rootMessage(Throwable error) {
        String message = error.getClass().getSimpleName();
        for (Throwable at = error; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
        }
        return message;
    }

    /** Closes all connections; exchanges under way fail. */
    @Override
    public synchronized void close() {
        closed = true;
        client.shutdownNow();
    }
}
