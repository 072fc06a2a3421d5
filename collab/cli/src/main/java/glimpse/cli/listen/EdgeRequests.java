package glimpse.cli.listen;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import glimpse.cli.edge.AnswerLines;
import glimpse.cli.edge.ImageVersion;
import glimpse.collab.channel.TraceParent;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ImageFileReader;
import glimpse.page.Page;
import glimpse.page.PageReply;
import glimpse.page.PageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Serves {@code POST /v1/classify}, an image in and the line of {@code glimpse edge} out, and the page. What is asked
 * of the server belongs to the trace that the request's {@code traceparent} names. Thread-safe; past a few requests at
 * once, which bound the memory, others are refused.
 */
public final class EdgeRequests implements HttpHandler {
    /** Where programs send images. */
    public static final String CLASSIFY_PATH = "/v1/classify";

    private static final int CONCURRENT = 16;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final String JSON = "application/json";

    private final AccessCheck access;
    private final Page page;
    private final AnswerLines lines;
    private final Semaphore turns = new Semaphore(CONCURRENT);

    /** Creates the handler. */
    public EdgeRequests(AccessCheck access, Page page, AnswerLines lines) {
        this.access = access;
        this.page = page;
        this.lines = lines;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<TraceParent> trace = trace(exchange.getRequestHeaders());
            PageReply reply = trace.isPresent() ? trace.get().call(() -> reply(exchange)) : reply(exchange);
            PageReply.HEADERS.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            if (exchange.getRequestMethod().equals("HEAD")) { // whose response has no body
                exchange.sendResponseHeaders(reply.status(), -1);
            } else {
                exchange.sendResponseHeaders(reply.status(), reply.body().length);
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    /** Returns the client's step; empty if it names none, more than one, or one that is invalid. */
    private static Optional<TraceParent> trace(Headers headers) {
        List<String> named = headers.getOrDefault(TraceParent.HEADER, List.of());
        return named.size() == 1 ? TraceParent.parse(named.getFirst()) : Optional.empty();
    }

    private PageReply reply(HttpExchange exchange) throws IOException {
        String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
        Optional<PageReply> refusal = access.refusal(path, exchange.getRequestHeaders());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!turns.tryAcquire()) {
            return PageReply.error(TOO_MANY, "too many requests at once, try again in a moment");
        }
        try {
            byte[] body = exchange.getRequestBody().readNBytes(Page.MAX_PICTURE_BYTES + 1);
            if (body.length > Page.MAX_PICTURE_BYTES) {
                return PageReply.error(
                        TOO_LARGE, "the body is too large, expected at most " + Page.MAX_PICTURE_BYTES + " bytes");
            }
            if (path.equals(CLASSIFY_PATH)) {
                return exchange.getRequestMethod().equals("POST")
                        ? classify(body)
                        : PageReply.error(METHOD_NOT_ALLOWED, "expected POST with an image");
            }
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            return page.handle(new PageRequest(exchange.getRequestMethod(), path, query, body));
        } catch (RuntimeException e) {
            return PageReply.error(FAILED, "the edge failed: " + e.getMessage());
        } finally {
            turns.release();
        }
    }

    private PageReply classify(byte[] body) {
        ImageVersion version = new ImageVersion(CLASSIFY_PATH, body.length, System.currentTimeMillis());
        try {
            long began = System.nanoTime();
            RgbImage image = ImageFileReader.decode(body);
            Duration decode = Duration.ofNanos(System.nanoTime() - began);
            return line(OK, lines.of(version, image, CLASSIFY_PATH, decode));
        } catch (IOException | IllegalArgumentException e) {
            return line(BAD_REQUEST, AnswerLines.ofError(version, String.valueOf(e.getMessage())));
        } catch (OutOfMemoryError e) { // the next image may be smaller
            return line(BAD_REQUEST, AnswerLines.ofError(version, "takes more memory than there is"));
        }
    }

    private static PageReply line(int status, String line) {
        return new PageReply(status, JSON, (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }
}
