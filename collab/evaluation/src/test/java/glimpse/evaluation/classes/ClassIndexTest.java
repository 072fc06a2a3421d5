package glimpse.evaluation.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.engine.ClassLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassIndexTest {
    @Test
    void aLabelMayHaveWnidAndName() {
        ClassIndex classes = ClassIndex.of(
                ClassLabels.ofLines(List.of("n01440764\ttench, Tinca tinca", "n01443537 goldfish", "n01484850")), 3);

        assertThat(classes.classes()).isEqualTo(3);
        assertThat(classes.find("n01443537")).hasValue(1);
        assertThat(classes.find("n01484850")).hasValue(2);
        assertThat(classes.find("tench, Tinca tinca")).hasValue(0);
        assertThat(classes.name(0)).isEqualTo("tench, Tinca tinca");
        assertThat(classes.wnid(1)).hasValue("n01443537");
        assertThat(classes.name(2)).isEqualTo("n01484850");
    }

    @Test
    void aLabelMayBeANameAlone() {
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(List.of("T-shirt/top", "Trouser")), 2);

        assertThat(classes.find("Trouser")).hasValue(1);
        assertThat(classes.wnid(1)).isEmpty();
        assertThat(classes.find("n01440764")).isEmpty();
    }

    @Test
    void aNameThatClassesShareIsFoundByWnidAlone() {
        ClassIndex classes = ClassIndex.of(
                ClassLabels.ofLines(List.of("n02012849\tcrane", "n03126707\tcrane", "n03000134\tchain", "n9\tcrane")),
                4);

        assertThat(classes.find("crane")).isEmpty();
        assertThat(classes.find("n03126707")).hasValue(1);
    }

    @Test
    void withoutLabelsClassesAreNumbered() {
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(List.of()), 4);

        assertThat(classes.classes()).isEqualTo(4);
        assertThat(classes.name(3)).isEqualTo("class 3");
        assertThat(classes.find("class 3")).isEmpty();
    }

    @Test
    void aWrongNumberOfLabelsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassIndex.of(ClassLabels.ofLines(List.of("a", "b")), 3))
                .withMessage("the model has 2 labels, expected one for each of its 3 classes");
    }

    @Test
    void aThousandClassesWithoutLabelsAreImagenets() {
        ClassIndex classes = ClassIndex.of(ClassLabels.none(), 1000);

        assertThat(classes.name(0)).isEqualTo("tench, Tinca tinca");
        assertThat(classes.wnid(999)).hasValue("n15075141");
        assertThat(classes.find("n02099601")).hasValue(207); // the golden retriever of the models' usual order
        assertThat(ClassIndex.of(ClassLabels.none(), 1001).find("n02099601")).isEmpty();
    }

    @Test
    void imagenetsNamesAloneGetItsIds() {
        List<String> names = new ArrayList<>(ImagenetClasses.labels().names());
        names.set(1, "carp"); // lists differ in some
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(names), 1000);

        assertThat(classes.find("n02099601")).hasValue(207);
        assertThat(classes.wnid(1)).hasValue("n01443537");
        assertThat(classes.name(1)).isEqualTo("carp");
        assertThat(classes.find("carp")).hasValue(1);
    }

    @Test
    void namesInAnotherOrderGetNoIds() {
        ClassIndex classes = ClassIndex.of(
                ClassLabels.ofLines(ImagenetClasses.labels().names().reversed()), 1000);

        assertThat(classes.find("n02099601")).isEmpty();
        assertThat(classes.wnid(0)).isEmpty();
    }

    @Test
    void imagenetsClassesAreInTheOrderOfTheirIds() {
        ClassLabels labels = ImagenetClasses.labels();
        List<String> ids = IntStream.range(0, labels.size())
                .mapToObj(i -> labels.wordNetId(i).orElseThrow())
                .toList();

        assertThat(ids).hasSize(ImagenetClasses.COUNT).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void labelsOfTheModelItselfComeFirst() {
        List<String> own = IntStream.range(0, 1000).mapToObj(i -> "own " + i).toList();

        assertThat(ClassIndex.of(ClassLabels.ofLines(own), 1000).name(7)).isEqualTo("own 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n01484850         | 2
            great_white_shark | 2
            Great White Shark | 2
            white shark       | -1
            2                 | 2
            002               | 2
            1000              | -1
            crane             | -1
            maillot           | 638
            """)
    void aFolderMayBeNamedByIdNameOrNumber(String folder, int expected) {
        ClassIndex classes = ClassIndex.of(ClassLabels.none(), 1000);

        assertThat(classes.findFolder(folder).orElse(-1)).isEqualTo(expected);
    }
}
