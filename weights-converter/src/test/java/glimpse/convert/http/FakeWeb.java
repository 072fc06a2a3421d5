package glimpse.convert.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers what it is told to, byte by byte; also as a proxy. */
final class FakeWeb implements AutoCloseable {
    /** Requests, with their Authorization headers. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final LoopbackServer server;

    interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    FakeWeb() throws IOException {
        server = new LoopbackServer(this::answer);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.port();
    }

    void put(String target, Answer answer) {
        answers.put(target, answer);
    }

    /** Adds a response with headers and a body. */
    void put(String target, String status, String headers, byte[] body) {
        put(target, out -> LoopbackServer.respond(out, status, headers, body, body.length, body.length));
    }

    private void answer(LoopbackServer.Request request, Socket client) throws IOException, InterruptedException {
        StringBuilder secrets = new StringBuilder();
        request.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).contains("authorization")) {
                secrets.append(' ').append(name).append(": ").append(value);
            }
        });
        requests.add(request.line() + secrets);
        Answer answer = answers.get(request.target());
        if (answer != null) {
            answer.to(client.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
