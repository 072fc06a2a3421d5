package glimpse.collab.gate;

import glimpse.collab.gate.OffloadGate.Margin;
import glimpse.collab.gate.OffloadGate.MinEntropy;
import glimpse.collab.spec.SpecText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides after each round of an upload whether the server's answer stands or the next round is sent. A reply has the
 * most probable classes alone, so a rule measures min-entropy or margin. Immutable, safe for use by several threads.
 *
 * @param gates the gate of each round, of which the last holds for all further rounds; at least one
 */
public record StopRule(List<OffloadGate> gates) {
    /** The syntax of rules in an option. */
    public static final String SYNTAX =
            "min-entropy:BITS or margin:SHARE (several values joined by commas; a gate per round joined by +)";

    /** Copies the gates and checks them. */
    public StopRule {
        gates = List.copyOf(gates);
        if (gates.isEmpty()) {
            throw new IllegalArgumentException("a rule has no gate, expected at least one");
        }
        for (OffloadGate gate : gates) {
            if (!measures(gate)) {
                throw new IllegalArgumentException(gate.spec() + " can't end rounds, expected min-entropy or margin");
            }
        }
    }

    private static boolean measures(OffloadGate gate) {
        return gate instanceof MinEntropy || gate instanceof Margin;
    }

    /** Makes a rule that is the same after each round. */
    public static StopRule until(OffloadGate gate) {
        return new StopRule(List.of(gate));
    }

    /**
     * Returns whether the answer stands and no further round is sent.
     *
     * @param round the round that was answered, from 1
     * @param answer how confident the server's answer is, as {@link Confidence#ofTop} computes it
     */
    public boolean stops(int round, Confidence answer) {
        return gates.get(Math.min(round, gates.size()) - 1).confident(answer);
    }

    /** Returns the rule in the syntax of an option; {@link #parseOne} reads it back. */
    public String spec() {
        return gates.stream().map(OffloadGate::spec).collect(Collectors.joining("+"));
    }

    /**
     * Parses the rules of an option: {@code min-entropy:0.2,0.3} stands for two,
     * {@code min-entropy:0.5+min-entropy:0.3} for one with a gate for the first round and another for all others.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static List<StopRule> parse(String text) {
        SpecText option = SpecText.parse(text);
        List<List<OffloadGate>> parts = new ArrayList<>();
        for (String part : option.text().split("\\+", -1)) {
            parts.add(gates(option, part));
        }
        if (parts.size() == 1) {
            return parts.getFirst().stream().map(StopRule::until).toList();
        }
        if (parts.stream().anyMatch(gates -> gates.size() > 1)) {
            throw option.invalid("one value for each round's gate");
        }
        return List.of(new StopRule(parts.stream().map(List::getFirst).toList()));
    }

    private static List<OffloadGate> gates(SpecText option, String part) {
        List<OffloadGate> gates;
        try {
            gates = OffloadGate.parse(part);
        } catch (IllegalArgumentException e) {
            throw option.invalid(SYNTAX);
        }
        if (!gates.stream().allMatch(StopRule::measures)) {
            throw option.invalid(SYNTAX);
        }
        return gates;
    }

    /**
     * Parses a single rule.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static StopRule parseOne(String text) {
        List<StopRule> rules = parse(text);
        if (rules.size() > 1) {
            throw SpecText.parse(text).invalid("a single rule");
        }
        return rules.getFirst();
    }
}
