package glimpse.service;

import glimpse.service.http.Tokens;
import glimpse.service.model.ModelFile;
import glimpse.service.oip.ImageDecoder;
import glimpse.service.queue.QueueLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a server is set up. Immutable; the {@code with} methods return changed copies.
 *
 * @param models to serve, at least one, with different names
 * @param address to listen at; port 0 chooses a free one
 * @param protection whom the server lets in
 * @param queue bounds what waits
 * @param http bounds requests and connections
 * @param images decodes the images that clients send as files
 * @param modelControl whether clients may load and unload models
 * @param reloadPeriod how often the server looks whether a model's file has changed, above 0
 * @param page whether there is a page, and what it shows
 * @param telemetry logs and spans
 */
public record ServerOptions(
        List<ModelFile> models,
        InetSocketAddress address,
        Protection protection,
        QueueLimits queue,
        HttpLimits http,
        ImageDecoder images,
        boolean modelControl,
        Duration reloadPeriod,
        PageOptions page,
        Telemetry telemetry) {
    /** Patches in a batch: enough for several threads to share, few enough that nobody waits long for it. */
    private static final int BATCH_PATCHES = 800;

    private static final int QUEUED_REQUESTS = 1024;
    private static final Duration MAX_WAIT = Duration.ofMillis(500);

    /** One second: how often a server looks whether a model's file has changed. */
    public static final Duration RELOAD_PERIOD = Duration.ofSeconds(1);

    /**
     * Copies the list and checks it, and that an unprotected server stays on loopback.
     *
     * @throws IllegalArgumentException if two models have the same name, there are none, or anybody could use the
     *     server
     */
    public ServerOptions {
        models = List.copyOf(models);
        requireDifferentNames(models);
        if (!reloadPeriod.isPositive()) {
            throw new IllegalArgumentException("reloadPeriod is " + reloadPeriod + ", expected more than 0");
        }
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (!loopback && !protection.suffices()) {
            throw new IllegalArgumentException("anybody who reaches " + address.getHostString()
                    + " could use this server: it has neither TLS nor tokens");
        }
    }

    private static void requireDifferentNames(List<ModelFile> models) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("there is no model to serve, expected at least one");
        }
        Map<String, ModelFile> byName = new HashMap<>();
        for (ModelFile model : models) {
            ModelFile earlier = byName.put(model.name(), model);
            if (earlier != null) {
                throw new IllegalArgumentException("two models are named '" + model.name() + "': " + earlier.content()
                        + " and " + model.content());
            }
        }
    }

    /** Returns options for a server on a free port of the loopback address. */
    public static ServerOptions of(List<ModelFile> models) {
        return new ServerOptions(
                models,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Protection.NONE,
                new QueueLimits(BATCH_PATCHES, QUEUED_REQUESTS, MAX_WAIT),
                HttpLimits.DEFAULT,
                ImageDecoder.ENGINE,
                false,
                RELOAD_PERIOD,
                PageOptions.DEFAULT,
                Telemetry.NONE);
    }

    /** Returns options with another address. */
    public ServerOptions withAddress(InetSocketAddress other) {
        return new ServerOptions(
                models, other, protection, queue, http, images, modelControl, reloadPeriod, page, telemetry);
    }

    /** Returns options with other protection. */
    public ServerOptions withProtection(Optional<TlsFiles> tls, Optional<Tokens> tokens) {
        Protection other = new Protection(tls, tokens, protection.insecure());
        return new ServerOptions(
                models, address, other, queue, http, images, modelControl, reloadPeriod, page, telemetry);
    }

    /** Returns options with another bound on what waits. */
    public ServerOptions withQueue(QueueLimits other) {
        return new ServerOptions(
                models, address, protection, other, http, images, modelControl, reloadPeriod, page, telemetry);
    }

    /** Returns options with other bounds on requests and connections. */
    public ServerOptions withHttp(HttpLimits other) {
        return new ServerOptions(
                models, address, protection, queue, other, images, modelControl, reloadPeriod, page, telemetry);
    }

    /** Returns options with or without models that clients may load and unload. */
    public ServerOptions withModelControl(boolean other) {
        return new ServerOptions(
                models, address, protection, queue, http, images, other, reloadPeriod, page, telemetry);
    }

    /** Returns options with another time between two looks at the models' files. */
    public ServerOptions withReloadPeriod(Duration other) {
        return new ServerOptions(
                models, address, protection, queue, http, images, modelControl, other, page, telemetry);
    }

    /** Returns options with another page, or none. */
    public ServerOptions withPage(PageOptions other) {
        return new ServerOptions(
                models, address, protection, queue, http, images, modelControl, reloadPeriod, other, telemetry);
    }

    /** Returns options with other logs. */
    public ServerOptions withLogs(Consumer<String> accessLog, Consumer<String> log) {
        return withTelemetry(new Telemetry(accessLog, log, telemetry.otlpEndpoint()));
    }

    /** Returns options with another collector of spans. */
    public ServerOptions withOtlpEndpoint(Optional<URI> other) {
        return withTelemetry(new Telemetry(telemetry.accessLog(), telemetry.log(), other));
    }

    private ServerOptions withTelemetry(Telemetry other) {
        return new ServerOptions(
                models, address, protection, queue, http, images, modelControl, reloadPeriod, page, other);
    }
}
