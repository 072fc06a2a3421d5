package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.http.Proxies;
import glimpse.convert.hub.DownloadListener;
import glimpse.convert.hub.FakeHub;
import glimpse.convert.hub.Hub;
import glimpse.convert.hub.HubReference;
import glimpse.convert.hub.HubSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub's models in the engine's form. */
class HubModelsTest {
    @TempDir
    private Path folder;

    private final List<String> remarks = new ArrayList<>();
    private FakeHub server;

    @BeforeEach
    void startHub() throws IOException {
        server = new FakeHub();
        server.put("model.safetensors", Files.readAllBytes(Resources.path("timm-plain/model.safetensors")));
        server.put("config.json", "{\"num_attention_heads\": 3}".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopHub() throws IOException {
        server.close();
    }

    private Path file() throws IOException {
        HubSettings settings =
                new HubSettings(server.endpoint(), folder.resolve("hub"), Optional.empty(), false, Proxies.none());
        DownloadListener listener = new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long totalBytes) {}

            @Override
            public void remark(String line) {
                remarks.add(line);
            }
        };
        return new HubModels(new Hub(settings), folder.resolve("converted"))
                .file(HubReference.parse("hf:owner/model"), listener);
    }

    @Test
    void areConvertedAsAFileOnDiskIs() throws IOException {
        Path expected = folder.resolve("expected.safetensors");
        Conversion.run(
                Resources.path("timm-plain/model.safetensors"),
                expected,
                ConversionOptions.defaults().withHeads(3));

        assertThat(file()).hasSameBinaryContentAs(expected);
    }

    @Test
    void areConvertedOnce() throws IOException {
        Path first = file();

        assertThat(file()).isEqualTo(first);
        assertThat(remarks).containsExactly("converting hf:owner/model, once");
    }

    @Test
    void areNotConvertedFromADamagedDownload() throws IOException {
        Path converted = file();
        Files.delete(converted);
        Path weights = folder.resolve("hub/models--owner--model/snapshots/" + FakeHub.COMMIT + "/model.safetensors");
        byte[] damaged = Files.readAllBytes(weights);
        damaged[damaged.length - 1] ^= 1;
        Files.write(weights, damaged);

        assertThatThrownBy(this::file)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(weights + ": damaged, its hash isn't ");
        assertThat(converted).doesNotExist();
    }
}
