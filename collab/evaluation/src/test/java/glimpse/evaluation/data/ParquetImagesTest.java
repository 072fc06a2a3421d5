package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.parquet.ParquetImageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files hold three classes, tench, goldfish and great white shark, and are made by Arrow. */
class ParquetImagesTest {
    private static final ClassIndex UNNAMED = ClassIndex.of(ClassLabels.none(), 3);

    @TempDir
    Path folder;

    @Test
    void aFileIsADataSet() throws IOException {
        Dataset images = open(put("snappy", "val.parquet"), UNNAMED);

        assertThat(images.size()).isEqualTo(6);
        assertThat(images.name(0)).isEqualTo("ILSVRC2012_val_00000001.png");
        assertThat(labels(images)).containsExactly(1, 2, 0, 0, 2, 0);
        assertThat(images.read(5).width()).isEqualTo(16);
    }

    @Test
    void theLengthOfAFileIsKnownOnceItIsRead() throws IOException {
        Path path = put("snappy", "val.parquet");
        Dataset images = open(path, UNNAMED);

        assertThat(images.fileBytes(4)).isEmpty();
        assertThat(ImageSubset.range(images, 2, 3).load(2).fileBytes())
                .hasValue(ParquetImageFile.open(path).image(4).length);
    }

    @Test
    void classNamesDecideWhereTheModelHasThem() throws IOException {
        ClassIndex other = ClassIndex.of(
                ClassLabels.ofLines(List.of(
                        "n01484850\tgreat white shark, white shark",
                        "x\tcat",
                        "n01443537\tgoldfish",
                        "n01440764\ttench")),
                4);

        assertThat(labels(open(put("snappy", "val.parquet"), other))).containsExactly(2, 0, 3, 3, 0, 3);
    }

    @Test
    void classesThatTheModelLacksAreNamed() throws IOException {
        Path path = put("snappy", "val.parquet");

        refused(path, ClassIndex.of(ClassLabels.none(), 10))
                .withMessageStartingWith(path + ": has 3 classes such as 'tench', of which the model has 0, expected");
    }

    @Test
    void shardsAreReadInOrderAndNameTheirImages() throws IOException {
        put("plain", "train-00001-of-00003.parquet");
        put("snappy", "train-00000-of-00003.parquet");

        Dataset images = open(folder, UNNAMED);

        assertThat(images.size()).isEqualTo(12);
        assertThat(images.name(6)).isEqualTo("train-00001-of-00003/ILSVRC2012_val_00000001.png");
        assertThat(images.remarks()).containsExactly(folder + ": 1 of 3 Parquet files are missing");
        assertThat(open(folder.resolve("train-{00000..00001}-of-00003.parquet"), UNNAMED)
                        .name(6))
                .isEqualTo(images.name(6));
    }

    @Test
    void aFolderThatSparkHasWrittenIsOneSplit() throws IOException {
        String written = "-0f3c2b1a-11aa-4bcd-9ef0-0123456789ab-c000.snappy.parquet";
        put("plain", "part-00000" + written);
        put("snappy", "part-00001" + written);

        assertThat(open(folder, UNNAMED).size()).isEqualTo(12);
    }

    @Test
    void oneOfSeveralSplitsMustBeNamed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String name : List.of("train-00000-of-00002", "train-00001-of-00002", "validation-00000-of-00001")) {
            put("snappy", "data/" + name + ".parquet");
        }

        refused(folder, UNNAMED)
                .withMessage(folder + ": has the splits train, validation, expected one; name its files, for example '"
                        + data.resolve("train-{00000..00001}-of-00002.parquet") + "'");
    }

    @Test
    void anImageWithoutPathIsNamedByItsRow() throws IOException {
        Dataset images = open(put("gaps", "val.parquet"), UNNAMED);

        assertThat(names(images))
                .containsExactly(
                        "ILSVRC2012_val_00000001.png",
                        "000001",
                        "elsewhere.png",
                        "000003",
                        "ILSVRC2012_val_00000005.png");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> images.read(1))
                .withMessage(folder.resolve("val.parquet") + ": 000001: the row has no image bytes");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> images.read(3))
                .withMessageStartingWith(folder.resolve("val.parquet") + ": 000003: ");
        assertThat(images.read(4).width()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hidden | row 1 has label -1, which stands for a hidden one, as in the hub's test sets; expected the train or the \
            validation split
            twice  | rows 0 and 1 both have an image ILSVRC2012_val_00000001.png
            no-label | row 1 has no label
            """)
    void whatCannotBeUsedIsNamed(String name, String message) throws IOException {
        Path path = put(name, "val.parquet");

        refused(path, UNNAMED).withMessage(path + ": " + message);
    }

    @Test
    void labelsBeyondTheModelsAreNamed() throws IOException {
        Path path = put("plain", "val.parquet");

        refused(path, ClassIndex.of(ClassLabels.none(), 2)).withMessage(path + ": row 1 has label 2, expected 0..1");
    }

    @Test
    void otherLabelsDoNotGoWithIt() throws IOException {
        Path path = put("snappy", "val.parquet");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageSource.open(path, Optional.of(path), Optional.empty(), UNNAMED))
                .withMessage(path + ": is Parquet with a class for each image, so no other labels go with it");
    }

    private static ThrowableAssertAlternative<DatasetException> refused(Path images, ClassIndex classes) {
        return assertThatExceptionOfType(DatasetException.class).isThrownBy(() -> open(images, classes));
    }

    private static Dataset open(Path images, ClassIndex classes) throws IOException {
        return ImageSource.open(images, Optional.empty(), Optional.empty(), classes);
    }

    private static List<Integer> labels(Dataset images) {
        return IntStream.range(0, images.size()).mapToObj(images::label).toList();
    }

    private static List<String> names(Dataset images) {
        return IntStream.range(0, images.size()).mapToObj(images::name).toList();
    }

    private Path put(String resource, String name) throws IOException {
        try (InputStream in = ParquetImageFile.class.getResourceAsStream(resource + ".parquet")) {
            return Files.write(
                    folder.resolve(name), Objects.requireNonNull(in, resource).readAllBytes());
        }
    }
}
