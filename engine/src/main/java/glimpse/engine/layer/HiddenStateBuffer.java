package glimpse.engine.layer;

import glimpse.engine.kernel.Kernels;

/** The residual stream of a batch as one layer left it, copied out of the pass. Belongs to one session. */
public final class HiddenStateBuffer {
    private float[] panels = new float[0]; // [panels][width][P]

    /** Copies the residual stream of all tokens. */
    public void capture(Workspace w, int width) {
        int size = w.kernels.panelFloats(w.batch.layout().panels(), width);
        if (panels.length < size) {
            panels = new float[size];
        }
        System.arraycopy(w.x, 0, panels, 0, size);
    }

    /** Returns an image's tokens, {@code [tokens][width]}. */
    public float[] tokens(Workspace w, int image, int width) {
        float[] tokens = new float[w.batch.tokens(image) * width];
        for (int first = 0; first < w.batch.tokens(image); first += w.kernels.panel()) {
            int panel = w.batch.firstPanel(image) + first / w.kernels.panel();
            copyTokens(w, panels, w.kernels.rowAt(panel, width, 0), panel, tokens, first, width);
        }
        return tokens;
    }

    /** Returns an image's tokens after a LayerNorm, {@code [tokens][width]}. */
    public float[] normalisedTokens(Workspace w, int image, LayerNorm norm) {
        Kernels kernels = w.kernels;
        int width = norm.length();
        float[] normal = new float[kernels.panelFloats(1, width)]; // [width][P]
        float[] tokens = new float[w.batch.tokens(image) * width];
        for (int first = 0; first < w.batch.tokens(image); first += kernels.panel()) {
            int panel = w.batch.firstPanel(image) + first / kernels.panel();
            kernels.layerNorm(
                    kernels.lanes(w.batch.layout().tokens(panel)),
                    panels,
                    kernels.rowAt(panel, width, 0),
                    width,
                    norm.gamma(),
                    norm.beta(),
                    norm.epsilon(),
                    normal,
                    kernels.rowAt(0, width, 0));
            copyTokens(w, normal, kernels.rowAt(0, width, 0), panel, tokens, first, width);
        }
        return tokens;
    }

    /** Transposes the tokens of one panel, which begins at {@code from}, into rows from {@code first} on. */
    private static void copyTokens(
            Workspace w, float[] source, int from, int panel, float[] tokens, int first, int width) {
        int lanes = w.batch.layout().tokens(panel);
        for (int lane = 0; lane < lanes; lane++) {
            for (int feature = 0; feature < width; feature++) {
                tokens[(first + lane) * width + feature] = source[from + feature * w.kernels.panel() + lane];
            }
        }
    }
}
