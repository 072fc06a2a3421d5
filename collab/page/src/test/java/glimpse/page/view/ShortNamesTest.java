package glimpse.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.ClassLabels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortNamesTest {
    private static final ClassLabels LABELS = ClassLabels.ofLines(List.of(
            "n02123045 tabby, tabby cat",
            "n03710637 maillot",
            "n03710721 maillot, tank suit",
            "soup, thick",
            "soup, clear",
            "1,000-year egg",
            ", comma first",
            "bread"));

    private static String name(int index) {
        return ShortNames.of(index, LABELS);
    }

    @Test
    void ofSynonymsTheFirstIsEnough() {
        assertThat(name(0)).isEqualTo("tabby");
    }

    @Test
    void aNameThatTwoClassesBeginWithIsNotShortened() {
        assertThat(name(1)).isEqualTo("maillot");
        assertThat(name(2)).isEqualTo("maillot, tank suit");
        assertThat(name(3)).isEqualTo("soup, thick");
        assertThat(name(4)).isEqualTo("soup, clear");
    }

    @Test
    void aCommaThatSeparatesNothingStays() {
        assertThat(name(5)).isEqualTo("1,000-year egg");
        assertThat(name(6)).isEqualTo(", comma first");
        assertThat(name(7)).isEqualTo("bread");
    }
}
