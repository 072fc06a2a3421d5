package glimpse.service.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.node.AcceptedRequest;
import glimpse.collab.node.RejectedRequestException;
import glimpse.service.http.RequestNotes;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ServedModel;
import glimpse.service.oip.OipException;
import glimpse.service.oip.Repository;
import glimpse.service.proto.patches.PatchesGrpc;
import glimpse.service.proto.patches.PredictRequest;
import glimpse.service.proto.patches.PredictResponse;
import glimpse.service.proto.patches.Refusal;
import glimpse.service.queue.FutureFailure;
import glimpse.service.queue.Job;
import glimpse.service.queue.JobResult;
import glimpse.service.queue.RefusedException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@code glimpse.v1.Patches}: request messages in, reply messages out. */
final class PatchesCalls implements PatchesGrpc.AsyncService {
    private final Repository repository;
    private final ServerMetrics metrics;
    private final ListenableHealthChecker ready;
    private final Executor executor;

    PatchesCalls(Repository repository, ServerMetrics metrics, ListenableHealthChecker ready, Executor executor) {
        this.repository = repository;
        this.metrics = metrics;
        this.ready = ready;
        this.executor = executor;
    }

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        UnaryCall.start(responses, () -> {
            Pending<Reply> started = start(context, request);
            return Pending.small(started.response().thenApply(PatchesCalls::orStatus), started.cancel());
        });
    }

    @Override
    public StreamObserver<PredictRequest> predictStream(StreamObserver<PredictResponse> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        return new MessageStream<>(responses, request -> streamed(context, request), context, ready);
    }

    /** A reply message, and the model that it comes from. */
    private record Reply(ServedModel model, Message message) {
        PredictResponse response() {
            return PredictResponse.newBuilder()
                    .setModelSha256(model.sha256())
                    .setMessage(ByteString.copyFrom(message.encode()))
                    .build();
        }
    }

    private Pending<Reply> start(ServiceRequestContext context, PredictRequest request) throws OipException {
        ServedModel model = repository.find(request.getModel(), "");
        RequestNotes notes = RequestNotes.of(context);
        notes.forModel(model.name());
        byte[] bytes = request.getMessage().toByteArray();
        String expected = request.getModelSha256();
        if (!expected.isEmpty() && !expected.equalsIgnoreCase(model.sha256())) {
            return Pending.of(new Reply(
                    model,
                    new ErrorReply(
                            Message.requestIdOf(bytes),
                            ErrorReply.Reason.MODEL_MISMATCH,
                            "the model is " + model.sha256() + ", the request is for " + expected)));
        }
        try {
            CallTerms terms = CallTerms.of(context);
            AcceptedRequest accepted = model.read(bytes);
            notes.hasPatches(accepted.input().patches());
            Job job = model.submit(accepted, terms.priority(), terms.timeLeft());
            CompletableFuture<Reply> reply = job.result()
                    .handleAsync(
                            (result, failure) -> {
                                JobResult ran = required(result, failure);
                                notes.ran(ran);
                                metrics.ran(model.name(), terms.priority(), ran);
                                metrics.statistics().succeeded(model.name(), ran.queueNanos() + ran.modelNanos());
                                return new Reply(model, ran.result().reply(accepted.requestId()));
                            },
                            executor);
            return Pending.small(reply, job::cancel);
        } catch (RejectedRequestException e) {
            return Pending.of(new Reply(model, e.reply()));
        } catch (RefusedException e) {
            throw OipException.of(e);
        }
    }

    private static JobResult required(@Nullable JobResult result, @Nullable Throwable failure) {
        if (result != null) {
            return result;
        }
        Throwable cause = failure == null ? new IllegalStateException("no result") : FutureFailure.cause(failure);
        throw new CompletionException(cause instanceof RefusedException refusal ? OipException.of(refusal) : cause);
    }

    private static PredictResponse orStatus(Reply reply) {
        if (!(reply.message() instanceof ErrorReply error)) {
            return reply.response();
        }
        Status status = switch (error.reason()) {
            case MALFORMED -> Status.INVALID_ARGUMENT;
            case MODEL_MISMATCH -> Status.FAILED_PRECONDITION;
            case FAILED -> Status.INTERNAL;
            case UPLOAD_GONE -> Status.ABORTED;
        };
        throw status.withDescription(error.text()).asRuntimeException();
    }

    private Pending<PredictResponse> streamed(ServiceRequestContext context, PredictRequest request) {
        ByteString message = request.getMessage();
        int requestId = Message.requestIdOf(message.substring(0, Math.min(message.size(), Message.HEADER_BYTES))
                .toByteArray());
        try {
            Pending<Reply> started = start(context, request);
            return Pending.small(
                    started.response().thenApply(Reply::response).exceptionally(failure -> refusal(requestId, failure)),
                    started.cancel());
        } catch (OipException | RuntimeException e) {
            return Pending.of(refusal(requestId, e));
        }
    }

    private static PredictResponse refusal(int requestId, Throwable failure) {
        Status status = Statuses.of(failure).getStatus();
        long retryAfter = FutureFailure.cause(failure) instanceof OipException error ? error.retryAfterMillis() : 0;
        return PredictResponse.newBuilder()
                .setRefusal(Refusal.newBuilder()
                        .setRequestId(requestId)
                        .setCode(status.getCode().value())
                        .setReason(String.valueOf(status.getDescription()))
                        .setRetryAfterMillis(retryAfter))
                .build();
    }
}
