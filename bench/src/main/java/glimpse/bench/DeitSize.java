package glimpse.bench;

import glimpse.engine.VitConfig;

/** The three DeiT models of arXiv 2012.12877: patches of 16 in an image of 224, 12 blocks, heads of 64. */
public enum DeitSize {
    /** 5.7 M parameters. */
    TINY(192),
    /** 22 M parameters. */
    SMALL(384),
    /** 86 M parameters. */
    BASE(768);

    private final int width;

    DeitSize(int width) {
        this.width = width;
    }

    /** The architecture. */
    public VitConfig config() {
        return new VitConfig(224, 16, 3, width, 12, width / 64, 4 * width, 1, 1000, true, 1e-6f);
    }
}
