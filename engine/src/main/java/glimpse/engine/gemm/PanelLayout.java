package glimpse.engine.gemm;

import glimpse.engine.kernel.Kernels;

/** How many tokens each panel of a batch holds, 1..P. Belongs to one session; set anew for each batch. */
public final class PanelLayout {
    private static final int FEWEST_TOKENS = 96;

    private final int panel;
    // A worker with fewer panels of its own would wait for memory, since it reads all weights for them.
    private final int fewest;
    private int panels;
    private int[] tokens = new int[8]; // [panels]

    /** Creates an empty layout for these kernels. */
    public PanelLayout(Kernels kernels) {
        this.panel = kernels.panel();
        this.fewest = Math.clamp(FEWEST_TOKENS / panel, 1, 3);
    }

    /** Removes all panels. */
    public void clear() {
        panels = 0;
    }

    /** Appends the panels that {@code count} tokens fill; at least one token. */
    public void append(int count) {
        for (int rest = count; rest > 0; rest -= panel) {
            if (panels == tokens.length) {
                tokens = java.util.Arrays.copyOf(tokens, 2 * panels);
            }
            tokens[panels++] = Math.min(rest, panel);
        }
    }

    /** Returns the number of panels. */
    public int panels() {
        return panels;
    }

    /**
     * Returns how many panels a worker's share holds for one of {@code parts} parts of the features: as many as every
     * other share, followed, for the parts that fall to this worker, by the left-over panels. With few panels, all are
     * left over: otherwise each worker would read all weights for its own.
     */
    int shareSize(int share, int threads, int part, int parts) {
        int own = own(threads);
        return part * threads / parts == share ? panels - (threads - 1) * own : own;
    }

    /** Returns the panel at a position of a share. */
    int inShare(int share, int threads, int position) {
        int own = own(threads);
        return position < own ? share * own + position : (threads - 1) * own + position;
    }

    private int own(int threads) {
        int own = panels / threads;
        return own < fewest ? 0 : own;
    }

    /** Returns the number of tokens in a panel, 1..P. */
    public int tokens(int index) {
        return tokens[index];
    }
}
