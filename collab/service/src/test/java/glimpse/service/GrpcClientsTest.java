package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import glimpse.service.proto.inference.ModelInferRequest;
import glimpse.service.proto.patches.PatchesGrpc.PatchesBlockingStub;
import glimpse.service.proto.patches.PatchesGrpc.PatchesFutureStub;
import glimpse.service.proto.patches.PatchesGrpc.PatchesStub;
import glimpse.service.proto.patches.PredictRequest;
import glimpse.service.proto.patches.PredictResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of gRPC that cancel their calls, and such as send more than there is memory for. */
@Timeout(30)
class GrpcClientsTest {
    private static final String CANCELLED = "glimpse_refusals_total{model=\"tiny\",reason=\"cancelled\"}";
    private static final String NO_MEMORY = "glimpse_refusals_total{model=\"-\",reason=\"body_memory\"}";
    private static final String PATCHES = "glimpse_patches_total{model=\"tiny\"}";
    private static final int ALL_BODIES_BYTES = 8000;
    private static final byte[] LARGE = TestServer.request(1, 4, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

    @TempDir
    static Path folder;

    private static TestServer server;
    private double cancelledBefore;
    private double patchesBefore;

    @BeforeAll
    static void start() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBytes(10_000, ALL_BODIES_BYTES);
        server = TestServer.start(
                folder, options -> options.withQueue(TestServer.PATIENT).withHttp(limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void readMetrics() {
        cancelledBefore = server.metric(CANCELLED);
        patchesBefore = server.metric(PATCHES);
    }

    private static PredictRequest request(byte[] message) {
        return PredictRequest.newBuilder()
                .setModel("tiny")
                .setMessage(ByteString.copyFrom(message))
                .build();
    }

    private static void awaitWaiting(int requests) {
        TestServer.await(() -> server.server.queue().waiting() == requests);
    }

    private static void assertNothingIsHeld() {
        TestServer.await(() -> server.server.bodies().heldBytes() == 0);
    }

    @Test
    void roundsAreAnsweredAsOverHttp() {
        PatchesBlockingStub patches = server.grpc(PatchesBlockingStub.class);
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> patches.predict(request(TestServer.round(2, 5, 2, 1, 15))))
                .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED));
        assertThat(patches.predict(request(TestServer.round(1, 5, 0, 2, 9))).hasMessage())
                .isTrue();
        assertThat(patches.predict(request(TestServer.round(2, 5, 2, 1, 15)))
                        .getMessage()
                        .toByteArray())
                .isEqualTo(server.expectedReply(TestServer.round(2, 6, 0, 1, 2, 9, 15)));
    }

    @Test
    void aCancelledCallLeavesTheQueue() {
        try (var _ = server.hold()) {
            var call = server.grpc(PatchesFutureStub.class).predict(request(TestServer.request(1)));
            awaitWaiting(1);
            call.cancel(true);
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 1);
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
        assertNothingIsHeld();
    }

    @Test
    void allImagesOfACancelledInferenceLeaveTheQueue() {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("tiny");
        request.addInputsBuilder().setName("pixels").setDatatype("FP32").addAllShape(List.of(2L, 3L, 16L, 16L));
        request.addRawInputContents(ByteString.copyFrom(InferenceFixture.littleEndian(InferenceFixture.pixels(2, 1))));
        try (var _ = server.hold()) {
            var call = server.grpc(GRPCInferenceServiceFutureStub.class).modelInfer(request.build());
            awaitWaiting(2);
            call.cancel(true);
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 2);
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
    }

    @Test
    void allMessagesOfACancelledStreamLeaveTheQueue() {
        try (var _ = server.hold()) {
            Responses responses = new Responses();
            StreamObserver<PredictRequest> requests = responses.call();
            for (int id = 0; id < 3; id++) {
                requests.onNext(request(TestServer.request(id)));
            }
            awaitWaiting(3);
            requests.onError(Status.CANCELLED.asRuntimeException());
            awaitWaiting(0);
        }
        server.awaitMetric(CANCELLED, cancelledBefore + 3);
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
        assertNothingIsHeld();
    }

    @Test
    void aCallThatDoesNotFitIntoTheMemoryOfAllBodiesIsRefusedAndLaterOnesAreServed() {
        List<CompletableFuture<PredictResponse>> kept = new ArrayList<>();
        PatchesBlockingStub patches = server.grpc(PatchesBlockingStub.class);
        try (var _ = server.hold()) {
            double before = server.metric(NO_MEMORY);
            int fitting = ALL_BODIES_BYTES / LARGE.length;
            for (int i = 0; i < fitting; i++) {
                kept.add(CompletableFuture.supplyAsync(
                        () -> patches.predict(request(LARGE)), Thread::startVirtualThread));
            }
            awaitWaiting(fitting);
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> patches.predict(request(new byte[5000])))
                    .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
            assertThat(server.metric(NO_MEMORY)).isEqualTo(before + 1);
        }
        assertThat(kept)
                .allSatisfy(reply ->
                        assertThat(reply.join().getMessage().toByteArray()).isEqualTo(server.expectedReply(LARGE)));
        assertNothingIsHeld();
        assertThat(patches.predict(request(LARGE)).getMessage().toByteArray()).isEqualTo(server.expectedReply(LARGE));
    }

    @Test
    void aStreamMayBeLongerThanTheMemoryOfAllBodies() throws Exception {
        Responses responses = new Responses();
        StreamObserver<PredictRequest> requests = responses.call();
        for (int i = 0; i < 3 * ALL_BODIES_BYTES / LARGE.length; i++) {
            requests.onNext(request(LARGE));
            assertThat(responses.next().getMessage().toByteArray()).isEqualTo(server.expectedReply(LARGE));
        }
        requests.onCompleted();
        assertNothingIsHeld();
    }

    @Test
    void aStreamWhoseUnansweredMessagesDoNotFitEndsAndItsMessagesLeaveTheQueue() throws Exception {
        Responses responses = new Responses();
        try (var _ = server.hold()) {
            StreamObserver<PredictRequest> requests = responses.call();
            for (int i = 0; i < 2 * ALL_BODIES_BYTES / LARGE.length; i++) {
                requests.onNext(request(LARGE));
            }
            assertThat(Status.fromThrowable(responses.failure.get(20, TimeUnit.SECONDS))
                            .getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            awaitWaiting(0);
        }
        assertThat(server.metric(PATCHES)).isEqualTo(patchesBefore);
        assertNothingIsHeld();
    }

    /** The responses of a stream. */
    private static final class Responses implements StreamObserver<PredictResponse> {
        private final BlockingQueue<PredictResponse> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

        StreamObserver<PredictRequest> call() {
            return server.grpc(PatchesStub.class).predictStream(this);
        }

        PredictResponse next() throws InterruptedException {
            PredictResponse response = received.poll(20, TimeUnit.SECONDS);
            assertThat(response).isNotNull();
            return response;
        }

        @Override
        public void onNext(PredictResponse response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable cause) {
            failure.complete(cause);
        }

        @Override
        public void onCompleted() {}
    }
}
