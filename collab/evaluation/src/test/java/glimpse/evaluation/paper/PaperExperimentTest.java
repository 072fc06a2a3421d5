package glimpse.evaluation.paper;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.select.PatchSelection;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperExperimentTest {
    private static final int TINY_DEPTH = 12;

    @Test
    void everyPublishedOperatingPointIsRun() {
        EvaluationPlan plan = PaperExperiment.plan(TINY_DEPTH);
        List<PublishedFigure> published = PaperExperiment.published();
        assertThat(published).hasSize(42);
        for (PublishedFigure figure : published) {
            if (figure.setting() instanceof Setting.Point(OperatingPoint point)) {
                assertThat(plan.uploads()).as(point.spec()).contains(point.upload());
                assertThat(PaperExperiment.gates()).as(point.spec()).contains(point.gate());
            }
        }
        assertThat(plan.serverBaseline()).isTrue();
    }

    @Test
    void theMainResultsFiguresAreTableTwos() {
        assertThat(PaperExperiment.published().stream()
                        .filter(figure -> figure.setting().equals(new Setting.Point(PaperExperiment.MAIN)))
                        .map(figure -> figure.quantity() + " " + figure.readable()))
                .containsExactly(
                        "PATCHES 147.9605",
                        "LEAST_SCORE 0.0011",
                        "SCORE_SUM 0.9695",
                        "CONFIDENT 57.132 %",
                        "COST 0.3236108163",
                        "TOP1 80.83 %");
    }

    @Test
    void aFigureReadOffADrawingSaysHowFarItMayBeOff() {
        assertThat(PaperExperiment.published().stream()
                        .filter(PublishedFigure::isRead)
                        .map(PublishedFigure::readable))
                .hasSize(23)
                .contains("0.868 ± 0.002", "81.7 ± 0.08 %")
                .allMatch(text -> text.contains(" ± "));
    }

    @Test
    void everyKindOfSelectionScoreAndGateIsThere() {
        EvaluationPlan plan = PaperExperiment.plan(TINY_DEPTH);
        assertThat(plan.uploads().stream().map(Upload::score).distinct())
                .containsExactly("mean", "rollout", "rollout-heads-first", "rollout-heads-first:7-12");
        List<Class<?>> kinds = new ArrayList<>();
        for (Upload upload : plan.uploads()) {
            kinds.add(((Upload.Patches) upload).policy().selection().getClass());
        }
        assertThat(kinds)
                .contains(
                        PatchSelection.AttentionSum.class,
                        PatchSelection.Top.class,
                        PatchSelection.Threshold.class,
                        PatchSelection.RandomPatches.class);
        assertThat(PaperExperiment.gates().stream()
                        .map(gate -> gate.spec().split(":", 2)[0])
                        .distinct())
                .containsExactly("always", "min-entropy", "shannon", "margin");
    }
}
