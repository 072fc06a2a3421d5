package glimpse.engine.image;

/** How an image of any size becomes the square that the model sees. Immutable. */
public sealed interface Framing {
    /** Side of the square in pixels. */
    int size();

    /**
     * Where the square comes from.
     *
     * @param width of an image
     * @param height of an image
     */
    SourceWindow window(int width, int height);

    /**
     * Resizes so that the shorter side has {@code resize} pixels, the longer one in proportion and truncated to an
     * integer, and cuts out the central square. An offset of half a pixel is rounded to even. Where the square is larger
     * than the resized image, black fills the rest, evenly, the odd pixel at the right or bottom. All of this as
     * torchvision's Resize and CenterCrop, which timm uses.
     *
     * @param resize pixels of the shorter side, 1..16384
     * @param size side of the square in pixels, 1..16384
     * @param interpolation the filter
     */
    record ResizeAndCrop(int resize, int size, Interpolation interpolation) implements Framing {
        /** Checks the ranges. */
        public ResizeAndCrop {
            requireSide("resize", resize);
            requireSide("size", size);
        }

        @Override
        public SourceWindow window(int width, int height) {
            return CentreCrop.window(width, height, this);
        }
    }

    /**
     * Resizes both sides to {@code resize} pixels, whatever the image's proportions, and cuts out the central square: timm's
     * crop mode "squash", and what transformers does with a height and a width.
     *
     * @param resize pixels of either side, {@code size}..16384
     * @param size side of the square in pixels, 1..16384
     * @param interpolation the filter
     */
    record StretchAndCrop(int resize, int size, Interpolation interpolation) implements Framing {
        /** Checks the ranges. */
        public StretchAndCrop {
            requireSide("resize", resize);
            requireSide("size", size);
            if (resize < size) {
                throw new IllegalArgumentException("resize is " + resize + ", expected at least the size " + size);
            }
        }

        @Override
        public SourceWindow window(int width, int height) {
            return CentreCrop.window(width, height, this);
        }
    }

    /**
     * Takes the image as it is; one of another size is refused.
     *
     * @param size side of the square in pixels, 1..16384
     */
    record AsIs(int size) implements Framing {
        /** Checks the range. */
        public AsIs {
            requireSide("size", size);
        }

        @Override
        public SourceWindow window(int width, int height) {
            return new SourceWindow(0, 0, width, height);
        }
    }

    private static void requireSide(String name, int value) {
        if (value < 1 || value > 16384) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1..16384");
        }
    }
}
