package glimpse.engine;

import glimpse.engine.layer.AttentionBuffer;
import glimpse.engine.layer.SelfAttention;
import glimpse.engine.layer.Workspace;
import glimpse.engine.parallel.WorkerTeam;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Runs a model. A session owns the buffers of its forward passes and reuses them: a warm pass allocates nothing. One
 * thread at a time; several sessions may run at once and then share the workers in turns.
 *
 * <p>The answer for an image is bit-identical whatever else is in its batch, and however many threads work.
 */
public final class Session {
    private final VisionTransformer model;
    private final WorkerTeam team;
    private final Workspace workspace;
    private final Workspace.Sizes sizes;
    private final Output output;
    private final BlockListener listener;
    private final Optional<AttentionBuffer>[] buffers; // [depth + 1]: attention pooling's is the last

    /** Is told when the residual line is complete, for tests that follow it. */
    interface BlockListener {
        /**
         * Called after the embedding and after every block that runs for all tokens.
         *
         * @param block -1 for the embedding
         */
        void after(int block, Workspace workspace);
    }

    Session(VisionTransformer model, WorkerTeam team) {
        this(model, team, (block, workspace) -> {});
    }

    Session(VisionTransformer model, WorkerTeam team, BlockListener listener) {
        this.model = model;
        this.team = team;
        this.listener = listener;
        workspace = new Workspace(model.kernels, team);
        sizes = sizes(model);
        output = new Output(model.config(), workspace);
        buffers = newBuffers(model.config().depth() + 1);
    }

    /**
     * Runs the model on one image.
     *
     * @throws IllegalArgumentException if the sequence's patches don't fit the model
     */
    public Output forward(PatchSequence sequence, Capture capture) {
        workspace.batch().clear();
        append(sequence, 0);
        return run(capture);
    }

    /**
     * Runs the model on a batch of images, each with as many patches as it has.
     *
     * @param batch at least one sequence; a sequence without patches is the class token alone, where
     *     the model has one and looks at nothing else
     * @return what was computed; valid until the next forward pass of this session
     * @throws IllegalArgumentException if the batch is empty, a sequence's patches don't fit the model, or a captured
     *     layer doesn't exist
     */
    public Output forward(List<PatchSequence> batch, Capture capture) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("the batch is empty, expected at least one sequence");
        }
        workspace.batch().clear();
        for (int i = 0; i < batch.size(); i++) {
            append(batch.get(i), i);
        }
        return run(capture);
    }

    private void append(PatchSequence sequence, int index) {
        VitConfig config = model.config();
        if (sequence.patchLength() != config.patchLength()) {
            throw new IllegalArgumentException("sequence " + index + " has patches of " + sequence.patchLength()
                    + " values, expected " + config.patchLength());
        }
        int patches = sequence.patches();
        if (patches < config.fewestPatches()) {
            throw new IllegalArgumentException("sequence " + index
                    + " has no patches, expected at least one for a model that averages them or has no other tokens");
        }
        if (patches > 0 && sequence.position(patches - 1) >= config.patches()) {
            throw new IllegalArgumentException("sequence " + index + " has a patch at position "
                    + sequence.position(patches - 1) + ", expected positions below " + config.patches());
        }
        workspace.batch().append(config.prefixTokens(), sequence.rawPositions(), sequence.rawValues());
    }

    private Output run(Capture capture) {
        workspace.batch().complete();
        prepareBuffers(capture);
        workspace.prepare(sizes);

        // held for the whole pass, so that sessions take turns by passes and not by phases
        team.lock().lock();
        try {
            pass();
        } finally {
            team.lock().unlock();
        }
        output.set(buffers);
        return output;
    }

    private static Workspace.Sizes sizes(VisionTransformer model) {
        VitConfig config = model.config();
        return new Workspace.Sizes(
                config.patchLength(),
                config.width(),
                config.mlpRows(),
                config.mlpWidth(),
                SelfAttention.valueRows(model.kernels, config.width(), config.heads()),
                config.pooledWidth(),
                config.representationWidth(),
                Math.max(config.classes(), config.projectionWidth()));
    }

    private void pass() {
        int last = model.config().depth() - 1;
        model.embedding.forward(workspace);
        listener.after(-1, workspace);
        for (int i = 0; i < last; i++) {
            model.blocks.get(i).forward(workspace, buffers[i]);
            listener.after(i, workspace);
        }
        boolean allTokens = model.config().pooling() != Pooling.CLASS_TOKEN
                || (buffers[last].isPresent() && buffers[last].get().isFull());
        if (allTokens) {
            model.blocks.get(last).forward(workspace, buffers[last]);
            listener.after(last, workspace);
            model.head.forwardFromAll(workspace, buffers[last + 1]);
        } else {
            model.blocks.get(last).forwardClassTokens(workspace, buffers[last]);
            model.head.forward(workspace);
        }
    }

    /** Where a model pools by attention, the pooling's row is captured with any other attention. */
    private void prepareBuffers(Capture capture) {
        VitConfig config = model.config();
        int depth = config.depth();
        boolean attentionPooling = config.pooling() == Pooling.ATTENTION;
        for (int layer = 0; layer <= depth; layer++) {
            boolean full = false;
            boolean row = false;
            switch (capture) {
                case Capture.None none -> {}
                case Capture.ClassRow classRow -> {
                    requireClassRow(config);
                    row = layer == (attentionPooling ? depth : depth - 1);
                }
                case Capture.FullMaps maps -> {
                    requireLayers(maps.layers(), depth - 1);
                    full = layer < depth && maps.layers().contains(layer);
                    row = attentionPooling && layer == depth;
                }
            }
            if (!full && !row) {
                buffers[layer] = Optional.empty();
                continue;
            }
            if (buffers[layer].isEmpty()) {
                buffers[layer] = Optional.of(new AttentionBuffer());
            }
            buffers[layer].get().prepare(workspace.batch(), config.heads(), full);
        }
    }

    private static void requireClassRow(VitConfig config) {
        if (!config.hasClassRow()) {
            throw new IllegalArgumentException("the class token's attention is to be captured, but the model has none");
        }
    }

    private static void requireLayers(SortedSet<Integer> layers, int last) {
        if (layers.last() > last) {
            throw new IllegalArgumentException(
                    "layer " + layers.last() + " is to be captured, expected layers 0.." + last);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static Optional<AttentionBuffer>[] newBuffers(int count) {
        Optional<AttentionBuffer>[] empty = new Optional[count];
        java.util.Arrays.fill(empty, Optional.empty());
        return empty;
    }
}
