package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.TransientHttpService;
import glimpse.service.metrics.ServerMetrics;

/** {@code GET /metrics}: what the server has counted and measured, in Prometheus's text format. */
public final class MetricsService implements TransientHttpService {
    /** Where this service is bound. */
    public static final String PATH = "/metrics";

    private static final MediaType FORMAT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

    private final ServerMetrics metrics;

    /** Creates the service. */
    public MetricsService(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(HttpStatus.OK, FORMAT, metrics.scrape());
    }
}
