package glimpse.service.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.WholeBody;
import glimpse.service.oip.OipException;
import java.util.concurrent.CompletableFuture;

/** Does something with the repository that may take its time. */
final class RepositoryService implements HttpService {
    private final Action action;

    /** What it does. */
    interface Action {
        /**
         * Starts on what will give the response's document, or throws.
         *
         * @param name of the model in the path; empty if there is none
         * @param body of the request
         */
        CompletableFuture<?> run(String name, AggregatedHttpRequest body) throws OipException;
    }

    RepositoryService(Action action) {
        this.action = action;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String name = DocumentService.parameter(context, DocumentService.NAME);
        return HttpResponse.of(
                WholeBody.of(request).thenComposeAsync(body -> run(name, body), context.blockingTaskExecutor()));
    }

    private CompletableFuture<HttpResponse> run(String name, AggregatedHttpRequest body) {
        try {
            return action.run(name, body).thenApply(ProtocolResponses::json).exceptionally(ProtocolResponses::failure);
        } catch (OipException e) {
            return CompletableFuture.completedFuture(ProtocolResponses.error(e));
        }
    }
}
