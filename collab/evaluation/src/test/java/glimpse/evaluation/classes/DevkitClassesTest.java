package glimpse.evaluation.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.ClassLabels;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SciPy wrote the files that are read here. */
class DevkitClassesTest {
    private static final Path CORPUS = Path.of("src", "test", "corpus", "devkit-classes");
    private static final ClassIndex FISH = ClassIndex.of(
            ClassLabels.ofLines(List.of("n01440764\ttench", "n01443537\tgoldfish", "n01484850\tgreat white shark")), 3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"compressed.mat", "plain.mat"})
    void synsetsAreRead(String file) throws IOException {
        assertThat(DevkitClasses.read(CORPUS.resolve(file)).wordNetIds())
                .isEqualTo(Map.of(1, "n01484850", 2, "n01440764", 3, "n01443537", 4, "n00015388"));
    }

    @Test
    void idsBesideTheKitsFileAreTranslated() throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("ground_truth.txt"), "3\n1\n2\n");
        Files.copy(CORPUS.resolve("compressed.mat"), folder.resolve("meta.mat"));

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(1, 2, 0);
    }

    @Test
    void aModelWithoutLabelsHasTheKitsClassesInTheOrderOfTheirWordNetIds() throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("ground_truth.txt"), "3\n1\n2\n");

        assertThat(labels(ImageFolder.withDevkitLabels(
                        folder, labels, CORPUS.resolve("plain.mat"), ClassIndex.of(ClassLabels.none(), 3))))
                .containsExactly(1, 2, 0);
    }

    @Test
    void namedLabelsAreIdsOnlyIfThatIsSaid() throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("labels.txt"), "c.png 2\nb.png 1\na.png 1\n");
        Path meta = Files.copy(CORPUS.resolve("plain.mat"), folder.resolve("meta.mat"));

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(1, 1, 2);
        assertThat(labels(ImageFolder.withDevkitLabels(folder, labels, meta, FISH)))
                .containsExactly(2, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void anIdThatIsntInTheFileIsNamed(int id) throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("labels.txt"), "1\n2\n" + id + "\n");
        Path meta = CORPUS.resolve("plain.mat");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageFolder.withDevkitLabels(folder, labels, meta, FISH))
                .withMessage(labels + ": line 3: ILSVRC2012_ID " + id + " isn't one of the 4 in " + meta);
    }

    @Test
    void anIdOfAClassThatTheModelHasntIsNamed() throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("labels.txt"), "1\n2\n4\n");
        Path meta = CORPUS.resolve("plain.mat");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageFolder.withDevkitLabels(folder, labels, meta, FISH))
                .withMessageStartingWith(labels + ": line 3: ILSVRC2012_ID 4 is n00015388 in " + meta
                        + ", which isn't a class of the model; ");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(CORPUS.resolve("compressed.mat"));

        assertThat(IntStream.range(0, whole.length))
                .allSatisfy(length -> assertThatExceptionOfType(DatasetException.class)
                        .isThrownBy(() -> DevkitClasses.parse("cut.mat", Arrays.copyOf(whole, length)))
                        .withMessageStartingWith("cut.mat: "));
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DevkitClasses.parse("text.mat", new byte[200]))
                .withMessage("text.mat: not a MATLAB 5 file, nor a list of WordNet ids");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n01484850 1 great_white_shark\nn01440764 2 tench\nn01443537 3 goldfish\n",
                "n01443537 3 goldfish\nn01440764 2 tench\nn01484850 1 great_white_shark\n",
                "n01484850\nn01440764\nn01443537\n",
                "n01484850 great white shark\r\nn01440764 tench, Tinca tinca\r\nn01443537 goldfish\r\n"
            })
    void listsOfWordNetIdsAreRead(String list) throws DatasetException {
        assertThat(DevkitClasses.parse("list", list.getBytes(StandardCharsets.UTF_8))
                        .wordNetIds())
                .isEqualTo(Map.of(1, "n01484850", 2, "n01440764", 3, "n01443537"));
    }

    @Test
    void idsBesideALaterKitsListAreTranslated() throws IOException {
        images();
        Path labels = Files.writeString(folder.resolve("ground_truth.txt"), "3\n1\n2\n");
        Files.writeString(folder.resolve("map_clsloc.txt"), "n01484850 1 a\nn01440764 2 b\nn01443537 3 c\n");

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(1, 2, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n01440764 tench;n01443537 goldfish|lists the classes in the order of their WordNet ids, which is the"
                        + " models', expected the order of the ILSVRC2012_IDs, as in the development kit's meta.mat or"
                        + " map_clsloc.txt",
                "n01443537 1 a;n01440764 1 b|ILSVRC2012_ID 1 occurs more than once",
                "n01443537 1 a;tench 2 b|entry 2 doesn't begin with a WordNet id (n and 8 digits)"
            })
    void aListThatIsntTheKitsIsRefused(String list, String message) {
        byte[] content = list.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DevkitClasses.parse("list", content))
                .withMessage("list: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n01440764 tench;n01443537 goldfish, Carassius auratus|names classes, 'n01443537 goldfish, Carassius"
                        + " auratus'",
                "index\twnid\tname;0\tn01440764\ttench|names classes, '0\tn01440764\ttench'",
                "{\"0\": \"tench\"}|is JSON",
                "[\"tench\"]|is JSON"
            })
    void namesOfClassesArentLabelsOfImages(String content, String found) throws IOException {
        images();
        Path labels = Files.writeString(
                folder.resolve("labels"), content.replace(';', '\n').replace("\\t", "\t"));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessage(labels + ": " + found.replace("\\t", "\t")
                        + ", expected a line per image with its name and its class; the names of the classes are part of"
                        + " the model: glimpse convert --labels");
    }

    @Test
    void imagesNamedByTheirWordNetIdAreNoNamesOfClasses() throws IOException {
        for (String name : List.of("n01440764.png", "n01443537.png")) {
            Files.write(folder.resolve(name), new byte[] {1});
        }
        Path labels = Files.writeString(folder.resolve("labels"), "n01440764 0\nn01443537 n01443537\n");

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(0, 1);
    }

    private void images() throws IOException {
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Files.write(folder.resolve(name), new byte[] {1});
        }
    }

    private static List<Integer> labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }
}
