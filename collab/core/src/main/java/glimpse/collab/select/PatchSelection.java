package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.stream.IntStream;

/**
 * Which patches cross to the server, given their scores. Of two equal scores the lower position comes first. Immutable,
 * safe for use by several threads.
 */
public sealed interface PatchSelection {
    /** How a selection is written in an option. */
    String SYNTAX = "top:COUNT, threshold:SCORE, sum:SHARE, sum-crossing:SHARE, random:COUNT, random:COUNT:SEED,"
            + " random-matched:SELECTION (as many as it keeps) or all";

    /**
     * Selects patches.
     *
     * @param scores {@code [patches]}, one score a position
     * @param image the image's name: what a random choice depends on, beside its seed
     */
    SelectedPatches select(float[] scores, String image);

    /** The selection as it is written in an option; {@link #parse} reads it back. */
    String spec();

    /** Returns whether the scores don't decide which patches are selected. */
    default boolean isRandom() {
        return this instanceof RandomPatches || this instanceof RandomMatched;
    }

    /** The {@code count} highest scores; all patches if there are fewer. */
    static PatchSelection top(int count) {
        return new Top(count);
    }

    /** Every patch whose score is at least {@code score} (0..1). */
    static PatchSelection threshold(float score) {
        return new Threshold(score);
    }

    /** See {@link AttentionSum}; the patch that crosses {@code share} (0..1) is dropped. */
    static PatchSelection sum(float share) {
        return new AttentionSum(share, false);
    }

    /** See {@link AttentionSum}; the patch that crosses {@code share} (0..1) is kept. */
    static PatchSelection sumCrossing(float share) {
        return new AttentionSum(share, true);
    }

    /** See {@link RandomPatches}. */
    static PatchSelection random(int count, long seed) {
        return new RandomPatches(count, seed);
    }

    /** See {@link RandomMatched}. */
    static PatchSelection randomMatched(PatchSelection other) {
        return new RandomMatched(other);
    }

    /** Every patch. */
    static PatchSelection all() {
        return new All();
    }

    /**
     * Reads a selection as an option writes it.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static PatchSelection parse(String text) {
        SpecText option = SpecText.parse(text);
        if (option.name().equals("random-matched")) {
            option.requireArguments(1, 3, SYNTAX);
            return randomMatched(parse(String.join(":", option.arguments())));
        }
        int least = option.name().equals("all") ? 0 : 1;
        option.requireArguments(least, option.name().equals("random") ? 2 : least, SYNTAX);
        return switch (option.name()) {
            case "top" -> top(option.integer(0, SYNTAX));
            case "threshold" -> threshold((float) option.decimal(0, 1, SYNTAX));
            case "sum" -> sum((float) option.decimal(0, 1, SYNTAX));
            case "sum-crossing" -> sumCrossing((float) option.decimal(0, 1, SYNTAX));
            case "random" ->
                random(option.integer(0, SYNTAX), option.arguments().size() == 2 ? option.longInteger(1, SYNTAX) : 0);
            case "all" -> all();
            default -> throw option.invalid(SYNTAX);
        };
    }

    /** See {@link PatchSelection#top}. */
    record Top(int count) implements PatchSelection {
        /** Checks that the count isn't negative. */
        public Top {
            requireCount(count);
        }

        @Override
        public SelectedPatches select(float[] scores, String image) {
            return SelectedPatches.firstOf(DescendingOrder.of(scores), Math.min(count, scores.length), scores);
        }

        @Override
        public String spec() {
            return "top:" + count;
        }
    }

    /** See {@link PatchSelection#threshold}. */
    record Threshold(float score) implements PatchSelection {
        /** Checks that the score is one. */
        public Threshold {
            requireShare(score);
        }

        @Override
        public SelectedPatches select(float[] scores, String image) {
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
     * Patches in descending order of their scores while the inclusive float32 running sum is at most {@code share}. The
     * patch that crosses is dropped (arXiv 2404.07217) or, if {@code keepCrossing}, kept (as its follow-up words it).
     * Nothing may be kept.
     */
    record AttentionSum(float share, boolean keepCrossing) implements PatchSelection {
        /** Checks that the share is one. */
        public AttentionSum {
            requireShare(share);
        }

        @Override
        public SelectedPatches select(float[] scores, String image) {
            int[] order = DescendingOrder.of(scores);
            int count = 0;
            float kept = 0;
            while (count < order.length && kept + scores[order[count]] <= share) {
                kept += scores[order[count]];
                count++;
            }
            if (keepCrossing && count < order.length && kept < share) {
                count++;
            }
            return SelectedPatches.firstOf(order, count, scores);
        }

        @Override
        public String spec() {
            return (keepCrossing ? "sum-crossing:" : "sum:") + SpecText.plain(share);
        }
    }

    /**
     * {@code count} patches at random; all if there are fewer. An image's choice depends on the seed and the image's
     * name alone, so it is the same in whatever order, batch or process the image comes. See {@link NamedRandom} for
     * the generator.
     */
    record RandomPatches(int count, long seed) implements PatchSelection {
        /** Checks that the count isn't negative. */
        public RandomPatches {
            requireCount(count);
        }

        @Override
        public SelectedPatches select(float[] scores, String image) {
            int kept = Math.min(count, scores.length);
            return SelectedPatches.firstOf(new NamedRandom(seed, image).choose(kept, scores.length), kept, scores);
        }

        @Override
        public String spec() {
            return "random:" + count + ":" + seed;
        }
    }

    /**
     * As many patches of an image as another selection keeps of it, at random: what tells whether the other's choice is
     * worth anything.
     */
    record RandomMatched(PatchSelection other) implements PatchSelection {
        private static final long SEED = 0;

        @Override
        public SelectedPatches select(float[] scores, String image) {
            return random(other.select(scores, image).count(), SEED).select(scores, image);
        }

        @Override
        public String spec() {
            return "random-matched:" + other.spec();
        }
    }

    /** See {@link PatchSelection#all}. */
    record All() implements PatchSelection {
        @Override
        public SelectedPatches select(float[] scores, String image) {
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

    private static void requireShare(float share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", expected 0..1");
        }
    }
}
