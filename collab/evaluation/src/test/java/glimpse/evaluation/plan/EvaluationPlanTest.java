package glimpse.evaluation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.network.Erasure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationPlanTest {
    private static final Upload TOP = Upload.parse("mean/top:3/raw");
    private static final Upload FILE = Upload.parse("file/png");

    @Test
    void everyPolicyMeetsEveryCodecAndFilesComeLast() {
        EvaluationPlan plan = EvaluationPlan.of(
                List.of(
                        new SelectionPolicy(AttentionScore.mean(), PatchSelection.top(3)),
                        new SelectionPolicy(AttentionScore.rollout(), PatchSelection.top(3))),
                List.of(PayloadCodec.raw(), PayloadCodec.jpeg(50)),
                List.of(FileFormat.parse("png")),
                false);
        assertThat(plan.uploads().stream().map(Upload::spec))
                .containsExactly(
                        "mean/top:3/raw",
                        "mean/top:3/jpeg:50",
                        "rollout/top:3/raw",
                        "rollout/top:3/jpeg:50",
                        "file/png");
    }

    @Test
    void eachUploadThatIsNotInRoundsMeetsEachErasure() {
        Upload rounds = Upload.parse("mean/rounds:top:3,all/raw");
        EvaluationPlan plan = new EvaluationPlan(List.of(TOP, rounds, FILE), true)
                .with(List.of(Erasure.parse("loss:0.1:255"), Erasure.parse("loss:0.2:1460:4")));
        assertThat(plan.uploads()).containsExactly(TOP, rounds, FILE);
        assertThat(plan.allUploads().stream().map(Upload::spec))
                .containsExactly(
                        "mean/top:3/raw",
                        "mean/rounds:top:3/raw",
                        "mean/rounds:top:3,all/raw",
                        "file/png",
                        "mean/top:3/raw/loss:0.1:255",
                        "mean/top:3/raw/loss:0.2:1460:4.0",
                        "file/png/loss:0.1:255",
                        "file/png/loss:0.2:1460:4.0",
                        "mean/all/raw");
        assertThat(plan.allUploads().stream()
                        .map(upload -> Upload.parse(upload.spec()))
                        .toList())
                .isEqualTo(plan.allUploads());
    }

    @Test
    void theServerIsAskedAboutWhatAnyGateOffloads() {
        EvaluationPlan plan = new EvaluationPlan(List.of(TOP), false);
        EvaluationPlan gated = plan.onlyOffloadedBy(
                List.of(OffloadGate.parseOne("min-entropy:2"), OffloadGate.parseOne("margin:0.5")));
        assertThat(plan.asks(new Confidence(0, 0, 1))).isTrue();
        assertThat(gated.asks(new Confidence(1, 1, 0.9))).isFalse();
        assertThat(gated.asks(new Confidence(3, 3, 0.9))).isTrue();
        assertThat(gated.asks(new Confidence(1, 1, 0.1))).isTrue();
    }

    @Test
    void noGateDecidesAboutWholeImages() {
        List<OffloadGate> gates = List.of(new OffloadGate.Never());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvaluationPlan(List.of(TOP), true).onlyOffloadedBy(gates))
                .withMessage("gates decide about whole images, expected that all are sent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvaluationPlan(List.of(FILE), false).onlyOffloadedBy(gates));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean/rounds:top:3,all/raw/loss:0.1:255",
                "file/scans:50/loss:0.1:255",
                "mean/top:3/raw/loss:0.1:255/loss:0.1:255",
                "loss:0.1:255",
                "mean/top:3/raw/loss:1:255"
            })
    void anUploadThatLosesNoPacketsInThisWayIsRefused(String spec) {
        assertThatIllegalArgumentException().isThrownBy(() -> Upload.parse(spec));
    }

    @Test
    void anOperatingPointLosesNoPackets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatingPoint.parse("mean/top:3/raw/loss:0.1:255/always"))
                .withMessage("mean/top:3/raw/loss:0.1:255 loses packets, expected mean/top:3/raw");
    }

    @Test
    void duplicatesAreDropped() {
        assertThat(new EvaluationPlan(List.of(TOP, FILE, TOP), false).uploads()).containsExactly(TOP, FILE);
    }

    @Test
    void aBaselineWithoutUploadsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvaluationPlan(List.of(), true))
                .withMessage("a server baseline without uploads, expected at least one");
    }

    @Test
    void aModelAloneNeedsNoPolicies() {
        assertThat(EvaluationPlan.MODEL_ALONE.allUploads()).isEmpty();
        assertThat(EvaluationPlan.MODEL_ALONE.policies()).isEmpty();
    }

    @Test
    void theServerBaselineIsAddedLast() {
        EvaluationPlan plan = new EvaluationPlan(List.of(TOP, FILE), true);
        assertThat(plan.allUploads()).containsExactly(TOP, FILE, Upload.WHOLE);
        assertThat(plan.indexOf(Upload.WHOLE)).isEqualTo(2);
    }

    @Test
    void aBaselineThatIsAnUploadAlreadyIsNotRepeated() {
        EvaluationPlan plan = new EvaluationPlan(List.of(Upload.WHOLE, TOP), true);
        assertThat(plan.allUploads()).containsExactly(Upload.WHOLE, TOP);
        assertThat(plan.indexOf(Upload.WHOLE)).isZero();
    }

    @Test
    void withoutTheBaselineThereAreTheUploadsAlone() {
        EvaluationPlan plan = new EvaluationPlan(List.of(TOP), false);
        assertThat(plan.allUploads()).containsExactly(TOP);
        assertThat(plan.indexOf(Upload.WHOLE)).isEqualTo(-1);
    }

    @Test
    void theEdgeServesEachPolicyOfAnUploadOnce() {
        Upload jpeg = Upload.parse("rollout/all/jpeg:50");
        assertThat(new EvaluationPlan(List.of(Upload.parse("rollout/all/raw"), jpeg), false).policies())
                .containsExactly(new SelectionPolicy(AttentionScore.rollout(), PatchSelection.all()));
        assertThat(new EvaluationPlan(List.of(FILE), false).policies()).containsExactly(SelectionPolicy.WHOLE);
    }
}
