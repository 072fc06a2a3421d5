package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An upload, with the rule that ends it if it is in rounds, before a gate is chosen. Immutable.
 *
 * @param ungated the point that sends every image
 * @param there the images that points are chosen on
 * @param here the images that points are measured on, in their order
 */
record Candidate(OperatingPoint ungated, List<GatedImage> there, List<GatedImage> here) {
    Candidate {
        there = List.copyOf(there);
        here = List.copyOf(here);
    }

    /** Returns the candidates of a plan: every upload, those in rounds with every rule. */
    static List<Candidate> of(
            EvaluationPlan plan, List<StopRule> rules, List<Evaluated> chosenOn, List<Evaluated> measuredOn) {
        List<Candidate> candidates = new ArrayList<>();
        for (Upload upload : plan.uploads()) {
            List<Optional<StopRule>> endings =
                    upload.isInRounds() ? rules.stream().map(Optional::of).toList() : List.of(Optional.empty());
            for (Optional<StopRule> until : endings) {
                OperatingPoint ungated = new OperatingPoint(upload, new OffloadGate.Always(), until);
                UploadResults results = new UploadResults(plan, ungated);
                candidates.add(new Candidate(ungated, images(results, chosenOn), images(results, measuredOn)));
            }
        }
        return candidates;
    }

    private static List<GatedImage> images(UploadResults results, List<Evaluated> rows) {
        return rows.stream().map(row -> GatedImage.of(row, results)).toList();
    }

    /** Returns the point with a gate. */
    OperatingPoint with(OffloadGate gate) {
        return ungated.with(gate);
    }

    /** Returns how the point with a gate fares on the images that it was chosen on. */
    Outcome there(OffloadGate gate) {
        return Outcome.of(gate, there);
    }

    /** Returns how the point with a gate fares on the images that it is measured on. */
    Outcome here(OffloadGate gate) {
        return Outcome.of(gate, here);
    }
}
