package glimpse.service.cli;

import glimpse.cli.option.NumberOf;
import glimpse.service.HttpLimits;
import glimpse.service.queue.QueueLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What bounds a server's queue, requests and connections. */
final class LimitOptions {
    @Option(
            names = "--max-queue",
            paramLabel = "MILLIS",
            defaultValue = "500",
            converter = NumberOf.AtLeastOne.class,
            description = "Refuse requests that would wait longer than this for a model. Default: ${DEFAULT-VALUE}.")
    private int queueMillis;

    @Option(
            names = "--max-queued",
            paramLabel = "N",
            defaultValue = "1024",
            converter = NumberOf.AtLeastOne.class,
            description = "Let at most N images wait. Default: ${DEFAULT-VALUE}.")
    private int queued;

    @Option(
            names = "--batch-patches",
            paramLabel = "N",
            defaultValue = "800",
            converter = NumberOf.AtLeastOne.class,
            description = "Run at most N patches as one batch. Default: ${DEFAULT-VALUE}.")
    private int batchPatches;

    @Option(
            names = "--max-request-bytes",
            paramLabel = "N",
            defaultValue = "16777216",
            converter = NumberOf.AtLeastOne.class,
            description = "Refuse larger requests. Default: ${DEFAULT-VALUE}.")
    private int requestBytes;

    @Option(
            names = "--request-timeout",
            paramLabel = "MILLIS",
            defaultValue = "30000",
            converter = NumberOf.AtLeastOne.class,
            description = "End requests that take longer in all. Default: ${DEFAULT-VALUE}.")
    private int requestMillis;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "1024",
            converter = NumberOf.AtLeastOne.class,
            description = "Accept at most N connections at once. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--max-body-memory",
            paramLabel = "BYTES",
            converter = NumberOf.AtLeastOne.class,
            description = "Hold at most so many bytes of all requests' bodies, and of large responses, at once."
                    + " Default: 268435456, or a quarter of the largest heap if that is less.")
    private @Nullable Integer bodyBytes;

    @Option(
            names = "--idle-timeout",
            paramLabel = "MILLIS",
            defaultValue = "15000",
            converter = NumberOf.AtLeastOne.class,
            description = "Close connections that send no request, or not all of its headers, for so long."
                    + " Default: ${DEFAULT-VALUE}.")
    private int idleMillis;

    @Option(
            names = "--max-peer-connections",
            paramLabel = "N",
            defaultValue = "512",
            converter = NumberOf.AtLeastOne.class,
            description = "Accept at most N connections of one address (IPv6: one /64 network) at once."
                    + " Default: ${DEFAULT-VALUE}.")
    private int peerConnections;

    @Option(
            names = "--max-peer-requests",
            paramLabel = "N",
            defaultValue = "512",
            converter = NumberOf.AtLeastOne.class,
            description = "Accept at most N requests of one address at once. Default: ${DEFAULT-VALUE}.")
    private int peerRequests;

    @Option(
            names = "--drain-timeout",
            paramLabel = "MILLIS",
            defaultValue = "30000",
            converter = NumberOf.AtLeastOne.class,
            description = "When stopped, wait at most this long for replies to be sent. Default: ${DEFAULT-VALUE}.")
    private int drainMillis;

    LimitOptions() {}

    /**
     * Returns how much bodies take by default. Buffers of the network may take as much as the heap, and a body needs
     * more than its bytes while it comes; where they don't fit, requests fail instead of being refused.
     */
    static long bodyBytes(long heapBytes) {
        return Math.min(HttpLimits.DEFAULT.bodyBytes(), heapBytes / 4);
    }

    QueueLimits queue() {
        return new QueueLimits(batchPatches, queued, Duration.ofMillis(queueMillis));
    }

    HttpLimits http() {
        return new HttpLimits(
                requestBytes,
                bodyBytes == null ? bodyBytes(Runtime.getRuntime().maxMemory()) : bodyBytes,
                Duration.ofMillis(requestMillis),
                Duration.ofMillis(idleMillis),
                connections,
                peerConnections,
                peerRequests,
                Duration.ofMillis(drainMillis));
    }
}
