package glimpse.collab.node;

import glimpse.engine.PatchSequence;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import java.util.Objects;

/** The patches of an image that waits for a model. Immutable until it is released. */
public interface ModelInput {
    /** Returns the number of patches, 0 or more. */
    int patches();

    /** Returns the patches as the model takes them. */
    PatchSequence sequence();

    /**
     * Frees memory that the heap's collector doesn't; {@link #sequence} mustn't be called afterwards. May be called
     * again.
     */
    default void release() {}

    /** Returns an input of patches in 8 bits. */
    static ModelInput of(PixelPatches pixels, Preprocessing preprocessing) {
        return new Pixels(pixels, preprocessing);
    }

    /** Returns an input of normalised patches. */
    static ModelInput of(PatchSequence sequence) {
        return new Normalised(sequence);
    }

    /**
     * Patches in 8 bits, which take a quarter of the memory of normalised values.
     *
     * @param preprocessing the model's, with as many channels
     */
    record Pixels(PixelPatches pixels, Preprocessing preprocessing) implements ModelInput {
        /** Checks that nothing is null. */
        public Pixels {
            Objects.requireNonNull(pixels, "pixels");
            Objects.requireNonNull(preprocessing, "preprocessing");
        }

        @Override
        public int patches() {
            return pixels.patches();
        }

        @Override
        public PatchSequence sequence() {
            return preprocessing.normalise(pixels);
        }
    }

    /** Patches that came normalised. */
    record Normalised(PatchSequence sequence) implements ModelInput {
        /** Checks that nothing is null. */
        public Normalised {
            Objects.requireNonNull(sequence, "sequence");
        }

        @Override
        public int patches() {
            return sequence.patches();
        }
    }
}
