package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Selects patches in rounds: the first selection's patches, then those that the second adds to them, and so on. Which
 * of the rounds are sent depends on what the server answers to those before.
 *
 * @param selections one per round, at least one
 */
public record Rounds(List<PatchSelection> selections) implements PatchSelection {
    static final String NAME = "rounds";

    /** The most rounds. */
    public static final int MAX_ROUNDS = 16;

    /** Copies the selections and checks them. */
    public Rounds {
        selections = List.copyOf(selections);
        if (selections.isEmpty() || selections.size() > MAX_ROUNDS) {
            throw new IllegalArgumentException("there are " + selections.size() + " rounds, expected 1.." + MAX_ROUNDS);
        }
        if (selections.stream().anyMatch(Rounds.class::isInstance)) {
            throw new IllegalArgumentException("a round is in rounds itself, expected another selection");
        }
    }

    static Rounds parse(SpecText option) {
        option.requireArguments(1, Integer.MAX_VALUE, SYNTAX);
        try {
            return new Rounds(Arrays.stream(String.join(":", option.arguments()).split(",", -1))
                    .map(PatchSelection::parse)
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + option.text() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Returns the first rounds alone.
     *
     * @param count 1..the number of rounds
     */
    public Rounds first(int count) {
        return new Rounds(selections.subList(0, count));
    }

    /** Selects what is sent if all rounds are. */
    @Override
    public SelectedPatches select(ScoredPatches patches, String image) {
        return selectRounds(patches, image).getLast();
    }

    @Override
    public List<SelectedPatches> selectRounds(ScoredPatches patches, String image) {
        List<SelectedPatches> rounds = new ArrayList<>();
        for (PatchSelection selection : selections) {
            SelectedPatches selected = selection.select(patches, image);
            rounds.add(rounds.isEmpty() ? selected : selected.and(rounds.getLast(), patches.scores()));
        }
        return rounds;
    }

    /**
     * Selects what the server has once the last round is sent.
     *
     * @param earlier what it has before
     */
    public SelectedPatches selectLast(SelectedPatches earlier, ScoredPatches patches, String image) {
        return selections.getLast().select(patches, image).and(earlier, patches.scores());
    }

    @Override
    public boolean needsTokens() {
        return selections.stream().anyMatch(PatchSelection::needsTokens);
    }

    @Override
    public boolean needsMessageLength() {
        return selections.stream().anyMatch(PatchSelection::needsMessageLength);
    }

    @Override
    public boolean isRandom() {
        return selections.stream().anyMatch(PatchSelection::isRandom);
    }

    @Override
    public String spec() {
        return NAME + ":" + selections.stream().map(PatchSelection::spec).collect(Collectors.joining(","));
    }
}
