package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import glimpse.service.proto.patches.PatchesGrpc.PatchesFutureStub;
import glimpse.service.proto.patches.PatchesGrpc.PatchesStub;
import glimpse.service.proto.patches.PredictRequest;
import glimpse.service.proto.patches.PredictResponse;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc.HealthStub;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is closed still replies to, and what it doesn't wait for. */
@Timeout(60)
class DrainTest {
    private static final Duration LONG = Duration.ofHours(1); // far beyond the test's own limit
    private static final byte[] MESSAGE = TestServer.request(1);
    private static final String PATCHES = "/v1/models/tiny/patches";

    @TempDir
    Path folder;

    private TestServer start(Duration drainTime) throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT;
        HttpLimits patient = new HttpLimits(
                limits.requestBytes(),
                limits.bodyBytes(),
                LONG,
                limits.idleTime(),
                limits.connections(),
                limits.peerConnections(),
                limits.peerRequests(),
                drainTime);
        return TestServer.start(folder, options -> options.withHttp(patient).withQueue(TestServer.PATIENT));
    }

    private static PredictRequest call() {
        return PredictRequest.newBuilder()
                .setModel("tiny")
                .setMessage(ByteString.copyFrom(MESSAGE))
                .build();
    }

    /** Closes the server in another thread, and waits until it accepts no more requests. */
    private static Thread close(TestServer server) throws IOException, InterruptedException {
        Thread closing = Thread.ofPlatform().start(server.server::close);
        while (server.get("/health/ready").statusCode() != 503) {
            Thread.onSpinWait();
        }
        return closing;
    }

    @Test
    void anAcceptedRequestOverHttp1IsRepliedTo() throws Exception {
        try (TestServer server = start(LONG);
                Http1Socket client = Http1Socket.connect(server.server.address())) {
            Thread closing;
            try (var _ = server.hold()) {
                client.post(PATCHES, MESSAGE.length, MESSAGE);
                TestServer.await(() -> server.server.queue().waiting() == 1);
                closing = close(server);
                assertThat(server.post(MESSAGE).statusCode()).isEqualTo(503);
            }
            assertThat(client.status()).isEqualTo(200);
            closing.join();
        }
    }

    @Test
    void anAcceptedCallOfGrpcIsRepliedTo() throws Exception {
        try (TestServer server = start(LONG)) {
            Thread closing;
            ListenableFuture<PredictResponse> reply;
            try (var _ = server.hold()) {
                reply = server.grpc(PatchesFutureStub.class).predict(call());
                TestServer.await(() -> server.server.queue().waiting() == 1);
                closing = close(server);
            }
            assertThat(reply.get().getMessage().toByteArray()).isEqualTo(server.expectedReply(MESSAGE));
            closing.join();
        }
    }

    @Test
    void aStreamEndsOnceItsMessagesHaveTheirReplies() throws Exception {
        try (TestServer server = start(LONG)) {
            Thread closing;
            Responses<PredictResponse> responses = new Responses<>();
            try (var _ = server.hold()) {
                server.grpc(PatchesStub.class).predictStream(responses).onNext(call());
                TestServer.await(() -> server.server.queue().waiting() == 1);
                closing = close(server);
            }
            assertThat(responses.received.take().getMessage().toByteArray()).isEqualTo(server.expectedReply(MESSAGE));
            assertThat(responses.end.join()).isEqualTo(Status.Code.UNAVAILABLE);
            closing.join();
        }
    }

    @Test
    void streamsThatHaveNothingToDoDelayNothing() throws Exception {
        try (TestServer server = start(LONG)) {
            Responses<HealthCheckResponse> health = new Responses<>();
            server.grpc(HealthStub.class).watch(HealthCheckRequest.getDefaultInstance(), health);
            health.received.take();
            Responses<PredictResponse> stream = new Responses<>();
            server.grpc(PatchesStub.class).predictStream(stream).onNext(call());
            stream.received.take();
            server.server.close();
            assertThat(stream.end.join()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(health.end.join()).isNotEqualTo(Status.Code.OK);
        }
    }

    @Test
    void whatTakesTooLongLosesItsConnection() throws Exception {
        try (TestServer server = start(Duration.ofMillis(100));
                Http1Socket client = Http1Socket.connect(server.server.address())) {
            Thread closing = Thread.ofPlatform().unstarted(server.server::close);
            try (var _ = server.hold()) {
                client.post(PATCHES, MESSAGE.length, MESSAGE);
                ListenableFuture<PredictResponse> call =
                        server.grpc(PatchesFutureStub.class).predict(call());
                TestServer.await(() -> server.server.queue().waiting() == 2);
                closing.start();
                client.awaitClosed();
                assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class);
            }
            closing.join();
        }
    }

    /** The responses of a stream, and how it ended. */
    private static final class Responses<R> implements StreamObserver<R> {
        private final BlockingQueue<R> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status.Code> end = new CompletableFuture<>();

        @Override
        public void onNext(R response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable cause) {
            end.complete(Status.fromThrowable(cause).getCode());
        }

        @Override
        public void onCompleted() {
            end.complete(Status.Code.OK);
        }
    }
}
