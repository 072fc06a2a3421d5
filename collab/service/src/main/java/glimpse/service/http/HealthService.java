package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.TransientHttpService;
import java.util.Map;
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
    private final MediaType type;
    private final String document;

    /** Creates a service that responds with a line. */
    public HealthService(BooleanSupplier healthy) {
        this(healthy, MediaType.PLAIN_TEXT_UTF_8, "ok\n");
    }

    private HealthService(BooleanSupplier healthy, MediaType type, String document) {
        this.healthy = healthy;
        this.type = type;
        this.document = document;
    }

    /**
     * Returns a service that responds with a JSON document.
     *
     * @param field of the document that is true
     */
    public static HealthService json(String field, BooleanSupplier healthy) {
        return new HealthService(healthy, MediaType.JSON, Json.write(Map.of(field, true)));
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return healthy.getAsBoolean()
                ? HttpResponse.of(HttpStatus.OK, type, document)
                : Refusals.of(context, HttpStatus.SERVICE_UNAVAILABLE, "not ready");
    }
}
