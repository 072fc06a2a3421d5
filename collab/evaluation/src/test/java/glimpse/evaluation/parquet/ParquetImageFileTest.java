package glimpse.evaluation.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are made by Arrow. */
class ParquetImageFileTest {
    @TempDir
    Path folder;

    /**
     * Two row groups with dictionaries; one page per two rows in version 2 beside a list column; the same in version 1.
     */
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "gzip-v2", "plain"})
    void namesLabelsAndImagesAreRead(String name) throws IOException {
        ParquetImageFile file = open(name);

        assertThat(file.rows().stream().map(row -> row.path().orElse("")).toList())
                .containsExactly(name(1), name(2), name(3), "again.png", name(5), name(6));
        assertThat(file.rows().stream().map(ImageRow::label).toList()).containsExactly(1L, 2L, 0L, 0L, 2L, 0L);
        for (int row : List.of(5, 0, 3, 1, 4, 2)) { // in any order
            assertThat(RgbImage.decode(file.image(row)).width()).isEqualTo(16);
        }
        assertThat(file.image(3)).isEqualTo(file.image(1)).isNotEqualTo(file.image(2));
    }

    @Test
    void filesOfOneContentHaveTheSameImages() throws IOException {
        for (int row = 0; row < 6; row++) {
            assertThat(open("snappy").image(row))
                    .isEqualTo(open("gzip-v2").image(row))
                    .isEqualTo(open("plain").image(row));
        }
    }

    @Test
    void aLongDictionaryIsStreamed() throws IOException {
        ParquetImageFile file = open("long-dictionary");

        for (int row : List.of(2, 0, 4, 3)) {
            byte[] image = file.image(row);
            assertThat(image).hasSize(3_000_000);
            assertThat(image[image.length - 1])
                    .isEqualTo((byte) List.of(0, 1, 2, 1, 0).get(row).intValue());
        }
    }

    @Test
    void whatARowLacksIsItsFailureAlone() throws IOException {
        ParquetImageFile file = open("gaps");

        assertThat(file.rows().get(1).path()).isEmpty();
        for (int row : List.of(1, 2)) {
            assertThatExceptionOfType(ParquetException.class)
                    .isThrownBy(() -> file.image(row))
                    .withMessage("the row has no image bytes");
        }
        assertThat(file.image(3)).asString().isEqualTo("no image");
        assertThat(RgbImage.decode(file.image(4)).width()).isEqualTo(16);
    }

    @Test
    void aFileMayHaveNoRows() throws IOException {
        assertThat(open("no-rows").rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            other-columns | has the columns url, label, expected image (a struct of bytes and path) and label (an integer)
            text-label    | has the column label in type 6 of the format, expected integers
            delta         | has label in encoding 5 of the format, expected plain values or a dictionary
            no-label      | row 1 has no label
            """)
    void whatCannotBeReadIsNamed(String name, String message) throws IOException {
        refused(file(name)).withMessage(message);
    }

    @Test
    void anotherCompressionIsNamedAndHowToBeRidOfIt() throws IOException {
        refused(file("zstd"))
                .withMessage(
                        "is compressed with Zstandard, expected none, Snappy or gzip; write it anew, in Python with"
                                + " pyarrow.parquet: write_table(read_table('OLD'), 'NEW', compression='snappy')");
    }

    @Test
    void severalThreadsReadAtOnce() throws IOException {
        for (String name : List.of("snappy", "gzip-v2", "plain")) {
            ParquetImageFile file = open(name);
            ParquetImageFile other = open(name);
            IntStream.range(0, 600)
                    .parallel()
                    .map(i -> i % 6)
                    .forEach(row -> assertThat(unchecked(file, row)).isEqualTo(unchecked(other, row)));
        }
    }

    private static byte[] unchecked(ParquetImageFile file, int row) {
        try {
            return file.image(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file("snappy"));
        for (int length = 0; length < whole.length; length += 101) {
            refused(Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length)));
        }
    }

    @Test
    void aFooterLongerThanTheFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file("snappy"));
        whole[whole.length - 5] = 0x7f;

        refused(Files.write(folder.resolve("long.parquet"), whole))
                .withMessageMatching("declares a footer of 21\\d+ bytes, expected at most " + (whole.length - 12));
    }

    @Test
    void encryptedFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file("snappy"));
        whole[whole.length - 1] = 'E';

        refused(Files.write(folder.resolve("secret.parquet"), whole))
                .withMessage("is encrypted, expected a file without encryption");
    }

    private static String name(int number) {
        return "ILSVRC2012_val_0000000" + number + ".png";
    }

    private static ThrowableAssertAlternative<ParquetException> refused(Path file) {
        return assertThatExceptionOfType(ParquetException.class).isThrownBy(() -> ParquetImageFile.open(file));
    }

    private ParquetImageFile open(String name) throws IOException {
        return ParquetImageFile.open(file(name));
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name + ".parquet");
        try (InputStream in = getClass().getResourceAsStream(name + ".parquet")) {
            return Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
    }
}
