package glimpse.collab.node;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.spec.SpecGrid;
import glimpse.collab.spec.SpecText;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;

/** The readers of choices in options and files. */
public final class SpecFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public SpecFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("spec-text", SpecFuzzTargets::specText, IllegalArgumentException.class),
                FuzzTarget.of("spec-grid", input -> SpecGrid.expand(Texts.of(input)), IllegalArgumentException.class),
                FuzzTarget.of(
                        "selection",
                        Texts.restoring(PatchSelection::parse, PatchSelection::spec),
                        IllegalArgumentException.class),
                FuzzTarget.of(
                        "score",
                        Texts.restoring(AttentionScore::parse, AttentionScore::spec),
                        IllegalArgumentException.class),
                FuzzTarget.of("gate", SpecFuzzTargets::gates, IllegalArgumentException.class),
                FuzzTarget.of("stop-rule", SpecFuzzTargets::rules, IllegalArgumentException.class));
    }

    private static void specText(byte[] input) {
        SpecText text = SpecText.parse(Texts.of(input));
        for (int i = 0; i < text.arguments().size(); i++) {
            double decimal = text.decimal(i, Double.MAX_VALUE, "a number");
            SpecText plain = SpecText.parse("plain:" + SpecText.plain(decimal));
            Texts.requireEqual(decimal, plain.decimal(0, Double.MAX_VALUE, "the same number"));
            text.longInteger(i, "a whole number");
            text.integer(i, "an unsigned whole number");
        }
    }

    private static void rules(byte[] input) {
        for (StopRule rule : StopRule.parse(Texts.of(input))) {
            Texts.requireEqual(rule, StopRule.parseOne(rule.spec()));
        }
    }

    private static void gates(byte[] input) {
        for (OffloadGate gate : OffloadGate.parse(Texts.of(input))) {
            Texts.requireEqual(gate, OffloadGate.parseOne(gate.spec()));
        }
    }
}
