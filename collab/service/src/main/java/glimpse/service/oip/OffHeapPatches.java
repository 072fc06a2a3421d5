package glimpse.service.oip;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import glimpse.collab.node.ModelInput;
import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * All normalised patches of an image, outside the heap. What waits for a model outlives several collections of the
 * young generation, and the serial collector would copy it into the old one, which it then has to collect over and
 * over. Thread-safe.
 */
final class OffHeapPatches implements ModelInput {
    private final VitConfig config;
    private final Arena arena = Arena.ofShared(); // freed by another thread than the one that fills it
    private final MemorySegment values; // [patches][patchLength]

    /**
     * Copies patches.
     *
     * @param values {@code [patches][patchLength]}, all patches of an image
     */
    OffHeapPatches(VitConfig config, float[] values) {
        this.config = config;
        this.values = arena.allocate(JAVA_FLOAT, values.length);
        this.values.copyFrom(MemorySegment.ofArray(values));
    }

    @Override
    public int patches() {
        return config.patches();
    }

    @Override
    public PatchSequence sequence() {
        int[] positions = new int[config.patches()];
        Arrays.setAll(positions, i -> i);
        FloatBuffer content =
                values.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        return PatchSequence.of(config.grid(), config.patchLength(), positions, content);
    }

    @Override
    public synchronized void release() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
