package glimpse.service.model;

import glimpse.collab.node.ModelInput;
import glimpse.engine.PatchSequence;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * Patches in 8 bits that wait for a model outside the heap: inside, each collection of the young generation would copy
 * those of all requests that wait, and with hundreds they don't fit the survivor spaces and become old. Thread-safe.
 */
final class OffHeapPixels implements ModelInput {
    private final Preprocessing preprocessing;
    private final int[] positions;
    private final ByteBuf pixels; // [patches][patchSize][patchSize][channels]
    private boolean released;

    OffHeapPixels(PixelPatches patches, Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.positions = patches.positions();
        int bytes = patches.patches() * patches.patchBytes();
        this.pixels = UnpooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
        pixels.writeBytes(patches.asBuffer());
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
    public synchronized PatchSequence sequence() {
        if (released) {
            throw new IllegalStateException("the patches have been released");
        }
        return preprocessing.normalise(positions, pixels.nioBuffer());
    }

    @Override
    public synchronized void release() {
        if (!released) {
            released = true;
            pixels.release();
        }
    }
}
