package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.connection.Connections;
import glimpse.service.metrics.ServerMetrics;

/** Refuses requests of an address that has too many already, except those for the server's health. */
public final class PeerCheck implements DecoratingHttpServiceFunction {
    private static final long RETRY_MILLIS = 100;
    private static final String LINE = "this address has too many requests at once";

    private final Connections connections;
    private final ServerMetrics metrics;

    /** Creates a check. */
    public PeerCheck(Connections connections, ServerMetrics metrics) {
        this.connections = connections;
        this.metrics = metrics;
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        boolean permitted = connections.begin(context);
        if (permitted || context.findService(HealthService.class) != null) {
            return service.serve(context, request);
        }
        metrics.refused("-", "peer_requests");
        return Refusals.retryLater(context, HttpStatus.TOO_MANY_REQUESTS, RETRY_MILLIS, LINE);
    }
}
