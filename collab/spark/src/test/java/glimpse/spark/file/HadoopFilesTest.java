package glimpse.spark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.spark.OtherFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
    private final Configuration configuration = new Configuration(false);

    @TempDir
    Path local;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        configuration.set("fs.other.impl", OtherFileSystem.class.getName());
        Files.createDirectories(local.resolve("a/b"));
        Files.writeString(local.resolve("a/one"), "first");
        Files.writeString(local.resolve("a/b/two words"), "second");
        folder = path(OtherFileSystem.uri(local));
    }

    private Path path(String name) {
        return HadoopFiles.path(name, configuration);
    }

    @Test
    void namesWithoutASchemeAreTheMachinesOwn() {
        assertThat(path("a/b")).isEqualTo(Path.of("a/b"));
        assertThat(path("hf:owner/name")).isEqualTo(Path.of("hf:owner/name"));
        assertThat(path("file:///a/b")).isEqualTo(Path.of("/a/b"));
        assertThat(HadoopFiles.isLocal(path("file:///a/b"))).isTrue();
        assertThat(HadoopFiles.isLocal(folder)).isFalse();
    }

    @Test
    void aTreeIsWalkedAndItsFilesRead() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(folder)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
        assertThat(names).containsExactly("a/b/two words", "a/one");
        assertThat(Files.readString(folder.resolve("a/b/two words"))).isEqualTo("second");
        assertThat(Files.size(folder.resolve("a/one"))).isEqualTo(5);
    }

    @Test
    void aFileIsReadFromAnyPlace() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(folder.resolve("a/b/two words"))) {
            ByteBuffer end = ByteBuffer.allocate(9);
            channel.position(3).read(end);
            assertThat(new String(end.array(), 0, end.position(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("ond");
            assertThat(channel.read(end)).isEqualTo(-1);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("a/three");
        assertThat(Files.exists(missing)).isFalse();
        assertThatThrownBy(() -> Files.readAllBytes(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("other:///")
                .hasMessageContaining("a/three");
    }

    @Test
    void nothingIsWritten() {
        assertThatThrownBy(() -> Files.writeString(folder.resolve("a/one"), "x"))
                .isInstanceOf(ReadOnlyFileSystemException.class);
        assertThatThrownBy(() -> Files.delete(folder.resolve("a/one"))).isInstanceOf(ReadOnlyFileSystemException.class);
    }

    @Test
    void aPathIsFoundAgainByItsName() {
        Path file = folder.resolve("a/b/../one");
        assertThat(HadoopFiles.name(file)).isEqualTo(OtherFileSystem.uri(local) + "/a/one");
        assertThat(path(HadoopFiles.name(file))).isEqualTo(file.normalize());
    }

    @Test
    void partsOfPathsAreThoseOfAnyFileSystem() {
        Path file = folder.resolve("a/one");
        assertThat(file.getFileName()).hasToString("one");
        assertThat(file.getParent()).isEqualTo(folder.resolve("a"));
        assertThat(file.startsWith(folder)).isTrue();
        assertThat(file.endsWith(folder.relativize(file))).isTrue();
        assertThat(file.resolveSibling("two")).isEqualTo(folder.resolve("a").resolve("two"));
        assertThat(folder.resolve("a/b").relativize(file)).hasToString("../one");
        assertThat(folder.resolve(file)).isEqualTo(file);
    }
}
