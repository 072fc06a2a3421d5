package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ServerResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * The rules among which the one that ends an upload's rounds is chosen: by min-entropy and by margin, with values that
 * divide the server's answers into equal parts.
 */
final class RuleCandidates {
    /** Sends every round, whatever the server answers: no min-entropy is below 0. */
    static final StopRule ALL_ROUNDS = StopRule.until(OffloadGate.minEntropy(0));

    private static final int PARTS = 64;
    private static final MathContext DIGITS = new MathContext(3); // fine enough for so many parts, and readable

    private RuleCandidates() {}

    /** Returns the rules for an upload in rounds, {@link #ALL_ROUNDS} first. */
    static List<StopRule> of(Outcomes outcomes, Upload upload) {
        List<ServerResult> answers = outcomes.answersBeforeTheLast(upload);
        Set<StopRule> rules = new LinkedHashSet<>(List.of(ALL_ROUNDS));
        add(
                rules,
                answers,
                ServerResult::minEntropyBits,
                bits -> OffloadGate.minEntropy(Math.min(bits, OffloadGate.MAX_BITS)));
        add(rules, answers, ServerResult::margin, OffloadGate::margin);
        return List.copyOf(rules);
    }

    private static void add(
            Set<StopRule> rules,
            List<ServerResult> answers,
            ToDoubleFunction<ServerResult> measure,
            DoubleFunction<OffloadGate> gate) {
        double[] sorted = answers.stream().mapToDouble(measure).sorted().toArray();
        for (int part = 0; part < PARTS && sorted.length > 0; part++) {
            double value = sorted[(int) ((long) part * sorted.length / PARTS)];
            rules.add(StopRule.until(
                    gate.apply(BigDecimal.valueOf(value).round(DIGITS).doubleValue())));
        }
    }
}
