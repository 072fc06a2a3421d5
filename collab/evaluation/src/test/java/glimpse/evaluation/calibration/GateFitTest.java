package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.gate.OffloadGate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateFitTest {
    private static final Promise FIFTH = new Promise(0.2, OptionalDouble.empty());

    /** Nine images allow (1 + 1) / (9 + 1): one wrong. */
    @Test
    void theLoosestGateStopsBelowTheFirstImageThatIsOneTooMany() {
        List<GatedImage> images = images("RRWRSWRWR");
        OffloadGate gate = GateFit.loosest(FIFTH, images);
        assertThat(gate).isEqualTo(OffloadGate.minEntropy(0.5)); // the second W
        assertThat(GateCounts.of(gate, images)).isEqualTo(new GateCounts(9, 5, 2, 1));
    }

    @Test
    void ifTooFewImagesAreWrongEveryPredictionStands() {
        assertThat(GateFit.loosest(FIFTH, images("RRRRRWSSS"))).isEqualTo(OffloadGate.never());
    }

    @Test
    void equalMinEntropiesStandOrFallTogether() {
        List<GatedImage> images = new ArrayList<>(images("RRRR"));
        images.add(GatedImages.of(0.35, false, true));
        images.add(GatedImages.of(0.35, false, true));
        images.add(GatedImages.of(0.35, true, true));
        images.add(GatedImages.of(0.35, true, true));
        images.add(GatedImages.of(0.35, true, true));
        assertThat(GateFit.loosest(FIFTH, images)).isEqualTo(OffloadGate.minEntropy(0.35));
        assertThat(GateCounts.of(GateFit.loosest(FIFTH, images), images).confident())
                .isEqualTo(4);
    }

    @Test
    void aSetThatIsTooSmallIsRefusedWithTheSizeThatWouldDo() {
        assertThatThrownBy(() -> GateFit.loosest(FIFTH, images("RRR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 images are too few for this promise, expected at least 4");
    }

    @Test
    void roundedGatesAreStricter() {
        List<GatedImage> images = new ArrayList<>(images("RRRR"));
        for (int i = 0; i < 5; i++) {
            images.add(GatedImages.of(0.987654321, false, true));
        }
        assertThat(GateFit.loosest(FIFTH, images)).isEqualTo(OffloadGate.minEntropy(0.9876));
    }

    /** S: the server is wrong and the edge right, so the fewer images are sent, the better up to there. */
    @Test
    void theMostAccurateGateWithinTheBudgetIsNoLooserThanTheLimit() {
        List<GatedImage> images = images("RSRWRRSWW");
        Budget all = new Budget.Cost(1, 10);
        assertThat(GateFit.withinBudget(OffloadGate.minEntropy(0.3), all, images))
                .hasValue(OffloadGate.minEntropy(0.3));
        assertThat(GateFit.withinBudget(OffloadGate.never(), all, images)).hasValue(OffloadGate.minEntropy(0.7));
        assertThat(GateFit.withinBudget(OffloadGate.minEntropy(0.3), new Budget.Cost(0.5, 10), images))
                .isEmpty();
        assertThat(GateFit.withinBudget(OffloadGate.minEntropy(0.3), new Budget.Bytes(50), images))
                .isEmpty();
    }

    @Test
    void aShareOfTheImagesThemselvesIsReachedButNotExceeded() {
        List<GatedImage> images = images("RRWRSWRWRR");
        assertThat(GateFit.loosest(0.2, images)).isEqualTo(OffloadGate.minEntropy(0.7)); // the third W
        assertThat(GateFit.loosest(0.19, images)).isEqualTo(OffloadGate.minEntropy(0.5));
    }

    /** R: both right; W: the edge wrong, the server right; S: the reverse. Min-entropies are 0, 0.1, 0.2 and so on. */
    private static List<GatedImage> images(String outcomes) {
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < outcomes.length(); i++) {
            char outcome = outcomes.charAt(i);
            images.add(GatedImages.of(i / 10.0, outcome != 'W', outcome != 'S'));
        }
        return images;
    }
}
