package glimpse.service.model;

import glimpse.collab.node.ModelInput;
import glimpse.engine.PatchSequence;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Patches in 8 bits that wait for a model outside the heap: inside, each collection of the young generation would copy
 * those of all requests that wait, and with hundreds they don't fit the survivor spaces and become old. Thread-safe.
 */
final class OffHeapPixels implements ModelInput {
    private final Preprocessing preprocessing;
    private final int[] positions;
    private final Arena arena = Arena.ofShared(); // freed by another thread than the one that fills it
    private final MemorySegment pixels; // [patches][patchSize][patchSize][channels]

    OffHeapPixels(PixelPatches patches, Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.positions = patches.positions();
        MemorySegment content = MemorySegment.ofBuffer(patches.asBuffer());
        this.pixels = arena.allocate(content.byteSize());
        pixels.copyFrom(content);
    }

    /** Moves an input's pixels out of the heap; any other input stays as it is. */
    static ModelInput of(ModelInput input) {
        return input instanceof ModelInput.Pixels(PixelPatches patches, Preprocessing preprocessing)
                ? new OffHeapPixels(patches, preprocessing)
                : input;
    }

    @Override
    public int patches() {
        return positions.length;
    }

    @Override
    public PatchSequence sequence() {
        return preprocessing.normalise(positions, pixels.asByteBuffer());
    }

    @Override
    public synchronized void release() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
