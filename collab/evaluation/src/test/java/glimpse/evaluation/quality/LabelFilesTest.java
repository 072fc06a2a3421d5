package glimpse.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reassessed labels, and lists of valid classes. */
class LabelFilesTest {
    private static final ClassIndex CLASSES = ClassIndex.of(
            ClassLabels.ofLines(List.of("n00000011\tant", "n00000012\tbee", "n00000013\tcow", "n00000014\tdog")), 4);

    @TempDir
    Path folder;

    @Test
    void reassessedLabelsAreFoundByTheNumberInTheName() throws IOException {
        Path file = Files.writeString(folder.resolve("real.json"), "[[0], [1, 2], []]");
        assertThat(RealLabels.read(file, 4).of(images("ILSVRC2012_val_00000003", "ILSVRC2012_val_00000002_n0")))
                .containsExactly(List.of(1, 2), List.of()); // sorted by name: _n0 of 2, then 3
    }

    @Test
    void anImageWithoutANumberOrBeyondTheLastIsNamed() throws IOException {
        RealLabels labels = RealLabels.read(Files.writeString(folder.resolve("real.json"), "[[0]]"), 4);
        assertThatThrownBy(() -> labels.of(images("dog")))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder.resolve("real.json")
                        + ": has no labels for ant/dog.png, expected names such as ILSVRC2012_val_00000001.JPEG");
        assertThatThrownBy(() -> labels.of(images("ILSVRC2012_val_00000002")))
                .hasMessageEndingWith(": has no labels for ant/ILSVRC2012_val_00000002.png, only for 1 image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|: expected an array with a list of class numbers per image",
                "[]|: expected an array with a list of class numbers per image",
                "[[1],2]|: image 2: expected a list of class numbers, found number",
                "[[1],[4]]|: image 2: label 4, expected 0..3",
                "[[-1]]|: image 1: label -1, expected 0..3",
                "[[1.5]]|: image 1: label 1.5, expected 0..3",
                "[[NaN]]|: image 1: label \"NaN\", expected 0..3",
            })
    void aFileOfAnotherKindIsRefused(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("real.json"), content);
        assertThatThrownBy(() -> RealLabels.read(file, 4))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + message);
    }

    @Test
    void whatIsNoJsonIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("real.json"), "[[1], ");
        assertThatThrownBy(() -> RealLabels.read(file, 4))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + ": not JSON: line 1, column 7: ")
                .message()
                .doesNotContain("Source");
    }

    @Test
    void validClassesAreNumbersOrWordNetIds() throws IOException {
        Path file = Files.writeString(folder.resolve("valid.txt"), "\uFEFF3\r\n\nn00000012\n 3 \n0\n");
        assertThat(ValidClasses.read(file, CLASSES)).containsExactly(0, 1, 3);
    }

    @Test
    void aLineThatIsNoClassIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("valid.txt"), "3\n4\n");
        assertThatThrownBy(() -> ValidClasses.read(file, CLASSES))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + ": line 2: '4' isn't a class of the model, expected 0..3 or a WordNet id");
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");
        assertThatThrownBy(() -> ValidClasses.read(empty, CLASSES))
                .isInstanceOf(DatasetException.class)
                .hasMessage(empty + ": has no classes, expected a class number or WordNet id on each line");
    }

    private Dataset images(String... names) throws IOException {
        Path images = folder.resolve("images" + names[0]);
        for (String name : names) {
            TestImages.write(images.resolve("ant").resolve(name + ".png"), 1);
        }
        return ImageFolder.ofClassFolders(images, CLASSES);
    }
}
