package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.cli.extension.CommandProvider;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

class ServeCommandTest {
    private static final Pattern READY = Pattern.compile("ready at (http://127.0.0.1:\\d+) with (.*)");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new ServeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    err.write(String.valueOf(e.getMessage()));
                    return 2;
                })
                .execute(arguments);
    }

    @Test
    void theProgramFindsTheCommand() {
        List<Object> commands = new ArrayList<>();
        ServiceLoader.load(CommandProvider.class).forEach(provider -> commands.addAll(provider.commands()));
        assertThat(commands).hasExactlyElementsOfTypes(ServeCommand.class);
    }

    private Matcher untilReady(FutureTask<Integer> command) {
        Matcher ready = READY.matcher(err.toString());
        while (!ready.find() && !command.isDone()) {
            LockSupport.parkNanos(1_000_000);
            ready = READY.matcher(err.toString());
        }
        return ready;
    }

    @Test
    void builtInModelsAreServedFromMemory() throws Exception {
        List<Path> before = temporaryModels();
        FutureTask<Integer> command =
                new FutureTask<>(() -> run("--port", "0", "--threads", "1", "fashion-mnist/edge"));
        Thread thread = Thread.ofPlatform().start(command);
        assertThat(untilReady(command).group(2)).isEqualTo("edge");
        assertThat(temporaryModels()).isEqualTo(before);
        thread.interrupt();
        assertThat(command.get()).isZero();
    }

    private static List<Path> temporaryModels() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("glimpse-"))
                    .filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void itServesModelsUnderTheirNamesUntilItIsStopped() throws Exception {
        Path tiny = TinyModel.write(folder.resolve("tiny.safetensors"), TinyModel.RGB, 1, List.of());
        Path other = TinyModel.write(folder.resolve("x"), TinyModel.GREY, 2, List.of());
        FutureTask<Integer> command = new FutureTask<>(
                () -> run("--port", "0", "--threads", "1", tiny.toString(), "--name", "grey=" + other));
        Thread thread = Thread.ofPlatform().start(command);
        Matcher ready = untilReady(command);
        assertThat(ready.group(2)).isEqualTo("tiny, grey");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest models = HttpRequest.newBuilder(URI.create(ready.group(1) + "/v1/models"))
                    .build();
            assertThat(client.send(models, BodyHandlers.ofString()).body()).contains("\"tiny\"", "\"grey\"");
        }
        thread.interrupt();
        assertThat(command.get()).isZero();
        assertThat(out.toString()).contains("\"path\":\"/v1/models\"");
        Logger library = LoggerFactory.getLogger("com.linecorp.armeria.server.Server");
        assertThat(library.isInfoEnabled()).isFalse();
        assertThat(library.isWarnEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no model, expected MODEL... or --name N=FILE",
                "nowhere|MODEL nowhere: no such file",
                "--name a=nowhere|--name nowhere: no such file",
                "--name a/b=pom.xml|the name 'a/b' of model pom.xml is invalid, expected letters, digits, dots, hyphens and underscores",
                "pom.xml pom.xml|two models have the same name; give them different ones with --name N=FILE",
                "--port 70000 pom.xml|--port: '70000' is invalid, expected a port from 0 to 65535",
                "--otlp-endpoint localhost:4318 pom.xml|--otlp-endpoint: 'localhost:4318' is invalid, expected http://HOST:PORT or https://HOST:PORT",
                "--tls-cert pom.xml pom.xml|--tls-cert and --tls-key need each other",
                "--client-ca pom.xml pom.xml|--client-ca needs --tls-cert and --tls-key",
                "--token-file nowhere pom.xml|--token-file nowhere: no such file",
                "--host 0.0.0.0 pom.xml|--host 0.0.0.0: anybody who reaches this address could use the server;"
                        + " add --tls-cert and --tls-key or --token-file, or say --insecure",
            })
    void wrongInputIsOneLine(String arguments, String message) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo(message);
    }

    @Test
    void aFileWithoutATokenIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("tokens"), "# none yet\n");
        assertThat(run("--token-file", empty.toString(), "pom.xml")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(empty + ": there is no token, expected at least one");
    }
}
