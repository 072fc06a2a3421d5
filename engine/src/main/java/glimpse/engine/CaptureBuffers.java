package glimpse.engine;

import glimpse.engine.layer.AttentionBuffer;
import glimpse.engine.layer.HiddenStateBuffer;
import glimpse.engine.layer.TokenBatch;
import java.util.Arrays;
import java.util.Optional;

/** Where a pass writes what its {@link Capture} asks for. Belongs to one session. */
final class CaptureBuffers {
    private final VitConfig config;
    private final Optional<AttentionBuffer>[] attention; // [depth + 1]: attention pooling's is the last
    private final Optional<HiddenStateBuffer>[] hiddenStates; // [depth]

    CaptureBuffers(VitConfig config) {
        this.config = config;
        attention = emptyOptionals(config.depth() + 1);
        hiddenStates = emptyOptionals(config.depth());
    }

    /**
     * Makes room for a batch. Where a model pools by attention, the pooling's row is captured with any other attention.
     */
    void prepare(Capture capture, TokenBatch batch) {
        int depth = config.depth();
        boolean pools = config.pooling() == Pooling.ATTENTION;
        int readoutLayer = pools ? depth : depth - 1;
        boolean row = capture.keepsReadoutRow() || (pools && !capture.maps().isEmpty());
        for (int layer = 0; layer <= depth; layer++) {
            boolean full = layer < depth && capture.maps().contains(layer);
            if (full || (row && layer == readoutLayer)) {
                if (attention[layer].isEmpty()) {
                    attention[layer] = Optional.of(new AttentionBuffer());
                }
                attention[layer].get().prepare(batch, config.heads(), full);
            } else {
                attention[layer] = Optional.empty();
            }
        }
        for (int layer = 0; layer < depth; layer++) {
            if (!capture.hiddenStates().contains(layer)) {
                hiddenStates[layer] = Optional.empty();
            } else if (hiddenStates[layer].isEmpty()) {
                hiddenStates[layer] = Optional.of(new HiddenStateBuffer());
            }
        }
    }

    /** Returns where a layer's attention goes; attention pooling counts as layer {@code depth}. */
    Optional<AttentionBuffer> attention(int layer) {
        return attention[layer];
    }

    /** Returns where the tokens after a layer go. */
    Optional<HiddenStateBuffer> hiddenState(int layer) {
        return hiddenStates[layer];
    }

    /** Returns whether something is captured that needs all tokens of a layer. */
    boolean needAllTokens(int layer) {
        return hiddenStates[layer].isPresent()
                || (attention[layer].isPresent() && attention[layer].get().isFull());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static <T> Optional<T>[] emptyOptionals(int count) {
        Optional<T>[] empty = new Optional[count];
        Arrays.fill(empty, Optional.empty());
        return empty;
    }
}
