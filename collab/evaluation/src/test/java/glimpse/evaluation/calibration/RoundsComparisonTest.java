package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.evaluation.plan.Upload;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsComparisonTest {
    private static final Upload SMALL = Upload.parse("mean/top:5/raw");
    private static final Upload LARGE = Upload.parse("mean/top:20/raw");
    private static final Upload ROUNDS = Upload.parse("mean/rounds:top:5,top:20/raw");
    private static final Upload FIRST_ROUND = ROUNDS.rounds().getFirst();
    private static final WrongShares SHARES = new WrongShares(0, 0); // the edge may keep what it is right on

    /** With 20 patches the server is right on all images; with 5 on those of even number, and it knows that. */
    private static final Outcomes OUTCOMES = TestOutcomes.of(
            200,
            List.of(SMALL, LARGE, ROUNDS),
            (image, upload) -> upload.equals(SMALL) || upload.equals(FIRST_ROUND)
                    ? TestOutcomes.answer(image % 2 == 0, image % 2 == 0 ? 0.1 : 1.5, 5, 5)
                    : TestOutcomes.answer(true, 0.2, 20, upload.equals(LARGE) ? 20 : 15));

    private static RoundsComparison compare(double budget) {
        return RoundsComparison.of(
                        OUTCOMES, SHARES, List.of(SMALL, LARGE, ROUNDS), List.of(new Budget.Cost(budget, 20)), 50, 1)
                .getFirst();
    }

    /**
     * Half of the images are offloaded, 5 patches of half of these and 20 of the others: 5/16 of all patches, in which
     * there is room for small messages alone.
     */
    @Test
    void whereOneMessageMustBeSmallRoundsGain() {
        RoundsComparison comparison = compare(0.4);
        assertThat(comparison.compared()).isEqualTo(50);
        assertThat(comparison.oneMessage().images()).isEqualTo(50 * 100);
        assertThat(comparison.rounds().top1()).isEqualTo(1, within(0.02));
        assertThat(comparison.oneMessage().top1()).isLessThan(0.95);
        assertThat(comparison.difference()).isGreaterThan(0.05);
        assertThat(comparison.low()).isPositive().isLessThan(comparison.difference());
        assertThat(comparison.high()).isGreaterThan(comparison.difference());
    }

    @Test
    void withAmpleRoomNeitherIsBetter() {
        RoundsComparison comparison = compare(1);
        assertThat(comparison.difference()).isEqualTo(0, within(0.01));
        assertThat(comparison.rounds().spent())
                .isLessThan(comparison.oneMessage().spent());
    }

    @Test
    void whereNeitherKeepsTheBudgetThereIsNothingToCompare() {
        RoundsComparison comparison = compare(0.001);
        assertThat(comparison.compared()).isZero();
        assertThat(comparison.difference()).isNaN();
        assertThat(comparison.low()).isNaN();
    }

    @Test
    void theSameSeedGivesTheSame() {
        assertThat(compare(0.3)).isEqualTo(compare(0.3));
    }
}
