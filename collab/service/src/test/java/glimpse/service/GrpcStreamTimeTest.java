package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.ClientFactory;
import glimpse.service.proto.patches.PatchesGrpc.PatchesStub;
import glimpse.service.proto.patches.PredictRequest;
import glimpse.service.proto.patches.PredictResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams on a server whose requests may take a fraction of a second. */
@Timeout(60)
class GrpcStreamTimeTest {
    private static final Duration REQUEST_TIME = Duration.ofMillis(250);
    private static final int PAUSES = 14;
    private static final byte[] MESSAGE = TestServer.request(1);

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withTimes(REQUEST_TIME, Duration.ofSeconds(15));
        server = TestServer.start(folder, options -> options.withHttp(limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aStreamGoesOnAsLongAsMessagesComeAndGo() throws Exception {
        try (ClientFactory connections = ClientFactory.builder().build()) {
            Responses responses = new Responses();
            StreamObserver<PredictRequest> requests =
                    server.grpc(PatchesStub.class, connections).predictStream(responses);
            for (int i = 0; i < PAUSES; i++) { // far more than twice the time of a request in all
                requests.onNext(PredictRequest.newBuilder()
                        .setModel("tiny")
                        .setMessage(ByteString.copyFrom(MESSAGE))
                        .build());
                assertThat(responses.next().getMessage().toByteArray()).isEqualTo(server.expectedReply(MESSAGE));
                LockSupport.parkNanos(REQUEST_TIME.toNanos() / 4);
            }
            requests.onCompleted();
            assertThat(responses.end.get(20, TimeUnit.SECONDS)).isEqualTo(Status.OK);
        }
    }

    @Test
    void aStreamThatFallsSilentEnds() throws Exception {
        try (ClientFactory connections = ClientFactory.builder().build()) {
            Responses responses = new Responses();
            var _ = server.grpc(PatchesStub.class, connections).predictStream(responses);
            assertThat(responses.end.get(5, TimeUnit.SECONDS))
                    .isNotEqualTo(Status.OK); // long before the client gives up
        }
    }

    /** The responses of a stream, and how it ended. */
    private static final class Responses implements StreamObserver<PredictResponse> {
        private final BlockingQueue<PredictResponse> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();

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
            end.complete(Status.fromThrowable(cause));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
