package glimpse.service.cli;

import glimpse.cli.option.NumberOf;
import glimpse.service.HttpLimits;
import glimpse.service.queue.QueueLimits;
import java.time.Duration;
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
            description = "Let at most N requests wait. Default: ${DEFAULT-VALUE}.")
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
            names = "--drain-timeout",
            paramLabel = "MILLIS",
            defaultValue = "30000",
            converter = NumberOf.AtLeastOne.class,
            description = "When stopped, wait at most this long for replies to be sent. Default: ${DEFAULT-VALUE}.")
    private int drainMillis;

    LimitOptions() {}

    QueueLimits queue() {
        return new QueueLimits(batchPatches, queued, Duration.ofMillis(queueMillis));
    }

    HttpLimits http() {
        return new HttpLimits(
                requestBytes, Duration.ofMillis(requestMillis), connections, Duration.ofMillis(drainMillis));
    }
}
