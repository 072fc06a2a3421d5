package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.gate.Confidence;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UploadChoiceTest {
    private static final Promise PROMISE = new Promise(0.1, OptionalDouble.empty());
    private static final Upload SMALL = Upload.parse("mean/top:5/raw");
    private static final Upload LARGE = Upload.parse("mean/top:20/raw");

    private final Map<Upload, List<GatedImage>> outcomes = new LinkedHashMap<>();

    /** The edge is right on the 50 images it is surest of; the server on 70 or 90 with fewer or more patches. */
    private void fill() {
        outcomes.put(SMALL, images(70, 5));
        outcomes.put(LARGE, images(90, 20));
    }

    @Test
    void theMostAccurateUploadWithinTheBudgetIsChosen() {
        fill();
        assertThat(UploadChoice.choose(outcomes, PROMISE, new Budget.Cost(0.5, 20)))
                .isEqualTo(LARGE);
        assertThat(UploadChoice.choose(outcomes, PROMISE, new Budget.Cost(0.2, 20)))
                .isEqualTo(SMALL);
        assertThat(UploadChoice.choose(outcomes, PROMISE, new Budget.Bytes(20))).isEqualTo(SMALL);
    }

    @Test
    void aBudgetThatNoneKeepsIsRefused() {
        fill();
        assertThatThrownBy(() -> UploadChoice.choose(outcomes, PROMISE, new Budget.Cost(0.01, 20)))
                .hasMessageStartingWith("mean/top:5/raw: the loosest gate that keeps the promise needs a cost of 0.1");
    }

    @Test
    void budgetsAreReadAsTheyAreWritten() {
        assertThat(Budget.parse("0.25", 196)).isEqualTo(new Budget.Cost(0.25, 196));
        assertThat(Budget.parse("bytes:1200", 196)).isEqualTo(new Budget.Bytes(1200));
        for (String wrong : List.of("1.5", "bytes", "bytes:x", "cheap", "0.1:2", "-1", "NaN", "")) {
            assertThatThrownBy(() -> Budget.parse(wrong, 196))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Budget.SYNTAX);
        }
    }

    private static List<GatedImage> images(int serverRight, int kept) {
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean right = i < serverRight;
            images.add(new GatedImage("a" + i, new Confidence(i / 50.0, 0, 0), i < 50, right, i < 50, kept, kept * 10));
        }
        return images;
    }
}
