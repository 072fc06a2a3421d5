package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.VitConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Scores each patch by how much the class token attends to it, or attention pooling's query in its place. Scores are at
 * least 0 and sum to 1 per image. Computed in float32, as PyTorch and NumPy would. Immutable, safe for use by several
 * threads.
 */
public sealed interface AttentionScore {
    /** The syntax of a score in an option. */
    String SYNTAX = "mean, rollout, rollout-heads-first or rollout-heads-first:FIRST-LAST (layers counted from 1)";

    /**
     * Returns the attention that this score needs.
     *
     * @throws IllegalArgumentException if a model of this configuration lacks a layer that the score names, or the
     *     class token that it needs
     */
    Capture capture(VitConfig config);

    /**
     * Computes the scores of one image's patches.
     *
     * @param maps the image's attention, ascending by layer: at least what {@link #capture(VitConfig)} asks for
     * @return {@code [patches]}; all 0 if no patch receives any attention
     * @throws IllegalArgumentException if a map that the score needs is missing
     */
    float[] score(List<AttentionMap> maps);

    /** Returns the score in the syntax of an option; {@link #parse} reads it back. */
    String spec();

    /**
     * Returns the attention that several scores need together.
     *
     * @throws IllegalArgumentException as {@link #capture(VitConfig)} does
     */
    static Capture capture(Collection<AttentionScore> scores, VitConfig config) {
        Capture needed = Capture.none();
        for (AttentionScore score : scores) {
            needed = needed.and(score.capture(config));
        }
        return needed;
    }

    /** The mean over the heads of the last layer's class-token attention (arXiv 2404.07217, section IV-A). */
    static AttentionScore mean() {
        return new Mean();
    }

    /** Attention rollout (arXiv 2005.00928) with one product per head, rows not normalised. */
    static AttentionScore rollout() {
        return new RolloutPerHead();
    }

    /** Attention rollout with the mean over the heads first and rows normalised, over all layers. */
    static AttentionScore rolloutHeadsFirst() {
        return new RolloutHeadsFirst(Collections.emptySortedSet());
    }

    /**
     * Attention rollout with the mean over the heads first and rows normalised, over the given layers.
     *
     * @param layers zero-based layers; empty for all
     */
    static AttentionScore rolloutHeadsFirst(SortedSet<Integer> layers) {
        return new RolloutHeadsFirst(layers);
    }

    /**
     * Parses a score.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static AttentionScore parse(String text) {
        SpecText option = SpecText.parse(text);
        boolean layers = option.name().equals("rollout-heads-first");
        option.requireArguments(0, layers ? 1 : 0, SYNTAX);
        return switch (option.name()) {
            case "mean" -> mean();
            case "rollout" -> rollout();
            case "rollout-heads-first" ->
                option.arguments().isEmpty()
                        ? rolloutHeadsFirst()
                        : rolloutHeadsFirst(LayerRange.parse(option, SYNTAX));
            default -> throw option.invalid(SYNTAX);
        };
    }

    private static void requireClassToken(AttentionScore score, VitConfig config) {
        if (!config.hasClassToken()) {
            throw new IllegalArgumentException(
                    "score " + score.spec() + " follows the class token through the layers; the model has none");
        }
    }

    /** See {@link AttentionScore#mean()}. */
    record Mean() implements AttentionScore {
        @Override
        public Capture capture(VitConfig config) {
            if (!config.hasReadoutRow()) {
                throw new IllegalArgumentException(
                        "score mean needs the attention of a class token or of attention pooling; the model has neither");
            }
            return Capture.readoutRow();
        }

        @Override
        public float[] score(List<AttentionMap> maps) {
            if (maps.isEmpty()) {
                throw new IllegalArgumentException("no attention was captured, score mean needs the last layer's");
            }
            return PatchColumns.normalised(MeanAttention.readoutRow(maps.getLast()), maps.getLast());
        }

        @Override
        public String spec() {
            return "mean";
        }
    }

    /** See {@link AttentionScore#rollout()}. */
    record RolloutPerHead() implements AttentionScore {
        @Override
        public Capture capture(VitConfig config) {
            requireClassToken(this, config);
            return Capture.allLayers();
        }

        @Override
        public float[] score(List<AttentionMap> maps) {
            return Rollout.perHead(maps);
        }

        @Override
        public String spec() {
            return "rollout";
        }
    }

    /**
     * See {@link AttentionScore#rolloutHeadsFirst(SortedSet)}.
     *
     * @param layers zero-based layers; empty for all
     */
    record RolloutHeadsFirst(SortedSet<Integer> layers) implements AttentionScore {
        /** Checks and copies the layers. */
        public RolloutHeadsFirst {
            layers = Collections.unmodifiableSortedSet(new TreeSet<>(layers));
            if (!layers.isEmpty() && layers.first() < 0) {
                throw new IllegalArgumentException("layers is " + layers + ", expected layers from 0");
            }
        }

        @Override
        public Capture capture(VitConfig config) {
            requireClassToken(this, config);
            if (layers.isEmpty()) {
                return Capture.allLayers();
            }
            if (layers.last() >= config.depth()) {
                throw new IllegalArgumentException("score " + spec() + " needs layer " + (layers.last() + 1)
                        + ", but the model has " + config.depth());
            }
            return Capture.layers(layers);
        }

        @Override
        public float[] score(List<AttentionMap> maps) {
            return Rollout.headsFirst(maps, layers);
        }

        @Override
        public String spec() {
            return layers.isEmpty() ? "rollout-heads-first" : "rollout-heads-first:" + LayerRange.spec(layers);
        }
    }
}
