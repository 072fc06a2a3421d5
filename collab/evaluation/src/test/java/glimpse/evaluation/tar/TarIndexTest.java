package glimpse.evaluation.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.fixture.TarWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarIndexTest {
    @TempDir
    Path folder;

    @Test
    void filesAreFoundInPlace() throws IOException {
        Path file = write(new TarWriter()
                .add('5', "./a/", "", new byte[0])
                .file("./a/one.txt", "first")
                .file("two.txt", "x".repeat(513))
                .file("/three.txt", "third")
                .end());

        TarIndex index = TarIndex.read(file);

        assertThat(names(index)).containsExactly("a/one.txt", "two.txt", "three.txt");
        assertThat(content(file, index.files().get(0))).isEqualTo("first");
        assertThat(content(file, index.files().get(2))).isEqualTo("third");
    }

    @Test
    void longNamesOfGnuAndPaxHoldForTheNextFileAlone() throws IOException {
        String name = "d/".repeat(200) + "é.txt";
        String record = " path=" + name + "\n";
        int length = record.getBytes(StandardCharsets.UTF_8).length + 3;
        Path file = write(new TarWriter()
                .add('L', "././@LongLink", "", (name + '\0').getBytes(StandardCharsets.UTF_8))
                .file("short", "1")
                .file("plain", "2")
                .add('x', "pax", "", (length + record).getBytes(StandardCharsets.UTF_8))
                .file("short", "3")
                .file("last", "4")
                .end());

        assertThat(names(TarIndex.read(file))).containsExactly("plain", name, "last");
        assertThat(content(file, TarIndex.read(file).files().get(1))).isEqualTo("3");
    }

    @Test
    void hardLinksLeadToTheirFilesAndOthersAreNamed() throws IOException {
        Path file = write(new TarWriter()
                .file("a", "content")
                .add('1', "b", "a", new byte[0])
                .add('1', "c", "missing", new byte[0])
                .add('2', "d", "a", new byte[0])
                .end());

        TarIndex index = TarIndex.read(file);

        assertThat(names(index)).containsExactly("a", "b");
        assertThat(content(file, index.files().get(1))).isEqualTo("content");
        assertThat(index.links()).containsExactly("c", "d");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] whole = new TarWriter().file("a", "x".repeat(2000)).end();
        Path file = write(Arrays.copyOf(whole, 1024));

        assertThatExceptionOfType(TarException.class)
                .isThrownBy(() -> TarIndex.read(file))
                .withMessage(file + ": the entry before byte 512 has 2000 bytes, but only 512 follow; is the archive"
                        + " complete?");
    }

    @Test
    void aDamagedHeaderIsRefused() throws IOException {
        byte[] bytes = new TarWriter().file("a", "1").file("b", "2").end();
        bytes[1024] ^= 1;
        Path file = write(bytes);

        assertThatExceptionOfType(TarException.class)
                .isThrownBy(() -> TarIndex.read(file))
                .withMessage(file + ": no tar header at byte 1024");
    }

    @Test
    void anotherFileIsNoArchive() throws IOException {
        assertThat(TarIndex.matches(write("n".repeat(1024).getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(TarIndex.matches(write(new TarWriter().file("a", "1").end())))
                .isTrue();
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.tar"), content);
    }

    private static List<String> names(TarIndex index) {
        return index.files().stream().map(TarEntry::name).toList();
    }

    private static String content(Path file, TarEntry entry) throws IOException {
        return new String(TarIndex.content(file, entry.offset(), (int) entry.bytes()), StandardCharsets.UTF_8);
    }
}
