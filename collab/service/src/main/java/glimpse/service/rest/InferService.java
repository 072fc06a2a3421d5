package glimpse.service.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.BodyBudget;
import glimpse.service.http.HeaderNames;
import glimpse.service.http.OffHeapBody;
import glimpse.service.http.RequestNotes;
import glimpse.service.http.RequestTerms;
import glimpse.service.http.RequestTerms.InvalidHeaderException;
import glimpse.service.model.ServedModel;
import glimpse.service.oip.InferRequest;
import glimpse.service.oip.InferResponse;
import glimpse.service.oip.Inference;
import glimpse.service.oip.InferenceStarter;
import glimpse.service.oip.OipException;
import glimpse.service.oip.OipException.Code;
import glimpse.service.oip.Repository;
import glimpse.service.oip.json.InferRequestReader;
import glimpse.service.queue.RefusedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v2/models/{name}/infer}: tensors in, tensors out. Headers are checked and the queue is asked before the
 * body is read, which the blocking executor's threads decode.
 */
final class InferService implements HttpService {
    private static final String IDENTITY = "identity";

    private final Repository repository;
    private final InferenceStarter starter;
    private final Duration maxWait;

    InferService(Repository repository, InferenceStarter starter, Duration maxWait) {
        this.repository = repository;
        this.starter = starter;
        this.maxWait = maxWait;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        try {
            ServedModel model = repository.find(
                    DocumentService.parameter(context, DocumentService.NAME),
                    DocumentService.parameter(context, DocumentService.VERSION));
            RequestNotes.of(context).forModel(model.name());
            requireDecoded(request.headers());
            context.setAdditionalResponseHeader(HeaderNames.MODEL, model.sha256());
            RequestTerms terms = RequestTerms.of(request.headers(), maxWait);
            model.lane().check(terms.priority(), terms.timeLeft());
            context.setRequestTimeout(TimeoutMode.SET_FROM_START, terms.limit());
            return HttpResponse.of(OffHeapBody.of(context, request)
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(BodyBudget.reason(context, failure)))
                    .thenComposeAsync(body -> infer(context, model, terms, body), context.blockingTaskExecutor()));
        } catch (OipException e) {
            return ProtocolResponses.error(e);
        } catch (InvalidHeaderException e) {
            return ProtocolResponses.error(new OipException(Code.INVALID, String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            return ProtocolResponses.error(OipException.of(e));
        }
    }

    /** What is decoded has no such header any more. */
    private static void requireDecoded(RequestHeaders headers) throws OipException {
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, IDENTITY);
        if (!encoding.equalsIgnoreCase(IDENTITY)) {
            throw new OipException(
                    Code.INVALID, "the header Content-Encoding is '" + encoding + "', expected gzip, deflate or none");
        }
    }

    private CompletionStage<HttpResponse> infer(
            ServiceRequestContext context, ServedModel model, RequestTerms terms, OffHeapBody body) {
        try (body) {
            if (context.isCancelled()) {
                return CompletableFuture.failedStage(new CancellationException("the client has gone"));
            }
            int jsonBytes = jsonBytes(context.request().headers(), body.bytes());
            InferRequest request = InferRequestReader.read(body.beginning(jsonBytes), body.after(jsonBytes));
            Inference inference =
                    starter.start(model, request, terms.priority(), terms.timeLeft(), BodyBudget.memory(context));
            RequestNotes.of(context).hasPatches(inference.patches());
            // the client has gone, or the request has timed out
            var _ = context.whenRequestCancelling().thenAccept(cause -> inference.cancel());
            return inference.response().handle((response, failure) -> respond(context, inference, response, failure));
        } catch (OipException e) {
            return CompletableFuture.completedStage(ProtocolResponses.error(e));
        }
    }

    private static int jsonBytes(RequestHeaders headers, int length) throws OipException {
        String text = headers.get(ProtocolResponses.JSON_LENGTH);
        if (text == null) {
            return length;
        }
        try {
            return Objects.checkIndex(Integer.parseInt(text), length + 1);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new OipException(
                    Code.INVALID,
                    "the header Inference-Header-Content-Length is '" + text + "', expected 0 to " + length
                            + ", the length of the body");
        }
    }

    private static HttpResponse respond(
            ServiceRequestContext context,
            Inference inference,
            @Nullable InferResponse response,
            @Nullable Throwable failure) {
        if (response != null) {
            RequestNotes.of(context).ran(inference.firstResult());
            return ProtocolResponses.inference(response);
        }
        return ProtocolResponses.failure(Objects.requireNonNullElse(failure, new IllegalStateException("no response")));
    }
}
