package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.gate.OffloadGate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateSweepTest {
    private static final List<GatedImage> IMAGES = GatedImages.random(60, 3);

    @Test
    void eachStepIsWhatItsGateDoes() {
        GateSweep gates = GateSweep.of(IMAGES, GatedImage::upBytes, OffloadGate.never());
        assertThat(gates.steps()).allSatisfy(step -> {
            OffloadGate gate = gates.gate(step);
            List<GatedImage> confident = IMAGES.stream()
                    .filter(image -> gate.confident(image.confidence()))
                    .toList();
            List<GatedImage> offloaded = new ArrayList<>(IMAGES);
            offloaded.removeAll(confident);
            assertThat(step.confident()).isEqualTo(confident.size());
            assertThat(step.spent())
                    .isEqualTo(offloaded.stream().mapToLong(GatedImage::upBytes).sum());
            assertThat((long) step.right())
                    .isEqualTo(confident.stream().filter(GatedImage::edgeRight).count()
                            + offloaded.stream().filter(GatedImage::serverRight).count());
        });
    }

    @Test
    void theFirstGateOffloadsEveryImageAndTheLastIsTheLimit() {
        GateSweep all = GateSweep.of(IMAGES, GatedImage::kept, OffloadGate.never());
        assertThat(all.gate(all.steps().getFirst())).isEqualTo(OffloadGate.always());
        assertThat(all.gate(all.steps().getLast())).isEqualTo(OffloadGate.never());
        OffloadGate limit = OffloadGate.minEntropy(1);
        GateSweep some = GateSweep.of(IMAGES, GatedImage::kept, limit);
        assertThat(some.gate(some.steps().getLast())).isEqualTo(limit);
        assertThat(some.steps()).hasSizeBetween(2, all.steps().size() - 1);
        assertThat(GateSweep.of(IMAGES, GatedImage::kept, OffloadGate.always()).steps())
                .hasSize(1);
    }

    @Test
    void imagesOfTheSameMinEntropyAreConfidentTogether() {
        List<GatedImage> images = List.of(
                GatedImages.of(0.2, true, true), GatedImages.of(0.1, true, false), GatedImages.of(0.2, false, true));
        assertThat(GateSweep.of(images, GatedImage::kept, OffloadGate.never()).steps())
                .containsExactly(
                        new GateSweep.Step(0, 30, 2), new GateSweep.Step(1, 20, 3), new GateSweep.Step(3, 0, 2));
    }
}
