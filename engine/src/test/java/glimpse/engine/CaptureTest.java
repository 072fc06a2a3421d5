package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTest {
    @Test
    void capturesCombineWhateverTheOrder() {
        Capture one = Capture.readoutRow().and(Capture.layers(3, 1)).withHiddenStates(2);
        Capture other = Capture.layers(List.of(1))
                .withHiddenStates(2)
                .and(Capture.layers(3))
                .and(Capture.readoutRow());
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).hasToString("the readout row, attention of layers [1, 3], hidden states of layers [2]");
    }

    @Test
    void allLayersContainAnyLayer() {
        assertThat(Capture.layers(5).and(Capture.allLayers())).isEqualTo(Capture.allLayers());
        assertThat(Capture.allLayers().maps().contains(1000)).isTrue();
        assertThat(Capture.none().withHiddenStates(1).withAllHiddenStates())
                .isEqualTo(Capture.none().withAllHiddenStates());
    }

    @Test
    void addingNothingChangesNothing() {
        assertThat(Capture.layers(2).and(Capture.none())).isEqualTo(Capture.layers(2));
        assertThat(Capture.none()).hasToString("nothing").isNotEqualTo(Capture.readoutRow());
    }

    @Test
    void layersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Capture.layers(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layers is [2, -1], expected at least one layer, counted from 0");
        assertThatThrownBy(Capture::layers).hasMessage("layers is [], expected at least one layer, counted from 0");
        assertThatThrownBy(() -> Capture.none().withHiddenStates(-2))
                .hasMessage("layers is [-2], expected at least one layer, counted from 0");
    }

    @Test
    @SuppressWarnings("NullAway") // what is tested
    void aNullArgumentIsNamed() {
        assertThatThrownBy(() -> Capture.layers((int[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("layers");
        assertThatThrownBy(() -> Capture.none().and(null)).hasMessage("other");
    }
}
