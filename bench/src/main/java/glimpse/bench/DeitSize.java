package glimpse.bench;

import glimpse.engine.VitConfig;

/** The three DeiT models of arXiv 2012.12877: 224 x 224 images, 16 x 16 patches, 12 blocks, heads of width 64. */
public enum DeitSize {
    /** DeiT-Tiny: 5.7 M parameters. */
    TINY(192),
    /** DeiT-Small: 22 M parameters. */
    SMALL(384),
    /** DeiT-Base: 86 M parameters. */
    BASE(768);

    private final int width;

    DeitSize(int width) {
        this.width = width;
    }

    /** Returns the model's architecture. */
    public VitConfig config() {
        return new VitConfig(224, 16, 3, width, 12, width / 64, 4 * width, 1, 1000, true, 1e-6f);
    }
}
