package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiversityWeightsTest {
    private final Map<Upload, List<GatedImage>> outcomes = new LinkedHashMap<>();

    @Test
    void eachCountKeepsOneWeightAndOtherUploadsStay() {
        add("top:5+diverse:0.2", 5);
        add("top:5+diverse:0.8", 6);
        add("top:9+diverse:0.2", 7);
        add("top:9+diverse:0.8", 6);
        add("sum:0.9", 4);
        assertThat(left()).containsExactly("top:5+diverse:0.8", "top:9+diverse:0.2", "sum:0.9");
    }

    /** Alone, the middle count would have the lower weight; in a row, chance can't decide between neighbours. */
    @Test
    void weightsGoOneWay() {
        add("top:5+diverse:0.2", 3);
        add("top:5+diverse:0.8", 8);
        add("top:9+diverse:0.2", 6);
        add("top:9+diverse:0.8", 5);
        add("top:20+diverse:0.2", 5);
        add("top:20+diverse:0.8", 9);
        assertThat(left()).containsExactly("top:5+diverse:0.8", "top:9+diverse:0.8", "top:20+diverse:0.8");
    }

    @Test
    void countsWithoutACommonDirectionKeepTheirOwnBest() {
        add("top:5+diverse:0.8", 1);
        add("top:9+diverse:0.2", 1);
        add("top:20+diverse:0.6", 1);
        assertThat(left()).hasSize(3);
    }

    @Test
    void weightsAreThoseOfTheUploadsFamily() {
        add("top:5+diverse:0.8", 1);
        add("top:9+diverse:0.2", 1);
        Upload upload = Upload.parse("mean/top:9+diverse:0.2/raw");
        List<Upload> uploads = new ArrayList<>(outcomes.keySet());
        uploads.add(Upload.parse("mean/top:12+diverse:0.4/deflate"));
        assertThat(DiversityWeights.of(upload, uploads)).containsExactly(Map.entry(5, 0.8f), Map.entry(9, 0.2f));
        assertThat(DiversityWeights.of(Upload.WHOLE, uploads)).isEmpty();
    }

    @Test
    void budgetsOfBytesHaveWeightsOfTheirOwn() {
        add("bytes:400+diverse:0.2", 5);
        add("bytes:400+diverse:0.8", 6);
        add("bytes:900+diverse:0.2", 7);
        add("bytes:900+diverse:0.8", 6);
        add("top:9+diverse:0.5", 9);
        assertThat(left()).containsExactly("bytes:400+diverse:0.8", "bytes:900+diverse:0.2", "top:9+diverse:0.5");
        assertThat(DiversityWeights.of(Upload.parse("mean/bytes:900+diverse:0.2/raw"), DiversityWeights.fit(outcomes)))
                .containsExactly(Map.entry(400, 0.8f), Map.entry(900, 0.2f));
    }

    private List<String> left() {
        return DiversityWeights.fit(outcomes).stream().map(Upload::selection).toList();
    }

    private void add(String selection, int right) {
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(GatedImages.of(i, true, i < right));
        }
        outcomes.put(Upload.parse("mean/" + selection + "/raw"), images);
    }
}
