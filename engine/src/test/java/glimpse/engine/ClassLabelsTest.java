package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassLabelsTest {
    private static final ClassLabels LABELS = ClassLabels.ofLines(
            List.of("n01440764\ttench, Tinca tinca", "n01443537 goldfish", "n01484850", "T-shirt/top", "n9\tcrane"));

    @Test
    void nameAndWordNetIdAreApart() {
        assertThat(LABELS.names())
                .containsExactly("tench, Tinca tinca", "goldfish", "n01484850", "T-shirt/top", "n9\tcrane");
        assertThat(LABELS.name(1)).isEqualTo("goldfish");
        assertThat(LABELS.wordNetId(0)).contains("n01440764");
        assertThat(LABELS.wordNetId(2)).contains("n01484850");
        assertThat(LABELS.wordNetId(3)).isEmpty();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> LABELS.name(5));
    }

    @Test
    void metadataIsReadAsItWasWritten() {
        Map<String, String> metadata = new HashMap<>();
        LABELS.writeTo(metadata);

        assertThat(metadata)
                .containsEntry(
                        "glimpse.labels",
                        "n01440764\ttench, Tinca tinca\nn01443537 goldfish\nn01484850\nT-shirt/top\nn9\tcrane");
        assertThat(ClassLabels.readFrom(metadata)).isEqualTo(LABELS);
    }

    @Test
    void modelWithoutLabelsHasNone() {
        Map<String, String> metadata = new HashMap<>();
        ClassLabels.none().writeTo(metadata);

        assertThat(metadata).isEmpty();
        assertThat(ClassLabels.readFrom(metadata)).isEqualTo(ClassLabels.none());
        assertThat(ClassLabels.none().size()).isZero();
    }

    @Test
    void lineBreakInALabelIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassLabels.ofLines(List.of("a", "b\nc")))
                .withMessage("the label of class 1 contains a line break");
    }
}
