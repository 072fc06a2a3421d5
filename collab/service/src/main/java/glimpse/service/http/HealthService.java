package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.TransientHttpService;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health/live} and {@code /health/ready}: 200 or 503. They don't appear in the access log and don't hold up
 * a shutdown.
 */
public final class HealthService implements TransientHttpService {
    /** Where the service is bound that tells whether the process is alive. */
    public static final String LIVE_PATH = "/health/live";

    /** Where the service is bound that tells whether requests are accepted. */
    public static final String READY_PATH = "/health/ready";

    private final BooleanSupplier healthy;

    /** Creates a service. */
    public HealthService(BooleanSupplier healthy) {
        this.healthy = healthy;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return healthy.getAsBoolean()
                ? TextResponse.of(HttpStatus.OK, "ok")
                : TextResponse.of(HttpStatus.SERVICE_UNAVAILABLE, "not ready");
    }
}
