package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyChoiceTest {
    private static final Upload SMALL = Upload.parse("mean/top:5/raw");
    private static final Upload LARGE = Upload.parse("mean/top:20/raw");
    private static final Upload ROUNDS = Upload.parse("mean/rounds:top:5,top:20/raw");
    private static final Upload FIRST_ROUND = ROUNDS.rounds().getFirst();

    /**
     * 100 images, the edge right on the first 50. With 20 patches the server is right on 90 of them; with 5 on 70,
     * those on which it is sure, and not on 20 of the others.
     */
    private static final Outcomes OUTCOMES = TestOutcomes.of(
            100,
            List.of(SMALL, LARGE, ROUNDS),
            (image, upload) -> upload.equals(SMALL) || upload.equals(FIRST_ROUND)
                    ? TestOutcomes.answer(image % 10 < 7, image % 10 < 7 ? 0.1 : 1.5, 5, 5)
                    : TestOutcomes.answer(image % 10 < 9, 0.2, 20, upload.equals(LARGE) ? 20 : 15));

    private static WrongShares shares(double share) {
        return new WrongShares(share, share);
    }

    private static OperatingPoint choose(Budget budget, Upload... uploads) {
        return new PolicyChoice(OUTCOMES, shares(0.1), Optional.of(budget)).choose(List.of(uploads));
    }

    @Test
    void theMostAccurateUploadWithinTheBudgetIsChosen() {
        assertThat(choose(new Budget.Cost(0.5, 20), SMALL, LARGE).upload()).isEqualTo(LARGE);
        assertThat(choose(new Budget.Cost(0.2, 20), SMALL, LARGE).upload()).isEqualTo(SMALL);
        assertThat(choose(new Budget.Bytes(20), SMALL, LARGE).upload()).isEqualTo(SMALL);
    }

    /**
     * Offloading 50 images costs 5 patches for 35 of them and 20 for the 15 on which the server isn't sure at first.
     */
    @Test
    void roundsGetTheRuleThatMakesThemMostAccurateWithinTheBudget() {
        OperatingPoint point = choose(new Budget.Cost(0.25, 20), SMALL, LARGE, ROUNDS);
        assertThat(point.upload()).isEqualTo(ROUNDS);
        assertThat(stops(point, true)).isTrue();
        assertThat(stops(point, false)).isFalse();
        assertThat(cost(point)).isLessThanOrEqualTo(0.25);
    }

    /**
     * With 10 wrong answers allowed, at least 39 images are offloaded; with none, 50, which takes half of all patches.
     */
    @Test
    void aPolicyThatKeepsTheBudgetWithAStricterGateIsChosenIfThereIsOne() {
        Budget budget = new Budget.Cost(0.51, 20);
        WrongShares cautious = new WrongShares(0.1, 0);
        assertThat(choose(budget, shares(0.1), SMALL, LARGE).upload()).isEqualTo(LARGE);
        assertThat(choose(budget, cautious, SMALL, LARGE).upload()).isEqualTo(LARGE);
        assertThat(choose(new Budget.Cost(0.45, 20), shares(0.1), SMALL, LARGE).upload())
                .isEqualTo(LARGE);
        assertThat(choose(new Budget.Cost(0.45, 20), cautious, SMALL, LARGE).upload())
                .isEqualTo(SMALL);
        assertThat(choose(new Budget.Cost(0.45, 20), cautious, LARGE).upload()).isEqualTo(LARGE);
    }

    private static OperatingPoint choose(Budget budget, WrongShares shares, Upload... uploads) {
        return new PolicyChoice(OUTCOMES, shares, Optional.of(budget)).choose(List.of(uploads));
    }

    @Test
    void ofEquallyAccuratePoliciesTheCheapestIsChosen() {
        OperatingPoint point = choose(new Budget.Cost(1, 20), LARGE, ROUNDS);
        assertThat(point.upload()).isEqualTo(ROUNDS);
    }

    @Test
    void withoutABudgetRoundsEndWhereThatMakesNoAnswerWorse() {
        OperatingPoint point = new PolicyChoice(OUTCOMES, shares(0.1), Optional.empty()).choose(List.of(ROUNDS));
        assertThat(stops(point, true)).isTrue();
        assertThat(stops(point, false)).isFalse();
        assertThat(new PolicyChoice(OUTCOMES, shares(0.1), Optional.empty()).choose(List.of(SMALL)))
                .isEqualTo(new OperatingPoint(SMALL, GateFit.loosest(0.1, OUTCOMES.at(SMALL, Optional.empty()))));
    }

    @Test
    void theGateLetsNoMorePassThanItsShare() {
        List<GatedImage> images = OUTCOMES.at(LARGE, Optional.empty());
        for (double share : List.of(0.02, 0.1)) {
            OperatingPoint point = new PolicyChoice(OUTCOMES, shares(share), Optional.of(new Budget.Cost(1, 20)))
                    .choose(List.of(LARGE));
            assertThat(GateCounts.of(point.gate(), images).risk()).isLessThanOrEqualTo(share);
        }
    }

    @Test
    void aBudgetThatNoneKeepsIsRefusedWithWhatTheCheapestNeeds() {
        assertThatThrownBy(() -> choose(new Budget.Cost(0.01, 20), LARGE, SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the loosest gate that keeps the promise needs a cost of 0\\.0?[0-9]+ per image with"
                                + " mean/top:5/raw, expected at most 0\\.01");
    }

    @Test
    void roundsAlsoGetARuleFromNoImages() {
        Outcomes none = TestOutcomes.of(0, List.of(ROUNDS), (image, upload) -> TestOutcomes.answer(true, 0, 5, 5));
        assertThat(new PolicyChoice(none, shares(0.1), Optional.empty())
                        .choose(List.of(ROUNDS))
                        .until())
                .hasValue(StopRule.until(OffloadGate.minEntropy(0)));
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

    /** Returns whether a point's rule ends the rounds after the first answer, where the server is sure or isn't. */
    private static boolean stops(OperatingPoint point, boolean sure) {
        return point.until()
                .orElseThrow()
                .stops(1, TestOutcomes.answer(true, sure ? 0.1 : 1.5, 5, 5).confidence());
    }

    private static double cost(OperatingPoint point) {
        return OUTCOMES.at(point).stream()
                        .filter(image -> !point.gate().confident(image.confidence()))
                        .mapToLong(GatedImage::kept)
                        .sum()
                / (20.0 * 100);
    }
}
