package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.rows.ImageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontStudyTest {
    private static final Question CHEAP = new Question.Within(Measure.COST, 0.05);
    private static final Question FEW_BYTES = new Question.Within(Measure.BYTES, 300);

    /** Other images to measure on, down to none that is answered right, change no choice. */
    @Test
    void pointsAreChosenOnTheirImagesAlone() {
        ServerRun run = Fronts.of("stock", 0, 300, 400);
        Front front = front(run);
        Front other = front(new ServerRun("stock", run.plan(), run.chosenOn(), Fronts.rows(7, -0.5, 50)));
        assertThat(other.rows().stream().map(FrontRow::point).toList())
                .isEqualTo(front.rows().stream().map(FrontRow::point).toList());
        assertThat(other.rows().stream().map(FrontRow::there).toList())
                .isEqualTo(front.rows().stream().map(FrontRow::there).toList());
        assertThat(other.rows().getFirst().here())
                .isNotEqualTo(front.rows().getFirst().here());
    }

    @Test
    void everyMethodAnswersWithAndWithoutTheGate() {
        Front front = Fronts.two();
        assertThat(front.methods()).hasSize(2 * 2 * 3);
        assertThat(front.answers(FEW_BYTES).stream().map(FrontRow::method))
                .contains(
                        new Method(Family.COMPLEMENTING, "", "glimpses", true),
                        new Method(Family.COMPLEMENTING, "", "glimpses", false),
                        new Method(Family.JPEG, "", "stock", true))
                .doesNotContain(new Method(Family.JPEG, "", "stock", false)); // takes 500 bytes
        assertThat(front.answers(CHEAP).stream().map(row -> row.method().family()))
                .doesNotContain(Family.JPEG); // all files have the same cost
        assertThat(front.rows().stream()
                        .filter(row -> !row.method().gated())
                        .map(row -> row.point().gate()))
                .containsOnly(OffloadGate.always());
    }

    @Test
    void differencesAreFromThePapersMethodAndFromTheBestWholeImage() {
        Front front = Fronts.two();
        FrontRow paper = front.answer(FEW_BYTES, front.paper()).orElseThrow();
        FrontRow best = front.answer(FEW_BYTES, new Method(Family.COMPLEMENTING, "", "glimpses", true))
                .orElseThrow();
        FrontRow whole = front.bestWhole(FEW_BYTES, true).orElseThrow();
        assertThat(paper.fromPaper()).isEmpty();
        assertThat(best.fromPaper().map(Difference::top1))
                .contains(best.here().top1() - paper.here().top1());
        assertThat(best.fromWhole().map(Difference::top1))
                .contains(best.here().top1() - whole.here().top1());
        assertThat(whole.fromWhole()).isEmpty();
        assertThat(best.interval().low()).isLessThan(best.here().top1());
        assertThat(best.interval().high()).isGreaterThan(best.here().top1());
    }

    @Test
    void whatAnAccuracyTakesHasAnIntervalAndIsComparedWithWholeImages() {
        Front front = Fronts.two();
        Question.Reaching question = new Question.Reaching(Measure.BYTES, 0.7);
        FrontRow patches = front.leastPatches(question).orElseThrow();
        Reached few = patches.reached().orElseThrow();
        assertThat(few.interval().low()).isLessThanOrEqualTo(few.amount());
        assertThat(few.interval().high()).isGreaterThanOrEqualTo(few.amount());
        assertThat(few.patches()).isEmpty();
        FrontRow whole = front.leastWhole(question, new Front.Server("stock", Double.NaN))
                .orElseThrow();
        assertThat(whole.method()).isEqualTo(new Method(Family.JPEG, "", "stock", false));
        Reached all = whole.reached().orElseThrow();
        assertThat(all.amount()).isEqualTo(Fronts.FILE_BYTES);
        Reached.Ratio ratio = all.patches().orElseThrow();
        assertThat(ratio.value()).isEqualTo(few.amount() / Fronts.FILE_BYTES);
        assertThat(ratio.interval().high()).isEqualTo(few.interval().high() / Fronts.FILE_BYTES);
        assertThat(ratio.isReal()).isTrue();
        assertThat(front.rows().stream()
                        .filter(row -> row.question() instanceof Question.Within)
                        .map(FrontRow::reached))
                .containsOnly(Optional.empty());
    }

    /** An image that one server couldn't answer would make its accuracy incomparable. */
    @Test
    void onlyImagesThatAllServersAnsweredCount() {
        ServerRun stock = Fronts.of("stock", 0, 300, 400);
        ServerRun other = Fronts.of("other", 0, 300, 400);
        List<ImageResult> rows = new ArrayList<>(other.measuredOn());
        rows.set(5, new ImageResult.Failed(5, "image2-5", 0, "broken"));
        ServerRun failing = new ServerRun("other", other.plan(), other.chosenOn(), rows);
        Front front =
                new FrontStudy(List.of(stock, failing), List.of(), Fronts.QUESTIONS, Fronts.PATCHES).front("", "");
        assertThat(front.images()).isEqualTo(399);
        Method one = new Method(Family.COMPLEMENTING, "", "stock", true);
        Method same = new Method(Family.COMPLEMENTING, "", "other", true);
        assertThat(front.answer(CHEAP, one).map(FrontRow::here))
                .isEqualTo(front.answer(CHEAP, same).map(FrontRow::here));
    }

    @Test
    void withoutAnyCommonImageThereIsNoFront() {
        ServerRun run = Fronts.of("stock", 0, 3, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> front(run))
                .withMessage("of the images that points are measured on none was evaluated");
    }

    @Test
    void anAccuracyThatIsNeverReachedHasNoAnswer() {
        Front front = new FrontStudy(
                        List.of(Fronts.of("stock", 0, 300, 400)),
                        List.of(),
                        new Questions(List.of(), List.of(), List.of(0.999)),
                        Fronts.PATCHES)
                .front("", "");
        assertThat(front.answer(
                        new Question.Reaching(Measure.COST, 0.999), new Method(Family.ATTENTION, "", "stock", true)))
                .isEqualTo(Optional.empty());
    }

    private static Front front(ServerRun run) {
        return new FrontStudy(List.of(run), List.of(), Fronts.QUESTIONS, Fronts.PATCHES).front("test", "held-out");
    }
}
