package glimpse.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.gate.Confidence;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PredictionQualityTest {
    private static final List<Answer> ANSWERS = List.of(
            new Answer(0, 4, List.of(4, 1, 2, 3, 0), 0.9),
            new Answer(1, 4, List.of(1, 4, 2, 3, 0), 0.92),
            new Answer(2, 1, List.of(1, 2, 3, 4, 0), 0.5),
            new Answer(3, 6, List.of(1, 2, 3, 4, 5), 0.2));

    private static PredictionQuality quality(Optional<List<List<Integer>>> real) {
        return PredictionQuality.of(new Predictions("model", ANSWERS, 2), real);
    }

    /** Two images in bin 14 of 15 at accuracy .5 and confidence .91, one in bin 8 and one, at its edge, in bin 3. */
    @Test
    void theCalibrationErrorIsTheMeanDistanceOfTheBins() {
        Reliability reliability = quality(Optional.empty()).reliability();
        assertThat(reliability.expectedCalibrationError())
                .isCloseTo((2 * (0.91 - 0.5) + (1 - 0.5) + (0.2 - 0)) / 4, within(1e-12));
        assertThat(reliability.bins().get(13).images()).isEqualTo(2);
        assertThat(reliability.bins().get(13).accuracy()).isEqualTo(0.5);
        assertThat(reliability.bins().get(13).confidence()).isCloseTo(0.91, within(1e-12));
        assertThat(reliability.bins().get(7)).isEqualTo(new ReliabilityBin(1, 1, 0.5));
        assertThat(reliability.bins().get(2)).isEqualTo(new ReliabilityBin(1, 0, 0.2));
        assertThat(reliability.bins()).hasSize(15);
    }

    @Test
    void aCertainPredictionIsInTheLastBin() {
        Reliability certain = Reliability.of(List.of(new Answer(0, 1, List.of(1), 1)));
        assertThat(certain.bins().getLast()).isEqualTo(new ReliabilityBin(1, 1, 1));
        assertThat(certain.expectedCalibrationError()).isZero();
    }

    @Test
    void accuracyIsThatOfAllImagesAndOfEachClass() {
        PredictionQuality quality = quality(Optional.empty());
        assertThat(quality.images()).isEqualTo(4);
        assertThat(quality.failed()).isEqualTo(2);
        assertThat(quality.accuracy()).isEqualTo(new Accuracy(0.5, 0.75));
        assertThat(quality.classes())
                .containsExactly(
                        new ClassAccuracy(1, 1, 1, 1), new ClassAccuracy(4, 2, 1, 2), new ClassAccuracy(6, 1, 0, 0));
        assertThat(quality.real()).isEmpty();
    }

    @Test
    void theConfusionMatrixHasNoZeros() {
        assertThat(quality(Optional.empty()).confusions())
                .containsExactly(
                        new Confusion(1, 1, 1), new Confusion(4, 1, 1), new Confusion(4, 4, 1), new Confusion(6, 1, 1));
    }

    @Test
    void aPredictionIsRightIfItIsOneOfTheReassessedLabels() {
        List<List<Integer>> labels = List.of(List.of(2, 4), List.of(4, 1), List.of(), List.of(5));
        assertThat(quality(Optional.of(labels)).real()).contains(new RealAccuracy(3, 1, new Accuracy(2 / 3.0, 1)));
    }

    @Test
    void ofAPairThePredictionsAreTheEdgesTheServersAndThoseOfEachPoint() {
        ServerResult server = new ServerResult(3, 0.1f, 0.5f, 10, 10, List.of(2, 0, 1), 1);
        List<ImageResult> rows = List.of(
                new ImageResult.Evaluated(
                        0,
                        "a",
                        2,
                        OptionalLong.empty(),
                        List.of(0, 1, 2),
                        new Confidence(2, 1.5, 0.1),
                        List.of(server)),
                new ImageResult.Failed(1, "b", 2, "broken"));
        EvaluationPlan plan = new EvaluationPlan(List.of(Upload.WHOLE), true);
        List<Predictions> all = Predictions.ofPair(
                rows,
                plan,
                List.of(OperatingPoint.parse("mean/all/raw/always"), OperatingPoint.parse("mean/all/raw/never")));
        assertThat(all.stream().map(Predictions::name))
                .containsExactly("edge", "server on whole images", "mean/all/raw/always", "mean/all/raw/never");
        assertThat(all.stream().map(one -> one.answers().getFirst().confidence()))
                .containsExactly(0.25, 0.5, 0.5, 0.25);
        assertThat(all.stream()
                        .map(one -> PredictionQuality.of(one, Optional.empty())
                                .accuracy()
                                .top1()))
                .containsExactly(0.0, 1.0, 1.0, 0.0);
        assertThat(all).allSatisfy(one -> assertThat(one.failed()).isEqualTo(1));
    }
}
