package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.engine.image.RgbImage;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import glimpse.service.proto.inference.InferParameter;
import glimpse.service.proto.inference.InferTensorContents;
import glimpse.service.proto.inference.ModelConfigRequest;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.inference.ModelInferResponse;
import glimpse.service.proto.inference.ModelMetadataRequest;
import glimpse.service.proto.inference.ModelReadyRequest;
import glimpse.service.proto.inference.ModelStatisticsRequest;
import glimpse.service.proto.inference.ModelStreamInferResponse;
import glimpse.service.proto.inference.RepositoryIndexRequest;
import glimpse.service.proto.inference.RepositoryModelLoadRequest;
import glimpse.service.proto.inference.ServerReadyRequest;
import glimpse.service.proto.patches.PatchesGrpc.PatchesBlockingStub;
import glimpse.service.proto.patches.PatchesGrpc.PatchesStub;
import glimpse.service.proto.patches.PredictRequest;
import glimpse.service.proto.patches.PredictResponse;
import glimpse.service.queue.QueueLimits;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gRPC services, with generated clients. */
class InferenceGrpcTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static GRPCInferenceServiceBlockingStub inference;
    private static PatchesBlockingStub patches;

    @BeforeAll
    static void start() throws IOException {
        QueueLimits patient = new QueueLimits(800, 1024, Duration.ofMinutes(1));
        server = TestServer.start(folder, options -> options.withQueue(patient));
        inference = server.grpc(GRPCInferenceServiceBlockingStub.class);
        patches = server.grpc(PatchesBlockingStub.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ModelInferRequest.Builder pixels(float[] values) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder()
                .setName("pixels")
                .setDatatype("FP32")
                .addAllShape(List.of(values.length / 768L, 3L, 16L, 16L));
        return request.addRawInputContents(ByteString.copyFrom(InferenceFixture.littleEndian(values)));
    }

    private static float[] floats(ModelInferResponse response, int output) {
        return InferenceFixture.floats(response.getRawOutputContents(output).asReadOnlyByteBuffer());
    }

    private static void assertStatus(Status.Code code, String description, ThrowingCallable call) {
        assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(code);
            assertThat(e.getStatus().getDescription()).contains(description);
        });
    }

    @Test
    void rawPixelsGetTheLogitsThatTheModelGivesInProcess() {
        float[] values = InferenceFixture.pixels(2, 1);
        ModelInferResponse response =
                inference.modelInfer(pixels(values).setId("x").build());
        assertThat(response.getId()).isEqualTo("x");
        assertThat(response.getOutputsList())
                .extracting(ModelInferResponse.InferOutputTensor::getName)
                .containsExactly("logits", "probabilities", "label");
        assertThat(Arrays.copyOfRange(floats(response, 0), 3, 6))
                .isEqualTo(InferenceFixture.logits(server, InferenceFixture.patches(values, 1)));
    }

    @Test
    void typedContentsAreTheSameAsRawOnes() {
        float[] values = InferenceFixture.pixels(1, 2);
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (float value : values) {
            contents.addFp32Contents(value);
        }
        ModelInferRequest.Builder request = pixels(values).clearRawInputContents();
        request.getInputsBuilder(0).setContents(contents);
        assertThat(inference.modelInfer(request.build()))
                .isEqualTo(inference.modelInfer(pixels(values).build()));
    }

    @Test
    void anImageFileIsPreprocessedAsTheModelsFileSays() throws IOException {
        byte[] png = InferenceFixture.png(3);
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder()
                .setName("image")
                .setDatatype("BYTES")
                .addShape(1)
                .setContents(InferTensorContents.newBuilder().addBytesContents(ByteString.copyFrom(png)));
        assertThat(floats(inference.modelInfer(request.build()), 0))
                .isEqualTo(InferenceFixture.logits(
                        server, server.classifier().preprocessing().apply(RgbImage.decode(png))));
    }

    @Test
    void attentionComesIfAskedFor() {
        float[] values = InferenceFixture.pixels(1, 4);
        ModelInferRequest.Builder request = pixels(values);
        request.addOutputsBuilder().setName("attention");
        ModelInferResponse response = inference.modelInfer(request.build());
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L, 3L, 3L, 17L);
        assertThat(floats(response, 0))
                .isEqualTo(InferenceFixture.attention(server, InferenceFixture.patches(values, 0)));
    }

    @Test
    void errorsHaveTheirStatus() {
        ModelInferRequest valid = pixels(InferenceFixture.pixels(1, 5)).build();
        assertStatus(
                Status.Code.NOT_FOUND,
                "there is no model 'huge'",
                () -> inference.modelInfer(
                        valid.toBuilder().setModelName("huge").build()));
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                "input 'pixels' has 4 bytes, expected 3072",
                () -> inference.modelInfer(valid.toBuilder()
                        .setRawInputContents(0, ByteString.copyFrom(new byte[4]))
                        .build()));
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                "raw_input_contents has 2 elements, expected one for each of 1 inputs",
                () -> inference.modelInfer(
                        valid.toBuilder().addRawInputContents(ByteString.EMPTY).build()));
        assertStatus(
                Status.Code.DEADLINE_EXCEEDED,
                "deadline",
                () -> inference.modelInfer(valid.toBuilder()
                        .putParameters(
                                "timeout",
                                InferParameter.newBuilder().setInt64Param(1).build())
                        .build()));
        assertStatus(
                Status.Code.PERMISSION_DENIED,
                "may not load",
                () -> inference.repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                        .setModelName("tiny")
                        .build()));
    }

    @Test
    void aMessageThatIsTooLongIsRefused() {
        ModelInferRequest large = ModelInferRequest.newBuilder()
                .setModelName("tiny")
                .addRawInputContents(ByteString.copyFrom(new byte[1 << 24]))
                .build();
        assertStatus(Status.Code.RESOURCE_EXHAUSTED, "", () -> inference.modelInfer(large));
    }

    @Test
    void theServerAndItsModelsAreDescribed() {
        assertThat(inference
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
        assertThat(inference
                        .modelReady(
                                ModelReadyRequest.newBuilder().setName("huge").build())
                        .getReady())
                .isFalse();
        assertThat(inference
                        .modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("tiny")
                                .build())
                        .getInputs(0)
                        .getShapeList())
                .containsExactly(-1L, 3L, 16L, 16L);
        assertThat(inference
                        .modelConfig(
                                ModelConfigRequest.newBuilder().setName("tiny").build())
                        .getConfig()
                        .getMaxBatchSize())
                .isEqualTo(64);
        assertThat(inference
                        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModels(0)
                        .getState())
                .isEqualTo("READY");
        inference.modelInfer(pixels(InferenceFixture.pixels(1, 6)).build());
        assertThat(inference
                        .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
                        .getModelStats(0)
                        .getInferenceCount())
                .isPositive();
    }

    @Test
    void itsHealthIsServed() {
        HealthBlockingStub health = server.grpc(HealthBlockingStub.class);
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aStreamOfInferencesAnswersEachAndGoesOnAfterAnError() {
        Collector<ModelStreamInferResponse> responses = new Collector<>();
        StreamObserver<ModelInferRequest> requests =
                server.grpc(GRPCInferenceServiceStub.class).modelStreamInfer(responses);
        float[][] images = new float[40][];
        for (int i = 0; i < images.length; i++) {
            images[i] = InferenceFixture.pixels(1, 100 + i);
            requests.onNext(pixels(images[i])
                    .setId(Integer.toString(i))
                    .setModelName(i == 7 ? "huge" : "tiny")
                    .build());
        }
        requests.onCompleted();
        ModelStreamInferResponse[] byId = new ModelStreamInferResponse[40];
        for (ModelStreamInferResponse response : responses.all()) {
            byId[Integer.parseInt(response.getInferResponse().getId())] = response;
        }
        assertThat(byId).doesNotContainNull();
        assertThat(byId[7].getErrorMessage()).contains("there is no model 'huge'");
        assertThat(floats(byId[39].getInferResponse(), 0))
                .isEqualTo(InferenceFixture.logits(server, InferenceFixture.patches(images[39], 0)));
    }

    private static PredictRequest.Builder patches(byte[] message) {
        return PredictRequest.newBuilder().setModel("tiny").setMessage(ByteString.copyFrom(message));
    }

    @Test
    void aPatchMessageGetsTheReplyThatTheModelGivesInProcess() {
        byte[] message = TestServer.request(5);
        PredictResponse response = patches.predict(patches(message).build());
        assertThat(response.getMessage().toByteArray()).isEqualTo(server.expectedReply(message));
        assertThat(response.getModelSha256()).hasSize(64);
    }

    @Test
    void aPatchMessageThatGetsNoPredictionHasAStatus() {
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                "TOO_SHORT",
                () -> patches.predict(patches(new byte[] {0x47, 0x4c}).build()));
        assertStatus(
                Status.Code.FAILED_PRECONDITION,
                "the request is for 00",
                () -> patches.predict(
                        patches(TestServer.request(1)).setModelSha256("00").build()));
        assertStatus(
                Status.Code.DEADLINE_EXCEEDED,
                "",
                () -> GrpcClients.builder(server.uri("/").toString().replace("http", "gproto+http"))
                        .build(PatchesBlockingStub.class)
                        .withDeadlineAfter(1, TimeUnit.MICROSECONDS)
                        .predict(patches(TestServer.request(1)).build()));
    }

    @Test
    void aStreamOfPatchMessagesAnswersEachAndGoesOnAfterAnError() throws MessageException {
        Collector<PredictResponse> responses = new Collector<>();
        StreamObserver<PredictRequest> requests = server.grpc(PatchesStub.class).predictStream(responses);
        for (int id = 0; id < 40; id++) {
            requests.onNext(patches(id == 3 ? TestServer.request(3, 5, new int[] {1}) : TestServer.request(id))
                    .setModel(id == 4 ? "huge" : "tiny")
                    .build());
        }
        requests.onCompleted();
        int predictions = 0;
        for (PredictResponse response : responses.all()) {
            if (response.hasRefusal()) {
                assertThat(response.getRefusal().getRequestId()).isEqualTo(4);
                assertThat(response.getRefusal().getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
                continue;
            }
            byte[] reply = response.getMessage().toByteArray();
            int id = Message.requestIdOf(reply);
            if (id == 3) {
                assertThat(Message.parse(reply)).isInstanceOf(ErrorReply.class);
            } else {
                assertThat(reply).isEqualTo(server.expectedReply(TestServer.request(id)));
                predictions++;
            }
        }
        assertThat(predictions).isEqualTo(38);
    }

    private static final class Collector<R> implements StreamObserver<R> {
        private final List<R> received = new ArrayList<>();
        private final CompletableFuture<List<R>> all = new CompletableFuture<>();

        List<R> all() {
            return all.orTimeout(1, TimeUnit.MINUTES).join();
        }

        @Override
        public void onNext(R response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            all.complete(received);
        }
    }
}
