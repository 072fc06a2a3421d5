package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.engine.ClassLabels;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
