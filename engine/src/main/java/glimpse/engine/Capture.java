package glimpse.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What a forward pass keeps besides features and logits: attention, and tokens of chosen layers. What is captured costs
 * memory, and in the last layer computation: without a capture, only the tokens that the head reads are computed there.
 *
 * <p>Captures combine: {@code Capture.readoutRow().withHiddenStates(11)} keeps the readout row and the tokens after
 * layer 11, in one pass. Immutable; equal captures keep the same.
 */
public final class Capture {
    private static final Capture NONE = new Capture(false, LayerSet.NONE, LayerSet.NONE);
    private static final Capture READOUT_ROW = new Capture(true, LayerSet.NONE, LayerSet.NONE);
    private static final Capture ALL_LAYERS = new Capture(false, LayerSet.ALL, LayerSet.NONE);

    private final boolean row;
    private final LayerSet maps;
    private final LayerSet hiddenStates;

    private Capture(boolean row, LayerSet maps, LayerSet hiddenStates) {
        this.row = row;
        this.maps = maps;
        this.hiddenStates = hiddenStates;
    }

    /** Keeps nothing but features and logits. */
    public static Capture none() {
        return NONE;
    }

    /**
     * Keeps the readout row, for each head: the attention of the query that the model reads the image out with. It is
     * the class token's row of the last layer, or the row of attention pooling's query. The mean score needs it.
     */
    public static Capture readoutRow() {
        return READOUT_ROW;
    }

    /**
     * Keeps the full attention map of each head in some layers, and attention pooling's row where there is one. Rollout
     * needs it.
     *
     * @param layers zero-based layers, at least one
     * @throws IllegalArgumentException if there are none or one is negative
     */
    public static Capture layers(int... layers) {
        return layers(boxed(layers));
    }

    /**
     * Keeps the full attention map of each head in some layers, as {@link #layers(int...)}.
     *
     * @param layers zero-based layers, at least one
     * @throws IllegalArgumentException if there are none or one is negative
     */
    public static Capture layers(Collection<Integer> layers) {
        return new Capture(false, LayerSet.of(Objects.requireNonNull(layers, "layers")), LayerSet.NONE);
    }

    /** Keeps the full attention maps of all layers of whichever model runs, as {@link #layers(int...)}. */
    public static Capture allLayers() {
        return ALL_LAYERS;
    }

    /**
     * Returns a capture that also keeps all tokens after each of some layers: the residual stream, from which
     * {@link Output#normalisedHiddenState} makes dense features.
     *
     * @param layers zero-based layers, at least one
     * @throws IllegalArgumentException if there are none or one is negative
     */
    public Capture withHiddenStates(int... layers) {
        return and(new Capture(false, LayerSet.NONE, LayerSet.of(boxed(layers))));
    }

    /** Returns a capture that also keeps all tokens after each layer of whichever model runs. */
    public Capture withAllHiddenStates() {
        return and(new Capture(false, LayerSet.NONE, LayerSet.ALL));
    }

    /** Returns a capture that keeps what this one or the other keeps. */
    public Capture and(Capture other) {
        Objects.requireNonNull(other, "other");
        return new Capture(row || other.row, maps.union(other.maps), hiddenStates.union(other.hiddenStates));
    }

    /** Whether the readout row is kept by itself; a full map of its layer contains it. */
    boolean keepsReadoutRow() {
        return row;
    }

    /** The layers whose full attention maps are kept. */
    LayerSet maps() {
        return maps;
    }

    /** The layers whose tokens are kept. */
    LayerSet hiddenStates() {
        return hiddenStates;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capture that
                && row == that.row
                && maps.equals(that.maps)
                && hiddenStates.equals(that.hiddenStates);
    }

    @Override
    public int hashCode() {
        return Objects.hash(row, maps, hiddenStates);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (row) {
            parts.add("the readout row");
        }
        if (!maps.isEmpty()) {
            parts.add("attention of " + maps);
        }
        if (!hiddenStates.isEmpty()) {
            parts.add("hidden states of " + hiddenStates);
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static List<Integer> boxed(int[] layers) {
        return Arrays.stream(Objects.requireNonNull(layers, "layers")).boxed().toList();
    }
}
