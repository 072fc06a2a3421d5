package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.fixture.TinyModel;
import glimpse.service.http.Tokens;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import glimpse.service.proto.inference.ModelMetadataRequest;
import glimpse.service.queue.QueueLimits;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with limits of their own. */
class ServerLimitsTest {
    private static final int CLIENTS = 16;

    @TempDir
    Path folder;

    @Test
    void mixedBatchesGiveEachRequestTheReplyThatItGetsAlone()
            throws IOException, InterruptedException, ExecutionException {
        QueueLimits patient = new QueueLimits(60, 1000, Duration.ofMinutes(1));
        try (TestServer server = TestServer.start(folder, options -> options.withQueue(patient))) {
            for (HttpResponse<byte[]> response : flood(server, 400)) {
                int id = Integer.parseInt(
                        response.headers().firstValue("X-Request-Id").orElseThrow());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo(server.expectedReply(TestServer.request(id)));
            }
            assertThat(server.get("/metrics").body())
                    .contains("glimpse_requests_total{grpc_status=\"\",model=\"tiny\",status=\"200\"}");
        }
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsRefusedWithTheTimeToRetryAndTheRestIsServed()
            throws IOException, InterruptedException, ExecutionException {
        QueueLimits one = new QueueLimits(1, 1, Duration.ofMinutes(1));
        try (TestServer server = TestServer.start(folder, TinyModel.RGB_DEEP, options -> options.withQueue(one))) {
            Set<Integer> statuses = new HashSet<>();
            for (HttpResponse<byte[]> response : flood(server, 48)) {
                statuses.add(response.statusCode());
                if (response.statusCode() == 429) {
                    assertThat(Long.parseLong(
                                    response.headers().firstValue("Retry-After").orElseThrow()))
                            .isPositive();
                    assertThat(Long.parseLong(response.headers()
                                    .firstValue("Retry-After-Millis")
                                    .orElseThrow()))
                            .isPositive();
                }
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 429);
        }
    }

    /** Sends requests by several clients at once. */
    private static List<HttpResponse<byte[]>> flood(TestServer server, int requests)
            throws InterruptedException, ExecutionException {
        List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            int id = i;
            calls.add(() -> server.post(TestServer.request(id), "X-Request-Id", Integer.toString(id)));
        }
        List<HttpResponse<byte[]>> responses = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<HttpResponse<byte[]>> response : clients.invokeAll(calls)) {
                responses.add(response.get());
            }
        }
        return responses;
    }

    @Test
    void onlyHealthNeedsNoToken() throws IOException, InterruptedException {
        Tokens tokens = Tokens.of(List.of("first-token", "second-token"));
        try (TestServer server =
                TestServer.start(folder, options -> options.withProtection(Optional.empty(), Optional.of(tokens)))) {
            byte[] request = TestServer.request(1);
            assertThat(server.post(request).statusCode()).isEqualTo(401);
            assertThat(server.post(request, "Authorization", "Bearer wrong").statusCode())
                    .isEqualTo(401);
            assertThat(server.post(request, "Authorization", "Basic first-token")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.post(request, "Authorization", "Bearer second-token")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(server.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsCountRequestsAndPatches() throws IOException, InterruptedException {
        try (TestServer server = TestServer.start(folder)) {
            byte[] request = TestServer.request(3, 4, new int[] {0, 5, 6, 9, 15});
            server.post(request, "X-Request-Id", "m");
            server.accessLogLine("m");
            assertThat(server.get("/metrics").body())
                    .contains(
                            "glimpse_requests_total{grpc_status=\"\",model=\"tiny\",status=\"200\"} 1.0",
                            "glimpse_patches_total{model=\"tiny\"} 5.0",
                            "glimpse_batch_images_count{cause=\"all\",model=\"tiny\",priority=\"interactive\"} 1",
                            "glimpse_received_bytes_total{model=\"tiny\"} " + request.length + ".0",
                            "glimpse_queue_requests 0.0",
                            "jvm_memory_used_bytes");
        }
    }

    @Test
    void metricsCountCallsByTheStatusOfTheCall() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            GRPCInferenceServiceBlockingStub inference = server.grpc(GRPCInferenceServiceBlockingStub.class);
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> inference.modelMetadata(
                            ModelMetadataRequest.newBuilder().setName("other").build()));
            server.awaitMetric("glimpse_requests_total{grpc_status=\"5\",model=\"-\",status=\"200\"}", 1);
        }
    }
}
