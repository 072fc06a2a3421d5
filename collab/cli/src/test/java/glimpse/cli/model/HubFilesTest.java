package glimpse.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.convert.hub.DownloadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a hub as options name them, from the cache alone. */
class HubFilesTest {
    @TempDir
    private Path home;

    private final List<String> remarks = new ArrayList<>();
    private final DownloadListener listener = new DownloadListener() {
        @Override
        public void progress(String file, long bytes, long totalBytes) {
            throw new AssertionError("nothing is downloaded");
        }

        @Override
        public void remark(String line) {
            remarks.add(line);
        }
    };

    @Test
    void areFoundWherePythonKeepsThem() throws IOException {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Path repository = home.resolve(".cache/huggingface/hub/models--owner--model");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), commit);
        Files.writeString(snapshot.resolve("config.json"), "{}");
        Files.writeString(snapshot.resolve("model.safetensors"), "no model");

        HubFiles files = HubFiles.of(Map.of("HF_HUB_OFFLINE", "1"), home);

        // it is found, and refused for what it is
        assertThatThrownBy(() -> files.model("hf:owner/model", listener))
                .hasMessageContaining(snapshot.resolve("model.safetensors").toString());
        assertThat(remarks).containsExactly("converting hf:owner/model, once");
        assertThat(files.checkpoint("hf:owner/model")).isEqualTo(snapshot.resolve("model.safetensors"));
    }

    @Test
    void areNotTakenFromADamagedDownloadEitherToBeConvertedByOptions() throws IOException {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Path repository = home.resolve(".cache/huggingface/hub/models--owner--model");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
        Path blob = Files.createDirectories(repository.resolve("blobs")).resolve("a".repeat(64));
        Files.writeString(blob, "damaged");
        Files.writeString(snapshot.resolve("config.json"), "{}");
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), blob);
        HubFiles files = HubFiles.of(Map.of("HF_HUB_OFFLINE", "1"), home);

        assertThatThrownBy(() -> files.checkpoint("hf:owner/model@" + commit))
                .hasMessage(snapshot.resolve("model.safetensors") + ": damaged, its hash isn't " + "a".repeat(64)
                        + "; delete " + blob.toRealPath());
    }

    @Test
    void areToldApartFromFiles() {
        assertThat(HubFiles.isReference("hf:owner/model")).isTrue();
        assertThat(HubFiles.isReference("hf/owner/model")).isFalse();
    }

    @Test
    void areRefusedWithALineWhenTheNameIsWrong() throws IOException {
        HubFiles files = HubFiles.of(Map.of("HF_HUB_OFFLINE", "1"), home);

        assertThatThrownBy(() -> files.model("hf:owner", listener))
                .isInstanceOf(ConvertException.class)
                .hasMessage("hf:owner: expected hf:OWNER/NAME[@REVISION][/FILE]");
    }
}
