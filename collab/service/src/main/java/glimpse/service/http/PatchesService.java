package glimpse.service.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.node.AcceptedRequest;
import glimpse.collab.node.RejectedRequestException;
import glimpse.service.http.RequestTerms.InvalidHeaderException;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ModelStore;
import glimpse.service.model.ServedModel;
import glimpse.service.queue.FutureFailure;
import glimpse.service.queue.Job;
import glimpse.service.queue.JobResult;
import glimpse.service.queue.RefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/models/{name}/patches}: a request message in, a reply message out. Headers are checked and the queue
 * is asked before the body is read; the message is decoded by the blocking executor's threads; only the forward pass is
 * queued.
 */
public final class PatchesService implements HttpService {
    /** Where this service is bound. */
    public static final String PATH = "/v1/models/{name}/patches";

    /** The content type of messages; {@code application/octet-stream} is accepted too. */
    public static final MediaType CONTENT_TYPE = MediaType.parse("application/vnd.glimpse.patches");

    private static final double NANOS_PER_MILLI = 1e6;

    private final ModelStore models;
    private final ServerMetrics metrics;
    private final Duration maxWait;

    /**
     * Creates the service.
     *
     * @param maxWait the longest that a request may take, from its headers to its reply
     */
    public PatchesService(ModelStore models, ServerMetrics metrics, Duration maxWait) {
        this.models = models;
        this.metrics = metrics;
        this.maxWait = maxWait;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String name = String.valueOf(context.pathParam("name"));
        Optional<ServedModel> found = models.find(name);
        if (found.isEmpty()) {
            return TextResponse.of(HttpStatus.NOT_FOUND, "there is no model of this name, see /v1/models");
        }
        ServedModel model = found.get();
        RequestNotes.of(context).forModel(model.name());
        context.setAdditionalResponseHeader(HeaderNames.MODEL, model.sha256());
        HttpResponse refusal = refusal(model, request.headers());
        if (refusal != null) {
            return refusal;
        }
        try {
            RequestTerms terms = RequestTerms.of(request.headers(), maxWait);
            model.lane().check(terms.priority(), terms.timeLeft());
            context.setRequestTimeout(TimeoutMode.SET_FROM_START, terms.limit());
            return new Exchange(context, model, terms).run(request);
        } catch (InvalidHeaderException e) {
            return TextResponse.of(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            return TextResponse.of(e);
        }
    }

    private static @Nullable HttpResponse refusal(ServedModel model, RequestHeaders headers) {
        MediaType type = headers.contentType();
        if (type != null && !type.is(MediaType.OCTET_STREAM) && !type.is(CONTENT_TYPE)) {
            return TextResponse.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "the content type is " + type + ", expected " + CONTENT_TYPE + " or " + MediaType.OCTET_STREAM);
        }
        String expected = headers.get(HeaderNames.MODEL);
        if (expected != null && !expected.equalsIgnoreCase(model.sha256())) {
            return reply(new ErrorReply(
                    0, Reason.MODEL_MISMATCH, "the model is " + model.sha256() + ", the request is for " + expected));
        }
        return null;
    }

    private static HttpResponse reply(Message message) {
        return HttpResponse.of(headers(message), HttpData.wrap(message.encode()));
    }

    private static ResponseHeaders headers(Message message) {
        return ResponseHeaders.builder(status(message))
                .contentType(CONTENT_TYPE)
                .build();
    }

    private static HttpStatus status(Message message) {
        return switch (message) {
            case PredictionReply prediction -> HttpStatus.OK;
            case PatchRequest request -> throw new IllegalArgumentException("a request is no reply");
            case ErrorReply error ->
                switch (error.reason()) {
                    case MALFORMED -> HttpStatus.BAD_REQUEST;
                    case MODEL_MISMATCH -> HttpStatus.CONFLICT;
                    case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
                    case UPLOAD_GONE -> HttpStatus.GONE;
                };
        };
    }

    /** One request from its headers to its reply. */
    private final class Exchange {
        private final ServiceRequestContext context;
        private final ServedModel model;
        private final RequestTerms terms;

        Exchange(ServiceRequestContext context, ServedModel model, RequestTerms terms) {
            this.context = context;
            this.model = model;
            this.terms = terms;
        }

        HttpResponse run(HttpRequest request) {
            CompletableFuture<HttpResponse> future =
                    WholeBody.of(request).thenComposeAsync(this::read, context.blockingTaskExecutor());
            return HttpResponse.of(future);
        }

        private CompletionStage<HttpResponse> read(AggregatedHttpRequest request) {
            if (context.isCancelled()) {
                return CompletableFuture.failedStage(new CancellationException("the client has gone"));
            }
            try {
                AcceptedRequest accepted = model.read(request.content().array());
                RequestNotes.of(context).hasPatches(accepted.input().patches());
                Job job = model.submit(accepted, terms.priority(), terms.timeLeft());
                // the client has gone, or the request has timed out
                var _ = context.whenRequestCancelling().thenAccept(cause -> job.cancel());
                return job.result()
                        .handleAsync(
                                (result, failure) -> answer(accepted.requestId(), result, failure),
                                context.eventLoop());
            } catch (RejectedRequestException e) {
                return CompletableFuture.completedStage(reply(e.reply()));
            } catch (RefusedException e) {
                return CompletableFuture.completedStage(TextResponse.of(e));
            }
        }

        private HttpResponse answer(int requestId, @Nullable JobResult result, @Nullable Throwable failure) {
            if (result == null) {
                Throwable cause =
                        failure == null ? new IllegalStateException("no result") : FutureFailure.cause(failure);
                return cause instanceof RefusedException refusal
                        ? TextResponse.of(refusal)
                        : HttpResponse.ofFailure(cause);
            }
            RequestNotes.of(context).ran(result);
            metrics.ran(model.name(), terms.priority(), result);
            metrics.statistics().succeeded(model.name(), result.queueNanos() + result.modelNanos());
            Message message = result.result().reply(requestId);
            ResponseHeaders headers = headers(message)
                    .withMutations(builder -> builder.add(HttpHeaderNames.SERVER_TIMING, timing(result)));
            return HttpResponse.of(headers, HttpData.wrap(message.encode()));
        }

        private static String timing(JobResult result) {
            return String.format(
                    Locale.ROOT,
                    "queue;dur=%.3f, model;dur=%.3f",
                    result.queueNanos() / NANOS_PER_MILLI,
                    result.modelNanos() / NANOS_PER_MILLI);
        }
    }
}
