package glimpse.convert.hub;

import static glimpse.convert.hub.FakeHub.CONFIG;
import static glimpse.convert.hub.FakeHub.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.convert.http.Proxies;
import glimpse.convert.hub.FakeHub.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hubs that lie, processes that are killed, threads and processes that fetch the same: no wrong byte is kept. */
@Timeout(60)
class HubFaultTest {
    @TempDir
    private Path cache;

    private FakeHub server;

    @BeforeEach
    void startHub() throws IOException {
        server = FakeHub.ofModel();
    }

    @AfterEach
    void stopHub() throws IOException {
        server.close();
    }

    private HubSnapshot fetch() throws IOException {
        HubSettings settings = new HubSettings(server.endpoint(), cache, Optional.empty(), false, Proxies.none());
        DownloadListener silent = new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long totalBytes) {}

            @Override
            public void remark(String line) {}
        };
        return new Hub(settings, Duration.ofMillis(1), Duration.ofMillis(500))
                .fetch(HubReference.parse("hf:owner/model"), silent);
    }

    private Path repository() {
        return cache.resolve("models--owner--model");
    }

    private Path weightsFile() {
        return repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve("model.safetensors");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining(message);
        assertThat(weightsFile()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_BYTE", "CUT_IN_HALF"})
    void aSmallFileIsCheckedToo(Fault fault) throws IOException {
        server.smallFaults.add(fault);

        assertThat(fetch().source().resolveSibling("config.json")).hasBinaryContent(CONFIG);
        assertThat(server.smallFaults).isEmpty();
    }

    @Test
    void aFileIsNotTheOneWhoseHashTheHubTells() {
        String hash = FakeHub.sha256("another".getBytes(StandardCharsets.UTF_8));
        server.tag = '"' + hash + '"';

        assertRefused("what arrived isn't the file, expected hash " + hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "\"abc\"", "\"../../../../x\"", "W/\"0123456789ABCDEF0123456789ABCDEF01234567\""})
    void aFileWithoutAHashIsNotTaken(String tag) {
        server.tag = tag;

        assertRefused("the hub tells no hash or no size of it, expected an ETag and a length");
    }

    @Test
    void aFileOfAnotherCommitIsNotTaken() {
        server.toldCommit = "f".repeat(40);

        assertRefused("the hub answered for another commit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://host/x", "http:///x", "http://a b/"})
    void noFileComesFromElsewhereThanTheWeb(String location) {
        server.location = location;

        assertRefused("redirects to something that is no");
    }

    @Test
    void aRedirectThatNeverEndsIsGivenUp() {
        server.location = server.endpoint() + "/owner/model/resolve/" + FakeHub.COMMIT + "/model.safetensors";

        assertRefused("more than 5 redirects");
    }

    @Test
    void everyFailureInARowIsGivenUpAndTheNextFetchContinues() throws IOException {
        server.faults(Fault.CUT_IN_HALF, Fault.CUT_IN_HALF, Fault.UNAVAILABLE, Fault.UNAVAILABLE);
        server.faults(Fault.CUT_IN_HALF, Fault.UNAVAILABLE);
        assertRefused("answered with status 503");
        server.requests.clear();

        assertThat(fetch().source()).hasBinaryContent(WEIGHTS);
        assertThat(server.ranges).last().asString().matches("bytes=2[0-9]{5}-"); // three halves are 7/8 of it
    }

    @Test
    void anEndThatComesTooEarlyIsToldWithTheBytesThatArrived() throws IOException {
        for (int i = 0; i < 6; i++) {
            server.faults(Fault.STALLS);
        }

        assertRefused(" of " + WEIGHTS.length + " bytes: nothing arrived for 0 s");
    }

    @Test
    void aKilledProcessLeavesNothingThatIsInTheWay() throws IOException, InterruptedException {
        server.faults(Fault.STALLS);
        Process child = child();
        Path part = repository().resolve("blobs").resolve(FakeHub.sha256(WEIGHTS) + ".glimpse.incomplete");
        while (child.isAlive() && (!Files.exists(part) || Files.size(part) < WEIGHTS.length / 2)) {
            Thread.sleep(10);
        }
        assertThat(child.isAlive()).as("it waits for the second half").isTrue();
        child.destroyForcibly().waitFor();
        Files.writeString(
                Files.createDirectories(cache.resolve(".locks/models--owner--model"))
                        .resolve("ref.glimpse.tmp"),
                "half");

        assertThat(fetch().source()).hasBinaryContent(WEIGHTS);
        assertThat(server.ranges).last().isEqualTo("bytes=" + WEIGHTS.length / 2 + "-");
        assertThat(files())
                .noneMatch(file -> file.endsWith(".incomplete") || file.endsWith(".tmp"))
                .filteredOn(file -> file.startsWith("refs/"))
                .containsExactly("refs/main");
    }

    @Test
    void threadsThatFetchTheSameDownloadItOnce() throws Exception {
        List<Future<HubSnapshot>> fetched = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                fetched.add(threads.submit(this::fetch));
            }
        }
        for (Future<HubSnapshot> one : fetched) {
            assertThat(one.get().source()).hasBinaryContent(WEIGHTS);
        }
        assertThat(server.downloads()).isEqualTo(1);
    }

    @Test
    void whatHasJustBeenVerifiedIsNotReadAgain() throws IOException {
        assertThat(fetch().verified()).containsExactlyInAnyOrder("config.json", "model.safetensors");
        HubSnapshot cached = fetch();
        assertThat(cached.verified()).isEmpty();
        byte[] damaged = WEIGHTS.clone();
        damaged[7] ^= 1;
        Files.write(weightsFile(), damaged);
        assertThatThrownBy(cached::verify).hasMessageContaining("damaged, its hash isn't");
    }

    private Process child() throws IOException {
        String classPath = Stream.of(
                        Path.of("target/classes").toString(),
                        Path.of("target/test-classes").toString(),
                        jar(ObjectMapper.class),
                        jar(JsonFactory.class),
                        jar(JacksonAnnotation.class))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        HubChild.class.getName(),
                        server.endpoint().toString(),
                        cache.toString())
                .inheritIO()
                .start();
    }

    private static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(repository())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> repository().relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
