package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf-vit",
                "hf-vit-bin",
                "hf-vit-bin/pytorch_model.bin",
                "hf-vit-sharded",
                "hf-vit-sharded/model.safetensors.index.json",
                "hf-vit-bin-sharded"
            })
    void everyContainerOfAModelGivesTheSameWeights(String container) throws Exception {
        Path expected = folder.resolve("expected");
        Path out = folder.resolve("out");
        ConversionRun.of(Resources.path("hf-vit/model.safetensors"), expected, ConversionOptions.defaults());
        ConversionRun run = ConversionRun.of(Resources.path(container), out, ConversionOptions.defaults());
        assertThat(run.error()).isEmpty();
        try (SafetensorsFile a = SafetensorsFile.open(expected);
                SafetensorsFile b = SafetensorsFile.open(out)) {
            assertThat(b.tensors()).isEqualTo(a.tensors());
            for (String name : a.tensors().keySet()) {
                assertThat(bytes(b, name)).as(name).isEqualTo(bytes(a, name));
            }
            assertThat(b.metadata().get("glimpse.labels"))
                    .isEqualTo(a.metadata().get("glimpse.labels"));
        }
    }

    private static byte[] bytes(SafetensorsFile file, String tensor) throws IOException {
        byte[] bytes = new byte[(int) file.tensor(tensor).sizeBytes()];
        file.readBytes(tensor, 0, bytes, 0, bytes.length);
        return bytes;
    }

    @Test
    void folderWithoutACheckpointIsRefused() {
        ConversionRun run = ConversionRun.of(folder, folder.resolve("out"), ConversionOptions.defaults());
        assertThat(run.error()).contains("a folder without any of model.safetensors");
    }

    @Test
    void missingShardIsNamed() throws IOException {
        Path copy = copyOfShards();
        Files.delete(copy.resolve("model-00002-of-00002.safetensors"));
        assertRefused(copy, "model-00002-of-00002.safetensors: no such file");
    }

    @Test
    void indexThatContradictsAShardIsRefused() throws IOException {
        Path copy = copyOfShards();
        Path index = copy.resolve("model.safetensors.index.json");
        String text = Files.readString(index);
        Files.writeString(index, text.replace("\"vit.layernorm.bias\"", "\"vit.layernorm.bais\""));
        assertRefused(copy, "tensor vit.layernorm.bias is not in the shard that");
        Files.writeString(
                index,
                text.replace(
                        "{\n    \"classifier.bias\"",
                        "{\n    \"extra\": \"model-00001-of-00002.safetensors\", \"classifier.bias\""));
        assertRefused(copy, "tensor extra is not in");
    }

    @Test
    void shardOutsideTheFolderIsRefused() throws IOException {
        Path copy = copyOfShards();
        Path index = copy.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace("model-00001-of", "../model-00001-of"));
        assertRefused(copy, "is \"../model-00001-of-00002.safetensors\", expected a plain file name");
    }

    @Test
    void brokenIndexIsNamed() throws IOException {
        Path copy = copyOfShards();
        Path index = copy.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {}}");
        assertRefused(copy, "has no weight_map");
        Files.writeString(index, "{");
        assertRefused(copy, index + ": not valid JSON");
    }

    @Test
    void oldPyTorchFormatIsRefusedByName() throws IOException {
        Path old =
                Files.write(folder.resolve("old.pth"), new byte[] {(byte) 0x80, 2, (byte) 0x8A, 10, 'l', (byte) 0xfc});
        assertRefused(old, "PyTorch's format before version 1.6 is not supported");
    }

    private Path copyOfShards() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("shards"));
        try (Stream<Path> files = Files.list(Resources.path("hf-vit-sharded"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private void assertRefused(Path source, String message) {
        ConversionRun run = ConversionRun.of(source, folder.resolve("out"), ConversionOptions.defaults());
        assertThat(run.error()).contains(message).doesNotContain("\n");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
