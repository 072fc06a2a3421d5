package glimpse.engine.image;

import java.awt.geom.Rectangle2D;

/**
 * How an image of any size becomes the square that a model sees. The names are timm's: {@code crop_mode} is which of
 * these it is, {@code crop_pct} the square's side as a fraction of the resized image's. Immutable.
 */
public sealed interface Framing {
    /** Returns the side of the square in pixels. */
    int size();

    /**
     * Returns the part of an image that becomes the square, in the image's own pixels (and fractions of them). It
     * reaches beyond the image where the square is padded with black.
     *
     * @param width of the image in pixels
     * @param height of the image in pixels
     * @throws IllegalArgumentException if the image is too long and thin to be resized
     */
    Rectangle2D window(int width, int height);

    /**
     * Resizes and crops as timm's crop mode {@code center}: the shorter side becomes {@code resize} pixels, the longer
     * one follows in proportion and is truncated to an integer; the central square is cut out. An offset of half a
     * pixel is rounded to even. Where the square is larger than the resized image, black pads the rest evenly, the odd
     * pixel being at the right or bottom. The result equals that of torchvision's Resize and CenterCrop, which timm
     * uses.
     *
     * @param resize length of the shorter side in pixels, 1..16384
     * @param size side of the square in pixels, 1..16384
     * @param interpolation the filter
     */
    record Center(int resize, int size, Interpolation interpolation) implements Framing {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public Center {
            requireSide("resize", resize);
            requireSide("size", size);
        }

        /** Returns the framing for a timm {@code crop_pct}: the shorter side becomes floor(size / cropPct). */
        public static Center ofCropPct(double cropPct, int size, Interpolation interpolation) {
            return new Center(resizeFor(cropPct, size), size, interpolation);
        }

        @Override
        public Rectangle2D window(int width, int height) {
            return CentralCrop.window(width, height, this);
        }
    }

    /**
     * Resizes and crops as timm's crop mode {@code squash}: both sides become {@code resize} pixels, whatever the
     * image's proportions, and the central square is cut out. transformers does the same when given a height and a
     * width.
     *
     * @param resize length of both sides in pixels, {@code size}..16384
     * @param size side of the square in pixels, 1..16384
     * @param interpolation the filter
     */
    record Squash(int resize, int size, Interpolation interpolation) implements Framing {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public Squash {
            requireSide("resize", resize);
            requireSide("size", size);
            if (resize < size) {
                throw new IllegalArgumentException("resize is " + resize + ", expected at least the size " + size);
            }
        }

        /** Returns the framing for a timm {@code crop_pct}: both sides become floor(size / cropPct). */
        public static Squash ofCropPct(double cropPct, int size, Interpolation interpolation) {
            return new Squash(resizeFor(cropPct, size), size, interpolation);
        }

        @Override
        public Rectangle2D window(int width, int height) {
            return CentralCrop.window(width, height, this);
        }
    }

    /**
     * Takes images as they are; they must already have the size.
     *
     * @param size side of the square in pixels, 1..16384
     */
    record AsIs(int size) implements Framing {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the size is out of range
         */
        public AsIs {
            requireSide("size", size);
        }

        @Override
        public Rectangle2D window(int width, int height) {
            return new Rectangle2D.Double(0, 0, width, height);
        }
    }

    private static int resizeFor(double cropPct, int size) {
        if (!(cropPct > 0 && cropPct <= 1)) {
            throw new IllegalArgumentException("crop_pct is " + cropPct + ", expected above 0 and at most 1");
        }
        return (int) Math.floor(size / cropPct);
    }

    private static void requireSide(String name, int value) {
        if (value < 1 || value > 16384) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1..16384");
        }
    }
}
