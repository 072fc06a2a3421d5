package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.ClassLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
                .withMessage("text.mat: not a MATLAB 5 file");
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
