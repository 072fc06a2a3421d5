package glimpse.engine.layer;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.kernel.PanelLayout;
import glimpse.engine.kernel.ValueGemm;
import java.util.Arrays;

/**
 * A ragged batch: the images of a forward pass, each with its own number of tokens, each beginning a panel. No tokens
 * are added to make them equally long. Belongs to one session; set anew for each batch.
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
    private float[][] patches = new float[1][]; // [images][patch][patchLength]
    private int[][] positions = new int[1][]; // [images][patch]

    /** An empty batch for these kernels. */
    public TokenBatch(Kernels kernels) {
        this.kernels = kernels;
        layout = new PanelLayout(kernels);
        classLayout = new PanelLayout(kernels);
    }

    /** Forgets all images. */
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
     * @param patchValues {@code [patch][patchLength]}
     */
    public void append(int prefixTokens, int[] patchPositions, float[] patchValues) {
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

    /** To be called after the last image. */
    public void complete() {
        classLayout.append(images);
    }

    /** Number of images. */
    public int images() {
        return images;
    }

    /** Tokens of the longest image. */
    public int mostTokens() {
        return mostTokens;
    }

    /** Tokens of an image, its prefix included. */
    public int tokens(int image) {
        return tokens[image];
    }

    /** Where an image's panels begin. */
    @Override
    public int firstPanel(int image) {
        return firstPanel[image];
    }

    /** Rows that an image's panels have room for, a multiple of P. */
    @Override
    public int paddedTokens(int image) {
        return Math.ceilDiv(tokens[image], kernels.panel()) * kernels.panel();
    }

    /** The image a panel belongs to. */
    @Override
    public int imageOf(int panel) {
        return panelImage[panel];
    }

    /** The panels of all tokens. */
    @Override
    public PanelLayout layout() {
        return layout;
    }

    /** Panels with one token an image: its class token. */
    public PanelLayout classLayout() {
        return classLayout;
    }

    int[] positions(int image) {
        return positions[image];
    }

    float[] patches(int image) {
        return patches[image];
    }
}
