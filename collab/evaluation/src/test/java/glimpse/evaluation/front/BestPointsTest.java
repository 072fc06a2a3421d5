package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BestPointsTest {
    private static final int PATCHES = 16;

    private static Candidate candidate(String selection, int kept, double serverRight, long seed) {
        Random random = new Random(seed);
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double doubt = i / 100.0;
            images.add(new GatedImage(
                    "image" + i,
                    new Confidence(4 * doubt, 0, 0),
                    random.nextDouble() > doubt,
                    random.nextDouble() < serverRight,
                    false,
                    kept,
                    30 * kept));
        }
        return new Candidate(new OperatingPoint(Fronts.patches(selection), OffloadGate.always()), images, images);
    }

    private static final List<Candidate> CANDIDATES =
            List.of(candidate("top:4", 4, 0.8, 1), candidate("top:8", 8, 0.9, 1));

    /** The choice is what trying everything finds: about as accurate as the best, and spending the most of those. */
    @ParameterizedTest
    @EnumSource
    void ofPointsAboutAsAccurateAsTheBestTheOneThatSpendsTheMostIsTaken(Measure measure) {
        BestPoints best = BestPoints.of(CANDIDATES, measure, true, PATCHES);
        for (int step = 0; step <= 20; step++) {
            double budget = (measure == Measure.COST ? 0.5 : 240) * step / 20;
            List<Outcome> affordable = outcomes().stream()
                    .filter(outcome -> outcome.figures(PATCHES).of(measure) <= budget + 1e-12)
                    .toList();
            int most = affordable.stream().mapToInt(BestPointsTest::right).max().orElseThrow();
            double least = most - 0.5 * Math.sqrt(most * (100 - most) / 100.0);
            double spent = affordable.stream()
                    .filter(outcome -> right(outcome) >= least)
                    .mapToDouble(outcome -> outcome.figures(PATCHES).of(measure))
                    .max()
                    .orElseThrow();
            BestPoints.Point chosen =
                    best.answer(new Question.Within(measure, budget)).orElseThrow();
            Outcome outcome = chosen.candidate().there(chosen.gate());
            assertThat(right(outcome)).as("budget %s", budget).isEqualTo(chosen.right());
            assertThat((double) chosen.right()).isBetween(least, (double) most);
            assertThat(outcome.figures(PATCHES).of(measure)).isEqualTo(spent);
        }
    }

    /** What all gates make of all candidates. */
    private static List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Candidate candidate : CANDIDATES) {
            for (int confident = 0; confident <= 100; confident++) {
                OffloadGate gate =
                        confident == 100 ? OffloadGate.never() : OffloadGate.minEntropy(4 * confident / 100.0);
                outcomes.add(candidate.there(gate));
            }
        }
        return outcomes;
    }

    private static int right(Outcome outcome) {
        return 100 - outcome.wrong().size();
    }

    @Test
    void withoutAGateEveryImageIsSent() {
        BestPoints best = BestPoints.of(CANDIDATES, Measure.COST, false, PATCHES);
        assertThat(best.points())
                .hasSize(2)
                .allSatisfy(point -> assertThat(point.gate()).isEqualTo(OffloadGate.always()));
        assertThat(best.answer(new Question.Within(Measure.COST, 0.2))).isEmpty();
        assertThat(best.answer(new Question.Within(Measure.COST, 0.25))
                        .map(point -> point.candidate().ungated().upload()))
                .isEqualTo(Optional.of(Fronts.patches("top:4")));
    }

    @Test
    void theCheapestPointThatReachesAnAccuracyIsTaken() {
        BestPoints best = BestPoints.of(CANDIDATES, Measure.BYTES, true, PATCHES);
        BestPoints.Point reached =
                best.answer(new Question.Reaching(Measure.BYTES, 0.85)).orElseThrow();
        assertThat(reached.right()).isGreaterThanOrEqualTo(85);
        assertThat(best.points().stream().filter(point -> point.spent() < reached.spent()))
                .allSatisfy(point -> assertThat(point.right()).isLessThan(85));
        assertThat(best.answer(new Question.Reaching(Measure.BYTES, 1))).isEmpty();
    }
}
