package glimpse.service.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.metrics.ServerMetrics;

/** Refuses requests without a token, except those for the server's health and for the page's own files. */
public final class TokenCheck implements DecoratingHttpServiceFunction {
    private final Tokens tokens;
    private final ServerMetrics metrics;

    /** Creates a check. */
    public TokenCheck(Tokens tokens, ServerMetrics metrics) {
        this.tokens = tokens;
        this.metrics = metrics;
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        PageService page = context.findService(PageService.class);
        if (context.findService(HealthService.class) != null
                || (page != null && page.isOpen())
                || tokens.permit(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            return service.serve(context, request);
        }
        metrics.refused("-", "unauthorized");
        context.setAdditionalResponseHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        return Refusals.of(context, HttpStatus.UNAUTHORIZED, "expected Authorization: Bearer TOKEN with a valid token");
    }
}
