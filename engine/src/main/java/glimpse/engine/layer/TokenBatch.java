package glimpse.engine.layer;

import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.gemm.ValueGemm;
import glimpse.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * A ragged batch: the images of a forward pass, each with its own number of tokens and beginning a panel of its own.
 * Images are never padded to a common length. Belongs to one session, which refills it for each pass.
 */
public final class TokenBatch implements ValueGemm.Images {
    private final Kernels kernels;
    private final PanelLayout layout;
    private final PanelLayout classLayout;
    private int images;
    private int mostTokens;
    private int[] tokens = new int[1]; // [images]
    private int[] firstPanel = new int[1]; // [images]
    private int[] panelImage = new int[8]; // [panels]
    private PatchValues[] patches = new PatchValues[1]; // [images]
    private int[][] positions = new int[1][]; // [images][patch]

    /** Creates an empty batch for these kernels. */
    public TokenBatch(Kernels kernels) {
        this.kernels = kernels;
        layout = new PanelLayout(kernels);
        classLayout = new PanelLayout(kernels);
    }

    /** Removes all images. */
    public void clear() {
        images = 0;
        mostTokens = 0;
        layout.clear();
        classLayout.clear();
    }

    /**
     * Appends an image.
     *
     * @param prefixTokens tokens before its patches
     * @param patchPositions {@code [patch]}
     * @param patchValues what they hold
     */
    public void append(int prefixTokens, int[] patchPositions, PatchValues patchValues) {
        if (images == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * images);
            firstPanel = Arrays.copyOf(firstPanel, 2 * images);
            patches = Arrays.copyOf(patches, 2 * images);
            positions = Arrays.copyOf(positions, 2 * images);
        }
        int count = prefixTokens + patchPositions.length;
        tokens[images] = count;
        firstPanel[images] = layout.panels();
        patches[images] = patchValues;
        positions[images] = patchPositions;
        layout.append(count);
        if (layout.panels() > panelImage.length) {
            panelImage = Arrays.copyOf(panelImage, 2 * layout.panels());
        }
        Arrays.fill(panelImage, firstPanel[images], layout.panels(), images);
        mostTokens = Math.max(mostTokens, count);
        images++;
    }

    /** Completes the batch, after its last image. */
    public void complete() {
        classLayout.append(images);
    }

    /** Returns the number of images. */
    public int images() {
        return images;
    }

    /** Returns the number of tokens of the longest image. */
    public int mostTokens() {
        return mostTokens;
    }

    /** Returns the number of tokens of an image, prefix tokens included. */
    public int tokens(int image) {
        return tokens[image];
    }

    /** Returns the first panel of an image. */
    @Override
    public int firstPanel(int image) {
        return firstPanel[image];
    }

    /** Returns how many rows an image's panels have room for, a multiple of P. */
    @Override
    public int paddedTokens(int image) {
        return Math.ceilDiv(tokens[image], kernels.panel()) * kernels.panel();
    }

    /** Returns the image that a panel belongs to. */
    @Override
    public int imageOf(int panel) {
        return panelImage[panel];
    }

    /** Returns the panels of all tokens. */
    @Override
    public PanelLayout layout() {
        return layout;
    }

    /** Returns the panels that hold one token per image: its class token. */
    public PanelLayout classLayout() {
        return classLayout;
    }

    int[] positions(int image) {
        return positions[image];
    }

    PatchValues patches(int image) {
        return patches[image];
    }
}
