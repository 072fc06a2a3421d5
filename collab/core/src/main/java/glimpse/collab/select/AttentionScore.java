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
 * How much each patch matters to the class token, or in its place to attention pooling's query: one score a patch, at least 0, all of an image's summing to 1.
 * Computed in float32 as PyTorch and NumPy would. Immutable, safe for use by several threads.
 */
public sealed interface AttentionScore {
    /** How a score is written in an option. */
    String SYNTAX = "mean, rollout, rollout-heads-first or rollout-heads-first:FIRST-LAST (layers counted from 1)";

    /**
     * The attention that this score needs.
     *
     * @throws IllegalArgumentException if the score names a layer that a model of this configuration doesn't have, or
     *     needs a class token and it has none
     */
    Capture capture(VitConfig config);

    /**
     * The scores of the patches of one image.
     *
     * @param maps the image's attention, ascending by layer: what {@link #capture} asked for, more is no harm
     * @return {@code [patches]}; all 0 if the class token pays no attention to any patch
     * @throws IllegalArgumentException if a map that the score needs is missing
     */
    float[] score(List<AttentionMap> maps);

    /** The score as it is written in an option; {@link #parse} reads it back. */
    String spec();

    /**
     * The attention that several scores need together.
     *
     * @throws IllegalArgumentException as {@link #capture(VitConfig)}
     */
    static Capture capture(Collection<AttentionScore> scores, VitConfig config) {
        Capture needed = Capture.none();
        for (AttentionScore score : scores) {
            needed = needed.and(score.capture(config));
        }
        return needed;
    }

    /** Mean over the heads of the last layer's class-token attention (arXiv 2404.07217, section IV-A). */
    static AttentionScore mean() {
        return new Mean();
    }

    /** Attention rollout (arXiv 2005.00928) with a product for each head, rows not normalised. */
    static AttentionScore rollout() {
        return new RolloutPerHead();
    }

    /** Attention rollout with the mean over the heads first and rows normalised, over all layers. */
    static AttentionScore rolloutHeadsFirst() {
        return new RolloutHeadsFirst(Collections.emptySortedSet());
    }

    /**
     * Attention rollout with the mean over the heads first and rows normalised, over some layers.
     *
     * @param layers zero-based layers; empty for all
     */
    static AttentionScore rolloutHeadsFirst(SortedSet<Integer> layers) {
        return new RolloutHeadsFirst(layers);
    }

    /**
     * Reads a score as an option writes it.
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
                throw new IllegalArgumentException("no attention was captured, expected the last layer's");
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
        /** Copies the layers. */
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
