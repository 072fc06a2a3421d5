package glimpse.service.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Says in a line when another exporter begins to fail, and when it works again. */
final class ReportingExporter implements SpanExporter {
    private final SpanExporter exporter;
    private final URI address;
    private final Consumer<String> log;
    private final AtomicBoolean failing = new AtomicBoolean();

    ReportingExporter(SpanExporter exporter, URI address, Consumer<String> log) {
        this.exporter = exporter;
        this.address = address;
        this.log = log;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> report(result.isSuccess()));
    }

    private void report(boolean success) {
        if (failing.getAndSet(!success) == success) {
            log.accept(success ? "spans are sent again" : "spans can't be sent to " + address + " and are dropped");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
