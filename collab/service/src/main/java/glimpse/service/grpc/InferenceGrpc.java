package glimpse.service.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import glimpse.service.http.BodyBudget;
import glimpse.service.http.RequestNotes;
import glimpse.service.model.ServedModel;
import glimpse.service.oip.Inference;
import glimpse.service.oip.InferenceStarter;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.OipException;
import glimpse.service.oip.Repository;
import glimpse.service.oip.ServerInfo;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.AsyncService;
import glimpse.service.proto.inference.ModelConfigRequest;
import glimpse.service.proto.inference.ModelConfigResponse;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelInferResponse;
import glimpse.service.proto.inference.ModelMetadataRequest;
import glimpse.service.proto.inference.ModelMetadataResponse;
import glimpse.service.proto.inference.ModelReadyRequest;
import glimpse.service.proto.inference.ModelReadyResponse;
import glimpse.service.proto.inference.ModelStatisticsRequest;
import glimpse.service.proto.inference.ModelStatisticsResponse;
import glimpse.service.proto.inference.ModelStreamInferResponse;
import glimpse.service.proto.inference.RepositoryIndexRequest;
import glimpse.service.proto.inference.RepositoryIndexResponse;
import glimpse.service.proto.inference.RepositoryModelLoadRequest;
import glimpse.service.proto.inference.RepositoryModelLoadResponse;
import glimpse.service.proto.inference.RepositoryModelUnloadRequest;
import glimpse.service.proto.inference.RepositoryModelUnloadResponse;
import glimpse.service.proto.inference.ServerLiveRequest;
import glimpse.service.proto.inference.ServerLiveResponse;
import glimpse.service.proto.inference.ServerMetadataRequest;
import glimpse.service.proto.inference.ServerMetadataResponse;
import glimpse.service.proto.inference.ServerReadyRequest;
import glimpse.service.proto.inference.ServerReadyResponse;
import io.grpc.stub.StreamObserver;

/** {@code inference.GRPCInferenceService}: the Open Inference Protocol, as tritonclient.grpc and others speak it. */
final class InferenceGrpc implements AsyncService {
    private final Repository repository;
    private final InferenceStarter starter;
    private final ListenableHealthChecker ready;

    InferenceGrpc(Repository repository, InferenceStarter starter, ListenableHealthChecker ready) {
        this.repository = repository;
        this.starter = starter;
        this.ready = ready;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> responses) {
        UnaryCall.reply(
                responses, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(ready.isHealthy())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(repository.isReady(request.getName(), request.getVersion()))
                        .build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(ServerInfo.NAME)
                        .setVersion(ServerInfo.version())
                        .addAllExtensions(ServerInfo.EXTENSIONS)
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> DescriptionMessages.metadata(
                        ModelInterface.of(repository.find(request.getName(), request.getVersion()))));
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> ModelConfigResponse.newBuilder()
                        .setConfig(DescriptionMessages.config(
                                ModelInterface.of(repository.find(request.getName(), request.getVersion()))))
                        .build());
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> responses) {
        UnaryCall.reply(
                responses,
                () -> ModelStatisticsResponse.newBuilder()
                        .addAllModelStats(DescriptionMessages.statistics(
                                repository.statistics(request.getName(), request.getVersion())))
                        .build());
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> responses) {
        UnaryCall.reply(responses, () -> DescriptionMessages.index(repository.index(request.getReady())));
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> responses) {
        UnaryCall.replyAfter(
                responses,
                () -> repository.load(request.getModelName()),
                RepositoryModelLoadResponse.getDefaultInstance());
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest request, StreamObserver<RepositoryModelUnloadResponse> responses) {
        UnaryCall.replyAfter(
                responses,
                () -> repository.unload(request.getModelName()),
                RepositoryModelUnloadResponse.getDefaultInstance());
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        UnaryCall.start(responses, () -> start(context, request));
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(StreamObserver<ModelStreamInferResponse> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        return new MessageStream<>(responses, request -> streamed(context, request), context, ready);
    }

    private Pending<ModelInferResponse> start(ServiceRequestContext context, ModelInferRequest request)
            throws OipException {
        ServedModel model = repository.find(request.getModelName(), request.getModelVersion());
        RequestNotes notes = RequestNotes.of(context);
        notes.forModel(model.name());
        CallTerms terms = CallTerms.of(context);
        Inference inference = starter.start(
                model, InferMessages.read(request), terms.priority(), terms.timeLeft(), BodyBudget.memory(context));
        notes.hasPatches(inference.patches());
        return new Pending<>(
                inference.response().thenApply(response -> {
                    notes.ran(inference.firstResult());
                    return InferMessages.write(response);
                }),
                inference::cancel,
                inference.responseBytes());
    }

    private Pending<ModelStreamInferResponse> streamed(ServiceRequestContext context, ModelInferRequest request) {
        String model = request.getModelName();
        String id = request.getId();
        try {
            Pending<ModelInferResponse> started = start(context, request);
            return new Pending<>(
                    started.response()
                            .thenApply(response -> ModelStreamInferResponse.newBuilder()
                                    .setInferResponse(response)
                                    .build())
                            .exceptionally(failure -> error(model, id, failure)),
                    started.cancel(),
                    started.heldBytes());
        } catch (OipException | RuntimeException e) {
            return Pending.of(error(model, id, e));
        }
    }

    private static ModelStreamInferResponse error(String model, String id, Throwable failure) {
        return ModelStreamInferResponse.newBuilder()
                .setErrorMessage(String.valueOf(Statuses.of(failure).getStatus().getDescription()))
                .setInferResponse(
                        ModelInferResponse.newBuilder().setModelName(model).setId(id))
                .build();
    }
}
