package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiversityWeightsTest {
    private final Map<Upload, Integer> right = new LinkedHashMap<>(); // of 10 images

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
        List<Upload> uploads = new ArrayList<>(right.keySet());
        uploads.add(Upload.parse("mean/top:12+diverse:0.4/deflate"));
        assertThat(DiversityWeights.of(upload, uploads)).containsExactly(Map.entry(5, 0.8f), Map.entry(9, 0.2f));
        assertThat(DiversityWeights.of(Upload.WHOLE, uploads)).isEmpty();
    }

    @Test
    void ofRoundsThatDifferInWeightsAloneEachRoundIsJudgedByItself() {
        List<Upload> candidates = new ArrayList<>();
        for (String weights : List.of("0.2 0.2", "0.2 0.8", "0.8 0.2", "0.8 0.8")) {
            String[] both = weights.split(" ", 2);
            candidates.add(upload("rounds:top:5+diverse:" + both[0] + ",top:9+diverse:" + both[1]));
        }
        candidates.add(upload("rounds:top:3+diverse:0.5,all"));
        candidates.add(upload("top:5+diverse:0.2"));
        List<Upload> judges = DiversityWeights.judges(candidates);
        assertThat(judges.stream().map(Upload::selection))
                .containsExactly(
                        "top:5+diverse:0.2",
                        "top:9+diverse:0.2",
                        "top:9+diverse:0.8",
                        "top:5+diverse:0.8",
                        "rounds:top:3+diverse:0.5,all");

        judges.forEach(judge -> right.put(judge, 5));
        add("top:5+diverse:0.8", 7);
        add("top:9+diverse:0.2", 6);
        assertThat(DiversityWeights.fit(candidates, outcomes()).stream().map(Upload::selection))
                .containsExactly(
                        "rounds:top:5+diverse:0.8,top:9+diverse:0.2",
                        "rounds:top:3+diverse:0.5,all",
                        "top:5+diverse:0.2");
    }

    @Test
    void budgetsOfBytesHaveWeightsOfTheirOwn() {
        add("bytes:400+diverse:0.2", 5);
        add("bytes:400+diverse:0.8", 6);
        add("bytes:900+diverse:0.2", 7);
        add("bytes:900+diverse:0.8", 6);
        add("top:9+diverse:0.5", 9);
        assertThat(left())
                .containsExactlyInAnyOrder("bytes:400+diverse:0.8", "bytes:900+diverse:0.2", "top:9+diverse:0.5");
    }

    /** 0.2, 0.8, 0.2 would be right most often. */
    @Test
    void theWeightsOfRoundsGoOneWay() {
        List<Upload> candidates = new ArrayList<>();
        for (float first : new float[] {0.2f, 0.8f}) {
            for (float second : new float[] {0.2f, 0.8f}) {
                for (float third : new float[] {0.2f, 0.8f}) {
                    candidates.add(upload(
                            "rounds:top:5+diverse:" + first + ",top:9+diverse:" + second + ",top:12+diverse:" + third));
                }
            }
        }
        DiversityWeights.judges(candidates).forEach(judge -> right.put(judge, 5));
        add("top:5+diverse:0.2", 8);
        add("top:9+diverse:0.8", 8);
        add("top:12+diverse:0.2", 7);
        assertThat(DiversityWeights.fit(candidates, outcomes()))
                .containsExactly(upload("rounds:top:5+diverse:0.2,top:9+diverse:0.8,top:12+diverse:0.8"));
    }

    private List<String> left() {
        return DiversityWeights.fit(List.copyOf(right.keySet()), outcomes()).stream()
                .map(Upload::selection)
                .toList();
    }

    private Outcomes outcomes() {
        return TestOutcomes.of(
                10,
                List.copyOf(right.keySet()),
                (image, upload) -> TestOutcomes.answer(image < right.getOrDefault(upload, 0), 0, 5, 5));
    }

    private static Upload upload(String selection) {
        return Upload.parse("mean/" + selection + "/raw");
    }

    private void add(String selection, int count) {
        right.put(upload(selection), count);
    }
}
