package glimpse.service;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a server tells of its work. Immutable.
 *
 * @param accessLog receives one line of JSON per request
 * @param log receives what happens to the server as a whole, in words, line by line
 * @param otlpEndpoint OpenTelemetry collector that takes requests' spans, such as {@code http://localhost:4318}; empty
 *     for none
 */
public record Telemetry(Consumer<String> accessLog, Consumer<String> log, Optional<URI> otlpEndpoint) {
    /** Nothing. */
    public static final Telemetry NONE = new Telemetry(line -> {}, line -> {}, Optional.empty());

    /** Checks that nothing is null. */
    public Telemetry {
        Objects.requireNonNull(accessLog, "accessLog");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(otlpEndpoint, "otlpEndpoint");
    }
}
