package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import java.util.concurrent.atomic.AtomicReference;

/** Whether a server is starting, ready or draining; refuses requests while it isn't ready. Thread-safe. */
public final class Lifecycle implements DecoratingHttpServiceFunction {
    private static final long RETRY_MILLIS = 1000;

    private final SettableHealthChecker health = new SettableHealthChecker(false);
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    private enum Phase {
        STARTING("the server is starting"),
        READY("the server is ready"),
        DRAINING("the server is shutting down");

        private final String text;

        Phase(String text) {
            this.text = text;
        }
    }

    /** Creates the lifecycle of a server that is starting. */
    public Lifecycle() {}

    /** The models are warm. Does nothing if the server is draining already. */
    public void ready() {
        if (phase.compareAndSet(Phase.STARTING, Phase.READY)) {
            health.setHealthy(true);
        }
    }

    /** No more requests are accepted. */
    public void draining() {
        phase.set(Phase.DRAINING);
        health.setHealthy(false);
    }

    /** Returns whether requests are accepted. */
    public boolean isReady() {
        return phase.get() == Phase.READY;
    }

    /** Returns whether requests are accepted, as something that tells when that changes. */
    public ListenableHealthChecker health() {
        return health;
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Phase now = phase.get();
        return now == Phase.READY
                ? service.serve(context, request)
                : TextResponse.retryLater(HttpStatus.SERVICE_UNAVAILABLE, RETRY_MILLIS, now.text);
    }
}
