package glimpse.service.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.regex.Pattern;

/** Gives every response the id of its request: the client's, or one of the server's own. */
public final class RequestIds implements DecoratingHttpServiceFunction {
    private static final Pattern VALID = Pattern.compile("[!-~]{1,128}");

    /** Creates the decorator. */
    public RequestIds() {}

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        context.setAdditionalResponseHeader(HeaderNames.REQUEST_ID, of(request.headers(), context));
        return service.serve(context, request);
    }

    /** Returns the id that the client sent if it is printable and not too long, otherwise the server's own. */
    static String of(RequestHeaders headers, ServiceRequestContext context) {
        String sent = headers.get(HeaderNames.REQUEST_ID);
        return sent != null && VALID.matcher(sent).matches()
                ? sent
                : context.id().text();
    }
}
