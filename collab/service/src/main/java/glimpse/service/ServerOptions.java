package glimpse.service;

import glimpse.service.http.Tokens;
import glimpse.service.model.ModelFile;
import glimpse.service.oip.ImageDecoder;
import glimpse.service.queue.QueueLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a server is set up. Immutable; the {@code with} methods return changed copies.
 *
 * @param models to serve, at least one, with different names
 * @param address to listen at; port 0 chooses a free one
 * @param tls for HTTPS; empty for HTTP
 * @param tokens of which a request must carry one; empty if none is needed
 * @param insecure whether to listen off loopback with neither TLS nor tokens
 * @param queue bounds what waits
 * @param http bounds requests and connections
 * @param images decodes the images that clients send as files
 * @param modelControl whether clients may load and unload models
 * @param otlpEndpoint OpenTelemetry collector that takes requests' spans, such as {@code http://localhost:4318}; empty
 *     for none
 * @param page whether there is a page, and what it shows
 * @param accessLog receives one line of JSON per request
 * @param log receives what happens to the server as a whole, in words, line by line
 */
public record ServerOptions(
        List<ModelFile> models,
        InetSocketAddress address,
        Optional<TlsFiles> tls,
        Optional<Tokens> tokens,
        boolean insecure,
        QueueLimits queue,
        HttpLimits http,
        ImageDecoder images,
        boolean modelControl,
        Optional<URI> otlpEndpoint,
        PageOptions page,
        Consumer<String> accessLog,
        Consumer<String> log) {
    /** Patches in a batch: enough for several threads to share, few enough that nobody waits long for it. */
    private static final int BATCH_PATCHES = 800;

    private static final int QUEUED_REQUESTS = 1024;
    private static final Duration MAX_WAIT = Duration.ofMillis(500);

    /** Copies the list and checks that an unprotected server stays on loopback. */
    public ServerOptions {
        models = List.copyOf(models);
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (!loopback && tls.isEmpty() && tokens.isEmpty() && !insecure) {
            throw new IllegalArgumentException("anybody who reaches " + address.getHostString()
                    + " could use this server: it has neither TLS nor tokens");
        }
    }

    /** Returns options for a server on a free port of the loopback address. */
    public static ServerOptions of(List<ModelFile> models) {
        return new ServerOptions(
                models,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                Optional.empty(),
                false,
                new QueueLimits(BATCH_PATCHES, QUEUED_REQUESTS, MAX_WAIT),
                HttpLimits.DEFAULT,
                ImageDecoder.ENGINE,
                false,
                Optional.empty(),
                PageOptions.DEFAULT,
                line -> {},
                line -> {});
    }

    /** Returns options with another address. */
    public ServerOptions withAddress(InetSocketAddress other) {
        return new ServerOptions(
                models,
                other,
                tls,
                tokens,
                insecure,
                queue,
                http,
                images,
                modelControl,
                otlpEndpoint,
                page,
                accessLog,
                log);
    }

    /** Returns options with other protection. */
    public ServerOptions withProtection(Optional<TlsFiles> otherTls, Optional<Tokens> otherTokens) {
        return new ServerOptions(
                models,
                address,
                otherTls,
                otherTokens,
                insecure,
                queue,
                http,
                images,
                modelControl,
                otlpEndpoint,
                page,
                accessLog,
                log);
    }

    /** Returns options with another bound on what waits. */
    public ServerOptions withQueue(QueueLimits other) {
        return new ServerOptions(
                models,
                address,
                tls,
                tokens,
                insecure,
                other,
                http,
                images,
                modelControl,
                otlpEndpoint,
                page,
                accessLog,
                log);
    }

    /** Returns options with other bounds on requests and connections. */
    public ServerOptions withHttp(HttpLimits other) {
        return new ServerOptions(
                models,
                address,
                tls,
                tokens,
                insecure,
                queue,
                other,
                images,
                modelControl,
                otlpEndpoint,
                page,
                accessLog,
                log);
    }

    /** Returns options with another collector of spans. */
    public ServerOptions withOtlpEndpoint(Optional<URI> other) {
        return new ServerOptions(
                models, address, tls, tokens, insecure, queue, http, images, modelControl, other, page, accessLog, log);
    }

    /** Returns options with another page, or none. */
    public ServerOptions withPage(PageOptions other) {
        return new ServerOptions(
                models,
                address,
                tls,
                tokens,
                insecure,
                queue,
                http,
                images,
                modelControl,
                otlpEndpoint,
                other,
                accessLog,
                log);
    }

    /** Returns options with other logs. */
    public ServerOptions withLogs(Consumer<String> otherAccessLog, Consumer<String> otherLog) {
        return new ServerOptions(
                models,
                address,
                tls,
                tokens,
                insecure,
                queue,
                http,
                images,
                modelControl,
                otlpEndpoint,
                page,
                otherAccessLog,
                otherLog);
    }

    /** Returns options with or without models that clients may load and unload. */
    public ServerOptions withModelControl(boolean other) {
        return new ServerOptions(
                models, address, tls, tokens, insecure, queue, http, images, other, otlpEndpoint, page, accessLog, log);
    }
}
