package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class AttentionMapTest {
    private final float[] weights = {.1f, .2f, .7f, .3f, .3f, .4f}; // [2 heads][1 row][3 columns]
    private final AttentionMap map = new AttentionMap(3, 2, 1, 3, 1, weights);

    @Test
    void holdsACopyOfItsWeightsByHeadRowAndColumn() {
        weights[5] = 9;
        assertThat(map.weight(1, 0, 2)).isEqualTo(.4f);
        assertThat(map.weights()).containsExactly(.1f, .2f, .7f, .3f, .3f, .4f);
        assertThat(map.patches()).isEqualTo(2);
    }

    @Test
    void givesAReadOnlyViewWithoutACopy() {
        FloatBuffer view = map.view();
        assertThat(view.isReadOnly()).isTrue();
        assertThat(view.remaining()).isEqualTo(6);
        assertThat(view.get(4)).isEqualTo(.3f);
    }

    @Test
    void anIndexOutOfRangeIsNamedEvenWhereTheArrayHasIt() {
        assertThatThrownBy(() -> map.weight(2, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("head is 2, expected 0..1");
        assertThatThrownBy(() -> map.weight(0, 1, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("row is 1, expected 0..0");
        assertThatThrownBy(() -> map.weight(0, 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("column is 3, expected 0..2");
        assertThatThrownBy(() -> map.weight(0, 0, -1)).hasMessage("column is -1, expected 0..2");
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new AttentionMap(0, 2, 2, 3, 1, new float[12]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows is 2, expected 1 or 3");
        assertThatThrownBy(() -> new AttentionMap(0, 2, 1, 3, 4, weights))
                .hasMessage("prefixTokens is 4, expected 0..3");
        assertThatThrownBy(() -> new AttentionMap(0, 2, 1, 4, 1, weights))
                .hasMessage("weights has 6 elements, expected 2 heads x 1 rows x 4 columns");
    }
}
