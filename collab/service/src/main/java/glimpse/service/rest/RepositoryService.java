package glimpse.service.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.WholeBody;
import glimpse.service.oip.OipException;

/** Does something with the repository that may take its time, on a thread of the blocking executor. */
final class RepositoryService implements HttpService {
    private final Action action;

    /** What it does. */
    interface Action {
        /**
         * Returns the response's document.
         *
         * @param name of the model in the path; empty if there is none
         * @param body of the request
         */
        Object run(String name, AggregatedHttpRequest body) throws OipException;
    }

    RepositoryService(Action action) {
        this.action = action;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String name = DocumentService.parameter(context, DocumentService.NAME);
        return HttpResponse.of(
                WholeBody.of(request).thenApplyAsync(body -> run(name, body), context.blockingTaskExecutor()));
    }

    private HttpResponse run(String name, AggregatedHttpRequest body) {
        try {
            return ProtocolResponses.json(action.run(name, body));
        } catch (OipException e) {
            return ProtocolResponses.error(e);
        }
    }
}
