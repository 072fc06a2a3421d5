package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.Workers;
import glimpse.service.model.ModelFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, replacing models, and shutting down. */
class ServerLifecycleTest {
    private static final Duration RELOAD_PERIOD = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void aFileThatIsNoModelIsNamedAndNothingKeepsListening() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "not a model");
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> GlimpseServer.start(ServerOptions.of(List.of(ModelFile.of(file))), workers))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aModelWithoutAClassifierIsNotServed() throws IOException {
        Path file = TinyModel.write(folder.resolve("encoder"), TinyModel.ENCODER, 1, List.of());
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> GlimpseServer.start(ServerOptions.of(List.of(ModelFile.of(file))), workers))
                    .hasMessage(file + ": the model has no classifier, expected one with classes");
        }
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            assertThatThrownBy(() -> TestServer.start(folder, options -> options.withAddress(server.server.address())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't listen at")
                    .hasMessageContaining(
                            Integer.toString(server.server.address().getPort()));
        }
    }

    @Test
    void twoModelsOfOneNameAreRefused() throws IOException {
        Path file = TinyModel.write(folder.resolve("tiny"), TinyModel.RGB, 1, List.of());
        List<ModelFile> twice = List.of(ModelFile.of(file), ModelFile.of(file));
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> GlimpseServer.start(ServerOptions.of(twice), workers))
                    .hasMessageStartingWith("two models are named 'tiny'");
        }
    }

    @Test
    void anUnprotectedServerStaysOnLoopback() {
        ServerOptions options = ServerOptions.of(List.of(ModelFile.of(Path.of("tiny"))));
        assertThatThrownBy(() -> options.withAddress(new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("anybody who reaches 0.0.0.0 could use this server: it has neither TLS nor tokens");
    }

    @Test
    void aModelIsReplacedOnceItsNewFileIsWhole() throws IOException, InterruptedException {
        try (TestServer server = TestServer.start(folder, options -> options.withReloadPeriod(RELOAD_PERIOD))) {
            String before = server.server.models().all().getFirst().sha256();
            Path other = TinyModel.write(folder.resolve("other"), TinyModel.RGB, 2, List.of());
            ServerNode expected = new ServerNode(Classifier.load(other, server.workers));
            Files.move(other, server.file, StandardCopyOption.REPLACE_EXISTING);
            HttpResponse<byte[]> response = server.post(TestServer.request(1));
            while (response.headers().firstValue("Glimpse-Model").orElseThrow().equals(before)) {
                response = server.post(TestServer.request(1));
                assertThat(response.statusCode()).isEqualTo(200);
            }
            assertThat(response.body())
                    .isEqualTo(expected.handle(List.of(TestServer.request(1))).getFirst());
        }
    }

    @Test
    void aNewFileThatIsNoModelLeavesTheEarlierOneServing() throws IOException, InterruptedException {
        try (TestServer server = TestServer.start(folder, options -> options.withReloadPeriod(RELOAD_PERIOD))) {
            Files.writeString(server.file, "not a model");
            TestServer.await(() -> !server.log.isEmpty());
            assertThat(server.log.element())
                    .startsWith("model tiny: the new file isn't used, the earlier one still serves: ");
            assertThat(server.post(TestServer.request(1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLogThatFailsEndsNoReloads() throws IOException, InterruptedException {
        CountDownLatch reloads = new CountDownLatch(2);
        Consumer<String> broken = line -> {
            reloads.countDown();
            throw new IllegalStateException("the disk is full");
        };
        try (TestServer server = TestServer.start(
                folder, options -> options.withReloadPeriod(RELOAD_PERIOD).withLogs(line -> {}, broken))) {
            Files.writeString(server.file, "not a model");
            TestServer.await(() -> reloads.getCount() < 2);
            Files.writeString(server.file, "not a model either");
            assertThat(reloads.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noAcceptedRequestIsLostInAShutdown() throws IOException, InterruptedException, ExecutionException {
        CountDownLatch served = new CountDownLatch(8);
        try (TestServer server = TestServer.start(folder);
                ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> replies = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                int id = client;
                Callable<Integer> untilRefused = () -> {
                    int count = 0;
                    while (isServed(server, id)) {
                        count++;
                        served.countDown();
                    }
                    return count;
                };
                replies.add(clients.submit(untilRefused));
            }
            served.await();
            server.server.close();
            int received = 0;
            for (Future<Integer> one : replies) {
                received += one.get();
            }
            assertThat(server.accessLog.stream().filter(line -> line.contains("\"batch_images\"")))
                    .hasSize(received);
        }
    }

    /** Returns whether a request gets a prediction, not a refusal or a closed port. */
    private static boolean isServed(TestServer server, int id) throws InterruptedException {
        try {
            return server.post(TestServer.request(id)).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
