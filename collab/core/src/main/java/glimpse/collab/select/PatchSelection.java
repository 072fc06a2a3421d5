package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * Selects patches by their scores. Of two equal scores the lower position comes first. Immutable, safe for use by
 * several threads.
 */
public sealed interface PatchSelection
        permits PatchBudget,
                PatchSelection.Threshold,
                PatchSelection.RandomPatches,
                PatchSelection.RandomMatched,
                PatchSelection.All,
                ComplementingSelection,
                ComplementingByCount,
                GridSelection,
                Rounds {
    /** The syntax of a selection in an option. */
    String SYNTAX = "top:COUNT, bytes:BYTES (as many as a message of this length holds),"
            + " threshold:SCORE, sum:SHARE, sum-crossing:SHARE, random:COUNT, random:COUNT:SEED,"
            + " random-matched:SELECTION (as many as it selects; of rounds, in each round), grid:COUNT or all; top, bytes and the sums also"
            + " +diverse:WEIGHT (patches that complement one another) or +diverse:WEIGHT@COUNT:WEIGHT@COUNT... (the weight"
            + " from so many patches on); rounds:SELECTION,SELECTION,... (one after the other until the"
            + " server is sure)";

    /**
     * Selects patches.
     *
     * @param image the image's name: a random selection depends on it and on the selection's seed
     * @throws IllegalArgumentException if it needs tokens and there are none
     */
    SelectedPatches select(ScoredPatches patches, String image);

    /**
     * Selects patches by scores alone.
     *
     * @param scores {@code [patches]}, one score per position
     * @throws IllegalArgumentException if the selection needs tokens
     */
    default SelectedPatches select(float[] scores, String image) {
        return select(new ScoredPatches(scores, Optional.empty()), image);
    }

    /**
     * Selects what the server has once each round is sent.
     *
     * @return one selection per round, each with all patches of the one before; {@link #select} alone unless it is in
     *     {@link Rounds}
     */
    default List<SelectedPatches> selectRounds(ScoredPatches patches, String image) {
        return List.of(select(patches, image));
    }

    /** Returns whether it compares the patches' tokens. */
    default boolean needsTokens() {
        return false;
    }

    /** Returns whether it depends on how long a message is, and so on its codec. */
    default boolean needsMessageLength() {
        return false;
    }

    /** Returns the selection in the syntax of an option; {@link #parse} reads it back. */
    String spec();

    /** Returns whether chance, not the scores, decides which patches are selected. */
    default boolean isRandom() {
        return this instanceof RandomPatches || this instanceof RandomMatched;
    }

    /** Selects the patches of the {@code count} highest scores; all patches if there are fewer. */
    static PatchSelection top(int count) {
        return new Top(count);
    }

    /** Selects every patch whose score is at least {@code score} (0..1). */
    static PatchSelection threshold(float score) {
        return new Threshold(score);
    }

    /** See {@link AttentionSum}; the patch whose score crosses {@code share} (0..1) isn't selected. */
    static PatchSelection sum(float share) {
        return new AttentionSum(share, false);
    }

    /** See {@link AttentionSum}; the patch whose score crosses {@code share} (0..1) is selected. */
    static PatchSelection sumCrossing(float share) {
        return new AttentionSum(share, true);
    }

    /** See {@link RandomPatches}. */
    static PatchSelection random(int count, long seed) {
        return new RandomPatches(count, seed);
    }

    /** See {@link RandomMatched}; of rounds each is matched. */
    static PatchSelection randomMatched(PatchSelection other) {
        return other instanceof Rounds rounds
                ? new Rounds(rounds.selections().stream()
                        .map(PatchSelection::randomMatched)
                        .toList())
                : new RandomMatched(other);
    }

    /** Selects every patch. */
    static PatchSelection all() {
        return new All();
    }

    /**
     * Parses a selection.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static PatchSelection parse(String text) {
        SpecText option = SpecText.parse(text);
        if (option.name().equals(Rounds.NAME)) {
            return Rounds.parse(option);
        }
        if (option.name().equals("random-matched")) {
            boolean ofRounds = option.arguments().size() > 1
                    && option.arguments().getFirst().equals(Rounds.NAME);
            option.requireArguments(1, ofRounds ? Integer.MAX_VALUE : 3, SYNTAX);
            PatchSelection other = parse(String.join(":", option.arguments()));
            boolean matchedAlready = other instanceof Rounds(List<PatchSelection> rounds)
                    ? rounds.stream().anyMatch(RandomMatched.class::isInstance)
                    : other instanceof RandomMatched;
            if (matchedAlready) {
                throw option.invalid(SYNTAX);
            }
            return randomMatched(other);
        }
        if (option.text().indexOf('+') >= 0) {
            return ComplementingSelection.parse(option);
        }
        int min = option.name().equals("all") ? 0 : 1;
        option.requireArguments(min, option.name().equals("random") ? 2 : min, SYNTAX);
        return switch (option.name()) {
            case "top" -> top(option.integer(0, SYNTAX));
            case BytesSelection.NAME -> new BytesSelection(option.integer(0, SYNTAX));
            case "threshold" -> threshold((float) option.decimal(0, 1, SYNTAX));
            case "sum" -> sum((float) option.decimal(0, 1, SYNTAX));
            case "sum-crossing" -> sumCrossing((float) option.decimal(0, 1, SYNTAX));
            case "grid" -> new GridSelection(option.integer(0, SYNTAX));
            case "random" ->
                random(option.integer(0, SYNTAX), option.arguments().size() == 2 ? option.longInteger(1, SYNTAX) : 0);
            case "all" -> all();
            default -> throw option.invalid(SYNTAX);
        };
    }

    /**
     * See {@link PatchSelection#top}.
     *
     * @param count at least 0
     */
    record Top(int count) implements PatchBudget {
        /** Checks that the count isn't negative. */
        public Top {
            requireCount(count);
        }

        @Override
        public int[] take(PrimitiveIterator.OfInt order, ScoredPatches patches) {
            return IntStream.range(0, Math.min(count, patches.scores().length))
                    .map(i -> order.nextInt())
                    .toArray();
        }

        @Override
        public String spec() {
            return "top:" + count;
        }
    }

    /**
     * See {@link PatchSelection#threshold}.
     *
     * @param score 0..1
     */
    record Threshold(float score) implements PatchSelection {
        /** Checks the range. */
        public Threshold {
            requireRange("score", score);
        }

        @Override
        public SelectedPatches select(ScoredPatches patches, String image) {
            float[] scores = patches.scores();
            int[] order = IntStream.range(0, scores.length)
                    .filter(position -> scores[position] >= score)
                    .toArray();
            return SelectedPatches.firstOf(order, order.length, scores);
        }

        @Override
        public String spec() {
            return "threshold:" + SpecText.plain(score);
        }
    }

    /**
     * Selects patches in descending order of their scores while the float32 running sum, the patch's own score
     * included, is at most {@code share}. The patch whose score crosses it is left out (arXiv 2404.07217) or, if
     * {@code keepCrossing}, selected (as a follow-up of that paper has it). The selection may be empty.
     *
     * @param share 0..1
     * @param keepCrossing whether the patch that crosses {@code share} is selected
     */
    record AttentionSum(float share, boolean keepCrossing) implements PatchBudget {
        /** Checks the range. */
        public AttentionSum {
            requireRange("share", share);
        }

        @Override
        public int[] take(PrimitiveIterator.OfInt order, ScoredPatches patches) {
            float[] scores = patches.scores();
            IntStream.Builder taken = IntStream.builder();
            float sum = 0;
            while (order.hasNext()) {
                int next = order.nextInt();
                boolean crosses = !(sum + scores[next] <= share);
                if (!crosses || (keepCrossing && sum < share)) {
                    taken.add(next);
                }
                if (crosses) {
                    break;
                }
                sum += scores[next];
            }
            return taken.build().toArray();
        }

        @Override
        public String spec() {
            return (keepCrossing ? "sum-crossing:" : "sum:") + SpecText.plain(share);
        }
    }

    /**
     * Selects {@code count} patches at random; all if there are fewer. The choice depends on the seed and the image's
     * name alone, not on the order, batch or process in which images are handled. See {@link NamedRandom} for the
     * generator.
     *
     * @param count at least 0
     * @param seed any
     */
    record RandomPatches(int count, long seed) implements PatchSelection {
        /** Checks that the count isn't negative. */
        public RandomPatches {
            requireCount(count);
        }

        @Override
        public SelectedPatches select(ScoredPatches patches, String image) {
            float[] scores = patches.scores();
            int selected = Math.min(count, scores.length);
            int[] order = new NamedRandom(seed, image).choose(selected, scores.length);
            return SelectedPatches.firstOf(order, selected, scores);
        }

        @Override
        public String spec() {
            return "random:" + count + ":" + seed;
        }
    }

    /**
     * Selects as many patches of an image as another selection does, but at random: the baseline that shows what the
     * other's choice is worth.
     *
     * @param other decides how many
     */
    record RandomMatched(PatchSelection other) implements PatchSelection {
        private static final long SEED = 0;

        /** Checks that nothing is null. */
        public RandomMatched {
            Objects.requireNonNull(other, "other");
        }

        @Override
        public SelectedPatches select(ScoredPatches patches, String image) {
            return random(other.select(patches, image).count(), SEED).select(patches, image);
        }

        @Override
        public boolean needsTokens() {
            return other.needsTokens();
        }

        @Override
        public boolean needsMessageLength() {
            return other.needsMessageLength();
        }

        @Override
        public String spec() {
            return "random-matched:" + other.spec();
        }
    }

    /** See {@link PatchSelection#all}. */
    record All() implements PatchSelection {
        @Override
        public SelectedPatches select(ScoredPatches patches, String image) {
            float[] scores = patches.scores();
            return SelectedPatches.firstOf(DescendingOrder.of(scores), scores.length, scores);
        }

        @Override
        public String spec() {
            return "all";
        }
    }

    private static void requireCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected at least 0");
        }
    }

    private static void requireRange(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0..1");
        }
    }
}
