package glimpse.engine;

import glimpse.engine.layer.LayerNorm;
import glimpse.engine.layer.SelfAttention;
import glimpse.engine.layer.Workspace;
import glimpse.engine.parallel.WorkerTeam;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Runs a model. A session owns the buffers of its forward passes; they grow to the largest batch seen and are reused,
 * so a warm pass allocates nothing but its {@link Output}, a few words. {@link #trim} gives the buffers back.
 *
 * <p>One thread at a time, platform or virtual: a call while another thread's pass runs is refused. Sessions of one
 * model may run at once; those on the same {@link Workers} take turns by passes, first come, first served.
 *
 * <p>The result for an image is bit-identical whatever else is in its batch, and for any number of threads.
 */
public final class Session implements AutoCloseable {
    // After so many passes of DeiT-Tiny, all of its code was compiled.
    private static final int WARM_UP_PASSES = 20;

    private final VisionTransformer model;
    private final WorkerTeam team;
    private final Workspace.Sizes sizes;
    private final BlockListener listener;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final AtomicLong pass = new AtomicLong(); // what was output before it changed is stale
    private volatile boolean closed;
    private Workspace workspace;
    private CaptureBuffers captured;

    /** Is told when the residual stream is complete, for tests that follow it. */
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
        captured = new CaptureBuffers(model.config());
    }

    /**
     * Runs the model on one image.
     *
     * @return the result, valid until this session's next pass
     * @throws IllegalArgumentException if the sequence or the capture doesn't fit the model
     * @throws IllegalStateException if the session is in use by another thread or closed, or its workers are closed
     */
    public Output forward(PatchSequence sequence, Capture capture) {
        requireFits(Objects.requireNonNull(sequence, "sequence"), 0);
        requireFits(Objects.requireNonNull(capture, "capture"));
        enter();
        try {
            beginPass();
            append(sequence);
            return run(capture, () -> false);
        } finally {
            exit();
        }
    }

    /**
     * Runs the model on a batch of images, each with its own number of patches.
     *
     * @param batch at least one sequence; one without patches is allowed where the model reads nothing but its prefix
     *     tokens
     * @return the result, valid until this session's next pass
     * @throws IllegalArgumentException if the batch is empty, a sequence or the capture doesn't fit the model, or the
     *     activations or attention maps of the batch don't fit an array of 2^31 floats: 10,000 images of DeiT-Tiny do,
     *     20,000 don't
     * @throws IllegalStateException if the session is in use by another thread or closed, or its workers are closed
     */
    public Output forward(List<PatchSequence> batch, Capture capture) {
        return forward(batch, capture, () -> false);
    }

    /**
     * Runs the model on a batch of images as {@link #forward(List, Capture)} does, but stops between two blocks once
     * nobody needs the result. The session, and any other on the same workers, can be used at once.
     *
     * @param cancelled asked by the calling thread before each of the model's blocks; true ends the pass
     * @return the result, valid until this session's next pass
     * @throws CancellationException if {@code cancelled} was true before a block
     * @throws IllegalArgumentException as {@link #forward(List, Capture)}
     * @throws IllegalStateException as {@link #forward(List, Capture)}
     */
    public Output forward(List<PatchSequence> batch, Capture capture, BooleanSupplier cancelled) {
        if (Objects.requireNonNull(batch, "batch").isEmpty()) {
            throw new IllegalArgumentException("the batch is empty, expected at least one sequence");
        }
        for (int i = 0; i < batch.size(); i++) {
            requireFits(batch.get(i), i);
        }
        requireFits(Objects.requireNonNull(capture, "capture"));
        Objects.requireNonNull(cancelled, "cancelled");
        enter();
        try {
            beginPass();
            for (int i = 0; i < batch.size(); i++) {
                append(batch.get(i));
            }
            return run(capture, cancelled);
        } finally {
            exit();
        }
    }

    /**
     * Runs passes on a blank image until the virtual machine has compiled the model's code, so that the first real pass
     * takes no longer than later ones. Takes as long as some twenty passes, the first of them slow.
     *
     * @throws IllegalStateException if the session is in use by another thread or closed, or its workers are closed
     */
    public void warmUp() {
        VitConfig config = model.config();
        int[] positions = new int[config.patches()];
        Arrays.setAll(positions, i -> i);
        float[] blank = new float[config.patches() * config.patchLength()];
        PatchSequence sequence = PatchSequence.of(config.grid(), config.patchLength(), positions, blank);
        for (int i = 0; i < WARM_UP_PASSES; i++) {
            forward(sequence, Capture.none());
        }
    }

    /**
     * Gives back the memory of all buffers; the next pass allocates what it needs. Invalidates the last pass's output.
     *
     * @throws IllegalStateException if the session is in use by another thread
     */
    public void trim() {
        enter();
        try {
            release();
        } finally {
            exit();
        }
    }

    /**
     * Gives back the memory of all buffers and refuses further passes; a second call does nothing. The model and the
     * workers stay open.
     *
     * @throws IllegalStateException if the session is in use by another thread
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        enter();
        try {
            closed = true;
            release();
        } finally {
            exit();
        }
    }

    VitConfig config() {
        return model.config();
    }

    Workspace workspace() {
        return workspace;
    }

    CaptureBuffers captured() {
        return captured;
    }

    Optional<LayerNorm> tokenNorm() {
        return model.head.tokenNorm();
    }

    /** Checks that no pass began since; called before a buffer is read and after, so that no read mixes two passes. */
    void requireCurrent(long outputPass) {
        VarHandle.loadLoadFence();
        if (pass.get() != outputPass) {
            throw new IllegalStateException(
                    "the output is no longer valid: its session began another pass, was trimmed or "
                            + "was closed; copy what is needed before");
        }
    }

    private void enter() {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "the session is in use by another thread; a thread needs a session of its own (newSession)");
        }
        if (closed) {
            exit();
            throw new IllegalStateException("the session is closed");
        }
    }

    private void exit() {
        inUse.set(false);
    }

    private void beginPass() {
        pass.incrementAndGet();
        VarHandle.fullFence();
        workspace.batch().clear();
    }

    private void release() {
        pass.incrementAndGet();
        workspace = new Workspace(model.kernels, team);
        captured = new CaptureBuffers(model.config());
    }

    private void requireFits(PatchSequence sequence, int index) {
        if (sequence == null) {
            throw new NullPointerException("batch[" + index + "]");
        }
        VitConfig config = model.config();
        if (sequence.patchLength() != config.patchLength()) {
            throw new IllegalArgumentException("sequence " + index + " has patches of " + sequence.patchLength()
                    + " values, expected " + config.patchLength());
        }
        if (sequence.grid() != config.grid()) {
            throw new IllegalArgumentException("sequence " + index + " has a grid of " + sequence.grid() + " x "
                    + sequence.grid() + " patches, expected " + config.grid() + " x " + config.grid());
        }
        if (sequence.patches() < config.fewestPatches()) {
            throw new IllegalArgumentException("sequence " + index
                    + " has no patches, expected at least one for a model that averages them or has no other tokens");
        }
    }

    private void requireFits(Capture capture) {
        VitConfig config = model.config();
        if (capture.keepsReadoutRow() && !config.hasReadoutRow()) {
            throw new IllegalArgumentException(
                    "the readout row is to be captured, but the model has neither a class token nor attention pooling");
        }
        capture.maps().requireWithin(config.depth());
        capture.hiddenStates().requireWithin(config.depth());
    }

    private void append(PatchSequence sequence) {
        workspace.batch().append(model.config().prefixTokens(), sequence.rawPositions(), sequence.rawValues());
    }

    private Output run(Capture capture, BooleanSupplier cancelled) {
        workspace.batch().complete();
        captured.prepare(capture, workspace.batch());
        workspace.prepare(sizes);

        // held for the whole pass, so that sessions take turns by passes and not by phases
        team.lock().lock();
        try {
            pass(cancelled);
        } finally {
            team.lock().unlock();
        }
        return new Output(this, pass.get());
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

    private void pass(BooleanSupplier cancelled) {
        int last = model.config().depth() - 1;
        model.embedding.forward(workspace);
        listener.after(-1, workspace);
        for (int i = 0; i < last; i++) {
            requireWanted(cancelled, i);
            block(i);
        }
        requireWanted(cancelled, last);
        if (model.config().pooling() != Pooling.CLASS_TOKEN || captured.needAllTokens(last)) {
            block(last);
            model.head.forwardFromAll(workspace, captured.attention(last + 1));
        } else {
            model.blocks.get(last).forwardClassTokens(workspace, captured.attention(last));
            model.head.forward(workspace);
        }
    }

    private static void requireWanted(BooleanSupplier cancelled, int block) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the pass was cancelled before block " + block);
        }
    }

    private void block(int i) {
        model.blocks.get(i).forward(workspace, captured.attention(i));
        listener.after(i, workspace);
        if (captured.hiddenState(i).isPresent()) {
            captured.hiddenState(i).get().capture(workspace, model.config().width());
        }
    }
}
