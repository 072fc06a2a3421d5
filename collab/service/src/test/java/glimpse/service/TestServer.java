package glimpse.service;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.service.model.ModelFile;
import glimpse.service.queue.QueueLimits;
import io.grpc.Compressor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A server of one tiny model on a free port of the loopback address, and a client. */
final class TestServer implements AutoCloseable {
    /** Of a queue that lets requests wait as long as a test does. */
    static final QueueLimits PATIENT = new QueueLimits(800, 1000, Duration.ofMinutes(1));

    final Queue<String> accessLog = new ConcurrentLinkedQueue<>();
    final Queue<String> log = new ConcurrentLinkedQueue<>();
    final Workers workers = Workers.of(1);
    final Path file;
    final GlimpseServer server;
    private final Classifier classifier;
    private final ServerNode inProcess;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer(Path folder, VitConfig config, List<String> labels, UnaryOperator<ServerOptions> change)
            throws IOException {
        file = TinyModel.write(folder.resolve("tiny.safetensors"), config, 1, labels);
        ServerOptions options = ServerOptions.of(List.of(ModelFile.of(file))).withLogs(accessLog::add, log::add);
        classifier = Classifier.load(file, workers);
        inProcess = new ServerNode(classifier);
        server = GlimpseServer.start(change.apply(options), workers);
        port = server.address().getPort();
    }

    static TestServer start(Path folder) throws IOException {
        return start(folder, UnaryOperator.identity());
    }

    static TestServer start(Path folder, UnaryOperator<ServerOptions> change) throws IOException {
        return start(folder, TinyModel.RGB, change);
    }

    static TestServer start(Path folder, VitConfig config, UnaryOperator<ServerOptions> change) throws IOException {
        return new TestServer(folder, config, List.of(), change);
    }

    static TestServer start(Path folder, VitConfig config, List<String> labels) throws IOException {
        return new TestServer(folder, config, labels, UnaryOperator.identity());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Posts a message to the model's patches. */
    HttpResponse<byte[]> post(byte[] message, String... headers) throws IOException, InterruptedException {
        return send(patches(message, headers));
    }

    HttpRequest patches(byte[] message, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri("/v1/models/tiny/patches"))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(message));
        return (headers.length == 0 ? builder : builder.headers(headers)).build();
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    /** Returns a gRPC client. */
    <S> S grpc(Class<S> stub) {
        return GrpcClients.newClient("gproto+http://127.0.0.1:" + port + "/", stub);
    }

    /** Returns a gRPC client whose connections are closed with a factory; the others' stay open while they are idle. */
    <S> S grpc(Class<S> stub, ClientFactory connections) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + port + "/")
                .factory(connections)
                .build(stub);
    }

    /** Returns a gRPC client that compresses its messages. */
    <S> S grpc(Class<S> stub, Compressor compressor) {
        return GrpcClients.builder("gproto+http://127.0.0.1:" + port + "/")
                .compressor(compressor)
                .build(stub);
    }

    /** Returns the model, in process. */
    Classifier classifier() {
        return classifier;
    }

    /** Returns the message of one round of an upload, with patches of the same pixels at these positions. */
    static byte[] round(int id, long uploadId, int earlierPatches, int... positions) {
        byte[] pixels = new byte[positions.length * 48];
        Arrays.fill(pixels, (byte) 77);
        return PatchRequest.of(
                        id,
                        new UploadRound(uploadId, earlierPatches, true),
                        4,
                        PixelPatches.of(4, 3, positions, pixels),
                        PayloadCodec.raw())
                .encode();
    }

    /** Waits for the line of a request, which is written just after the response. */
    String accessLogLine(String requestId) {
        await(() -> accessLog.stream().anyMatch(line -> line.contains("\"" + requestId + "\"")));
        return accessLog.stream()
                .filter(line -> line.contains("\"" + requestId + "\""))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the reply that the same model gives in process. */
    byte[] expectedReply(byte[] message) {
        return inProcess.handle(List.of(message)).getFirst();
    }

    /** Keeps the server's queue busy, so that requests wait, until the result is closed. */
    HeldQueue hold() {
        return new HeldQueue(server.queue());
    }

    /** Waits until a metric, name and labels, has a value. */
    void awaitMetric(String metric, double value) {
        await(() -> metric(metric) == value);
    }

    /** Returns the value of a metric, name and labels; 0 if there is none. */
    double metric(String metric) {
        return server.metrics()
                .scrape()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findAny()
                .orElse(0);
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns a request with random patches of random pixels that fits the model. */
    static byte[] request(int id) {
        return request(id, 4, positions(id));
    }

    /** Returns how many patches that request has. */
    static int patches(int id) {
        return positions(id).length;
    }

    private static int[] positions(int id) {
        Random random = new Random(id);
        return random.ints(0, 16)
                .distinct()
                .limit(1 + random.nextInt(16))
                .sorted()
                .toArray();
    }

    static byte[] request(int id, int grid, int[] positions) {
        byte[] pixels = new byte[positions.length * 48];
        new Random(id).nextBytes(pixels);
        return PatchRequest.of(id, grid, PixelPatches.of(4, 3, positions, pixels), PayloadCodec.raw())
                .encode();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        workers.close();
    }
}
