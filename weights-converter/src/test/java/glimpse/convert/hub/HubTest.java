package glimpse.convert.hub;

import static glimpse.convert.hub.FakeHub.CONFIG;
import static glimpse.convert.hub.FakeHub.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.Proxies;
import glimpse.convert.hub.FakeHub.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching from a hub, also from one that misbehaves. */
class HubTest {
    @TempDir
    private Path cache;

    private final List<String> remarks = new ArrayList<>();
    private FakeHub server;

    @BeforeEach
    void startHub() throws IOException {
        server = FakeHub.ofModel();
    }

    @AfterEach
    void stopHub() throws IOException {
        server.close();
    }

    private HubSnapshot fetch(String reference, boolean offline, Optional<String> token) throws IOException {
        HubSettings settings = new HubSettings(server.endpoint(), cache, token, offline, Proxies.none());
        DownloadListener listener = new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long totalBytes) {
                assertThat(bytes).isBetween(1L, totalBytes);
            }

            @Override
            public void remark(String line) {
                remarks.add(line);
            }
        };
        return new Hub(settings, Duration.ofMillis(1), Duration.ofMillis(500))
                .fetch(HubReference.parse(reference), listener);
    }

    private HubSnapshot fetch(String reference) throws IOException {
        return fetch(reference, false, Optional.empty());
    }

    private Path repository() {
        return cache.resolve("models--owner--model");
    }

    @Test
    void layItOutAsPythonsLibraryDoes() throws IOException {
        HubSnapshot snapshot = fetch("hf:owner/model");

        Path file = repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve("model.safetensors");
        assertThat(snapshot.source()).isEqualTo(file).hasBinaryContent(WEIGHTS);
        assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("../../blobs", FakeHub.sha256(WEIGHTS)));
        assertThat(file.resolveSibling("config.json")).hasBinaryContent(CONFIG);
        assertThat(repository().resolve("blobs").resolve(FakeHub.gitHash(CONFIG)))
                .exists();
        assertThat(repository().resolve("refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(repository().resolve(".no_exist").resolve(FakeHub.COMMIT).resolve("preprocessor_config.json"))
                .isEmptyFile();
    }

    @Test
    void followARedirectWithinTheHub() throws IOException {
        server.ownFiles = true;

        assertThat(fetch("hf:owner/model").source()).hasBinaryContent(WEIGHTS);
    }

    @Test
    void downloadNothingTwice() throws IOException {
        fetch("hf:owner/model");
        fetch("hf:owner/model");

        assertThat(server.downloads()).isEqualTo(1);
    }

    @Test
    void useWhatPythonHasDownloadedWithoutANetwork() throws IOException {
        Path snapshot = repository().resolve("snapshots").resolve(FakeHub.COMMIT);
        Path blobs = repository().resolve("blobs");
        Files.createDirectories(snapshot);
        Files.createDirectories(blobs);
        Files.createDirectories(repository().resolve("refs"));
        Files.writeString(repository().resolve("refs/main"), FakeHub.COMMIT);
        Files.write(blobs.resolve(FakeHub.sha256(WEIGHTS)), WEIGHTS);
        Files.write(blobs.resolve(FakeHub.gitHash(CONFIG)), CONFIG);
        Files.createSymbolicLink(
                snapshot.resolve("model.safetensors"), Path.of("../../blobs", FakeHub.sha256(WEIGHTS)));
        Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs", FakeHub.gitHash(CONFIG)));

        HubSnapshot found = fetch("hf:owner/model", true, Optional.empty());

        assertThat(found.source()).hasBinaryContent(WEIGHTS);
        assertThat(found.hashes())
                .containsEntry("model.safetensors", FakeHub.sha256(WEIGHTS))
                .containsEntry("config.json", FakeHub.gitHash(CONFIG));
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void neverKeepAWrongByte(Fault fault) throws IOException {
        server.faults(Fault.CUT_IN_HALF, fault);

        HubSnapshot snapshot = fetch("hf:owner/model");

        assertThat(snapshot.source()).hasBinaryContent(WEIGHTS);
        assertThat(incomplete()).isEmpty();
    }

    @Test
    void continueWhereAnEarlierProcessStopped() throws IOException {
        Path blobs = repository().resolve("blobs");
        Files.createDirectories(blobs);
        byte[] half = Arrays.copyOf(WEIGHTS, WEIGHTS.length / 2);
        Files.write(blobs.resolve(FakeHub.sha256(WEIGHTS) + ".glimpse.incomplete"), half);
        server.faults(Fault.CUT_IN_HALF);

        assertThat(fetch("hf:owner/model").source()).hasBinaryContent(WEIGHTS);
    }

    @Test
    void startOverWhenThePartIsOfAnotherFile() throws IOException {
        Path blobs = repository().resolve("blobs");
        Files.createDirectories(blobs);
        Files.write(blobs.resolve(FakeHub.sha256(WEIGHTS) + ".glimpse.incomplete"), new byte[WEIGHTS.length]);

        assertThat(fetch("hf:owner/model").source()).hasBinaryContent(WEIGHTS);
    }

    @Test
    void refuseAFileThatIsNeverWhatTheHubTold() {
        server.faults(Fault.WRONG_BYTE, Fault.WRONG_BYTE);

        assertThatThrownBy(() -> fetch("hf:owner/model"))
                .isInstanceOf(IOException.class)
                .hasMessage("hf:owner/model/model.safetensors: what arrived isn't the file, expected hash "
                        + FakeHub.sha256(WEIGHTS));
        assertThat(repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve("model.safetensors"))
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 299_999, 300_001, 600_000, 999_999_999_999L})
    void refuseAFileOfAnotherSizeThanTheHubTold(long bytes) {
        server.lie = bytes;

        assertThatThrownBy(() -> fetch("hf:owner/model")).isInstanceOf(IOException.class);
        assertThat(repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve("model.safetensors"))
                .doesNotExist();
    }

    @Test
    void sendTheTokenToTheHubAlone() throws IOException {
        fetch("hf:owner/model", false, Optional.of("secret"));

        assertThat(server.requests)
                .filteredOn(line -> !line.contains("/cdn/"))
                .allMatch(line -> line.endsWith("Bearer secret"));
        assertThat(server.requests)
                .filteredOn(line -> line.contains("/cdn/"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void useTheCacheWithARemarkWhenTheHubCannotBeReached() throws IOException {
        fetch("hf:owner/model");
        server.close();

        assertThat(fetch("hf:owner/model").source()).hasBinaryContent(WEIGHTS);
        assertThat(remarks)
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("hf:owner/model: can't reach " + server.endpoint())
                .endsWith("; using the cached commit " + FakeHub.COMMIT);
    }

    @Test
    void fetchTheNewCommitOfABranch() throws IOException {
        fetch("hf:owner/model");
        byte[] changed = WEIGHTS.clone();
        changed[0] ^= 1;
        server.put("model.safetensors", changed);
        server.commit = FakeHub.COMMIT.replace('0', 'f');

        assertThat(fetch("hf:owner/model").source()).hasBinaryContent(changed);
    }

    @Test
    void askNothingForACommitThatIsHere() throws IOException {
        fetch("hf:owner/model@" + FakeHub.COMMIT);
        server.requests.clear();

        fetch("hf:owner/model@" + FakeHub.COMMIT);

        assertThat(server.requests).isEmpty();
    }

    @Test
    void fetchTheShardsOfAnIndex() throws IOException {
        server.files.remove("model.safetensors");
        server.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"m-1.safetensors\", \"b\": \"../up\", \"c\": \"m-2.safetensors\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        server.put("m-1.safetensors", WEIGHTS);
        server.put("m-2.safetensors", CONFIG);

        HubSnapshot snapshot = fetch("hf:owner/model");

        assertThat(snapshot.source().resolveSibling("m-1.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(snapshot.hashes().keySet())
                .containsExactly("config.json", "m-1.safetensors", "m-2.safetensors", "model.safetensors.index.json");
    }

    @Test
    void sayWhyThereIsNoModel() throws IOException {
        assertRefused(
                "hf:owner/other",
                "hf:owner/other: " + server.endpoint()
                        + "/owner/other doesn't exist, or it is private and HF_TOKEN isn't set");
        assertRefused(
                "hf:owner/model/no.bin",
                "hf:owner/model/no.bin: no such file in " + server.endpoint() + "/owner/model");
        server.error = "RevisionNotFound";
        assertRefused(
                "hf:owner/model@v9", "hf:owner/model@v9: " + server.endpoint() + "/owner/model has no revision 'v9'");
        server.error = "GatedRepo";
        assertRefused(
                "hf:owner/model",
                "hf:owner/model: a gated model; accept its conditions at " + server.endpoint()
                        + "/owner/model and set HF_TOKEN to a token of yours");
        assertThatThrownBy(() -> fetch("hf:owner/model", true, Optional.empty()))
                .isInstanceOf(ConvertException.class)
                .hasMessage("hf:owner/model: not in the cache " + cache + ", and HF_HUB_OFFLINE is set");
        server.close();
        assertThatThrownBy(() -> fetch("hf:owner/model"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("hf:owner/model: can't reach " + server.endpoint());
    }

    private void assertRefused(String reference, String message) {
        assertThatThrownBy(() -> fetch(reference))
                .isInstanceOf(ConvertException.class)
                .hasMessage(message);
    }

    private List<Path> incomplete() throws IOException {
        try (Stream<Path> blobs = Files.list(repository().resolve("blobs"))) {
            return blobs.filter(blob -> blob.toString().endsWith(".incomplete")).toList();
        }
    }
}
