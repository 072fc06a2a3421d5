package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TinyModel;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own that is killed: it can't tidy up. */
@Timeout(120)
class KilledServerTest {
    private static final Pattern READY = Pattern.compile("ready at (http://127.0.0.1:\\d+) with tiny");

    @TempDir
    Path folder;

    @Test
    void itLeavesNoTemporaryFiles() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Process server = serve(temporary);
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create(address(server));
            HttpRequest page = HttpRequest.newBuilder(address.resolve("/"))
                    .header("Accept-Encoding", "br, gzip")
                    .build();
            HttpResponse<String> shown = client.send(page, BodyHandlers.ofString());
            assertThat(shown.body()).startsWith("<!DOCTYPE html>");
            HttpRequest infer = HttpRequest.newBuilder(address.resolve("/v2/models/tiny/infer"))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            assertThat(client.send(infer, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
        } finally {
            server.destroyForcibly(); // SIGKILL
            server.waitFor();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private Process serve(Path temporary) throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.safetensors"), TinyModel.RGB, 1, List.of());
        String classes =
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:TieredStopAtLevel=1", // starts sooner
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        classes,
                        "glimpse.cli.Main",
                        "serve",
                        "--port=0",
                        "--threads=1",
                        model.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String address(Process server) throws IOException, InterruptedException {
        while (true) {
            String log = Files.readString(folder.resolve("log"));
            Matcher ready = READY.matcher(log);
            if (ready.find()) {
                return ready.group(1);
            }
            assertThat(server.waitFor(20, TimeUnit.MILLISECONDS)).as(log).isFalse();
        }
    }
}
