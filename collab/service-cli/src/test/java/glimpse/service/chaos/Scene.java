package glimpse.service.chaos;

import glimpse.service.chaos.ChildProcess.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server, an edge that watches a folder, and the network between them. */
final class Scene implements AutoCloseable {
    /** What the edge is told. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final String program;
    private final Path work;
    private final int port;
    private final FaultProxy network;
    private final ChildProcess edge;
    private final HttpClient client = HttpClient.newHttpClient();
    private ChildProcess server;

    /** Starts everything, with an empty folder to watch. */
    Scene(String program, Path work, long seed) throws IOException, InterruptedException {
        this.program = program;
        this.work = work;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder());
        server = newServer();
        network = new FaultProxy(port, seed);
        awaitReady();
        edge = ChildProcess.start(
                List.of(
                        program,
                        "edge",
                        "--model=fashion-mnist/edge",
                        "--server=http://127.0.0.1:" + network.port(),
                        "--server-model=server",
                        "--deadline-millis=" + DEADLINE.toMillis(),
                        "--gate=always",
                        "--select=top:20",
                        "--threads=1",
                        "--watch=" + folder(),
                        "--out=" + answers()),
                work.resolve("edge.log"));
    }

    private ChildProcess newServer() throws IOException {
        return ChildProcess.start(
                List.of(program, "serve", "fashion-mnist/server", "--threads=1", "--port=" + port),
                work.resolve("server.log"));
    }

    /** Waits until the server says that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(STARTING)
                .build();
        for (long start = System.nanoTime(); System.nanoTime() - start < STARTING.toNanos(); Thread.sleep(LOOK)) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // it doesn't listen yet
            }
        }
        throw new IOException("the server didn't become ready, see " + work.resolve("server.log"));
    }

    Path folder() {
        return work.resolve("images");
    }

    Path answers() {
        return work.resolve("answers.jsonl");
    }

    FaultProxy network() {
        return network;
    }

    ChildProcess server() {
        return server;
    }

    boolean edgeIsAlive() {
        return edge.isAlive();
    }

    Resources edgeResources() throws IOException, InterruptedException {
        return edge.resources();
    }

    /** Starts the server again after it has ended, and waits until it is ready. */
    void restartServer() throws IOException, InterruptedException {
        server.await();
        server = newServer();
        awaitReady();
    }

    @Override
    public void close() throws IOException {
        edge.close();
        server.close();
        network.close();
        client.shutdownNow();
    }
}
