package glimpse.engine.kernel;

/**
 * How many tokens each panel of a batch holds, 1..P. Belongs to one session; set anew for each batch.
 */
public final class PanelLayout {
    // Panels of its own for which a worker reads all weights; fewer than these wait for memory.
    private static final int FEWEST = 3;

    private final int panel;
    private int panels;
    private int[] tokens = new int[8]; // [panels]

    /** An empty layout for these kernels. */
    public PanelLayout(Kernels kernels) {
        this.panel = kernels.panel();
    }

    /** Forgets all panels. */
    public void clear() {
        panels = 0;
    }

    /** Appends the panels that {@code count} tokens fill, at least one token. */
    public void append(int count) {
        for (int rest = count; rest > 0; rest -= panel) {
            if (panels == tokens.length) {
                tokens = java.util.Arrays.copyOf(tokens, 2 * panels);
            }
            tokens[panels++] = Math.min(rest, panel);
        }
    }

    /** Number of panels. */
    public int panels() {
        return panels;
    }

    /**
     * How many panels a worker's share has for one of so many parts of the features: as many as any other share, and behind
     * them, for its part of the parts, the panels that are left over. With few panels all are left over: a worker would read
     * all weights for its own.
     */
    int shareSize(int share, int threads, int part, int parts) {
        int own = own(threads);
        return part * threads / parts == share ? panels - (threads - 1) * own : own;
    }

    /** The panel at a position of a share. */
    int inShare(int share, int threads, int position) {
        int own = own(threads);
        return position < own ? share * own + position : (threads - 1) * own + position;
    }

    private int own(int threads) {
        int own = panels / threads;
        return own < FEWEST ? 0 : own;
    }

    /** Tokens in a panel, 1..P. */
    public int tokens(int index) {
        return tokens[index];
    }
}
