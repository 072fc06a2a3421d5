package glimpse.evaluation.paper;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.collab.spec.SpecGrid;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.List;

/** The paper's selections and gates. */
public final class PaperExperiment {
    /** The paper's edge, on the Hugging Face hub. */
    public static final String EDGE = "hf:facebook/deit-tiny-patch16-224";

    /** The paper's server, on the Hugging Face hub. */
    public static final String SERVER = "hf:facebook/deit-base-patch16-224";

    /** Number of images in ImageNet's validation half. */
    public static final int IMAGES = 50_000;

    /** The paper's main result. */
    public static final OperatingPoint MAIN = OperatingPoint.parse("mean/sum:0.97/raw/min-entropy:0.8");

    private static final List<String> MEAN = List.of(
            "sum:0.99",
            "sum:0.97",
            "sum:0.95",
            "sum:0.9",
            "top:50",
            "top:100",
            "top:120",
            "top:140",
            "threshold:0.001",
            "threshold:0.0025",
            "threshold:0.004",
            "random:50",
            "random:100",
            "random:120",
            "random:140");
    private static final List<String> PER_HEAD =
            List.of("sum:0.9", "sum:0.8", "sum:0.7", "sum:0.6", "sum:0.5", "sum:0.4");
    private static final List<String> HEADS_FIRST = List.of("sum:0.9", "sum:0.7");
    private static final List<String> GATES = List.of(
            "always", "min-entropy:0.2..2/0.2", "min-entropy:2.5..4/0.5", "shannon:0.5..5/0.5", "margin:0.1..0.9/0.1");

    private PaperExperiment() {}

    /**
     * Returns what the server is sent: by the mean attention, by rollout per head, and by rollout heads first over all
     * of the edge's layers and over the later half of them (7 to 12 of DeiT-Tiny).
     *
     * @param edgeDepth number of blocks of the edge's model
     */
    public static EvaluationPlan plan(int edgeDepth) {
        String laterHalf = "rollout-heads-first:" + (edgeDepth / 2 + 1) + "-" + edgeDepth;
        List<SelectionPolicy> policies = new ArrayList<>();
        policies.addAll(policies("mean", MEAN));
        policies.addAll(policies("rollout", PER_HEAD));
        policies.addAll(policies("rollout-heads-first", HEADS_FIRST));
        policies.addAll(policies(laterHalf, HEADS_FIRST));
        List<Upload> uploads = policies.stream()
                .<Upload>map(policy -> new Upload.Patches(policy, PayloadCodec.raw()))
                .toList();
        return new EvaluationPlan(uploads, true);
    }

    private static List<SelectionPolicy> policies(String score, List<String> selections) {
        return selections.stream()
                .map(selection -> new SelectionPolicy(AttentionScore.parse(score), PatchSelection.parse(selection)))
                .toList();
    }

    /** Returns the gates, that of no gate first. */
    public static List<OffloadGate> gates() {
        return GATES.stream()
                .flatMap(text -> SpecGrid.expand(text).stream())
                .flatMap(text -> OffloadGate.parse(text).stream())
                .distinct()
                .toList();
    }

    /** Returns the published figures. */
    public static List<PublishedFigure> published() {
        return PublishedFigures.read();
    }
}
