package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.TraceParent;
import glimpse.collab.fixture.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that sends spans to a collector: what arrives there. */
@Timeout(60)
class OtlpSpansTest {
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    @Test
    void aCollectorReceivesTheSpansOfARequestAsPartOfTheClientsTrace() throws IOException, InterruptedException {
        TraceParent edge = TraceParent.begin();
        TraceParent unsampled = new TraceParent(TraceParent.begin().traceId(), edge.spanId(), false);
        try (FaultyServer collector = new FaultyServer(FaultyServer.replying(200, "", NOTHING))) {
            try (TestServer server = TestServer.start(folder, to(collector.uri()))) {
                server.post(TestServer.request(1), "traceparent", edge.toString(), "X-Request-Id", "kitchen-7");
                server.post(TestServer.request(1), "traceparent", unsampled.toString());
                server.get("/metrics");
                assertThat(server.accessLogLine("kitchen-7"))
                        .contains("\"trace_id\":\"" + edge.traceId() + "\"", "\"span_id\":\"");
            }
            assertThat(collector.requests()).hasSize(1); // closing the server has sent what waited
            FaultyServer.Request sent = collector.requests().getFirst();
            assertThat(sent.line()).startsWith("POST /v1/traces ");
            // Protocol Buffers hold strings as they are, and ids as bytes
            String body = new String(sent.body(), StandardCharsets.ISO_8859_1);
            assertThat(body)
                    .contains("glimpse-serve", "POST /v1/models/:name/patches", "queue", "model", "kitchen-7", "tiny")
                    .contains(bytes(edge.traceId()), bytes(edge.spanId()))
                    .doesNotContain(bytes(unsampled.traceId()), "/metrics");
            assertThat(body.split(Pattern.quote(bytes(edge.traceId())), -1)).hasSize(4); // three spans
        }
    }

    @Test
    void aCollectorThatIsAwayIsOneLineInTheLog() throws IOException, InterruptedException {
        URI away;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            away = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        try (TestServer server = TestServer.start(folder, to(away))) {
            assertThat(server.post(TestServer.request(1)).statusCode()).isEqualTo(200);
            server.server.close();
            assertThat(server.log).containsExactly("spans can't be sent to " + away + "v1/traces and are dropped");
        }
    }

    private static UnaryOperator<ServerOptions> to(URI collector) {
        return options -> options.withOtlpEndpoint(Optional.of(collector));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
