package glimpse.engine.gemm;

import glimpse.engine.kernel.KernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The KC that suits the L1 data cache. 192 steps of k take 30 KB in a panel of 32 tokens and a tile; where L1 has room
 * for more, that makes a product 5 to 7 % faster than longer blocks. Where it would fill the cache, the panel comes
 * from L2 anyway, and longer blocks start the kernel less often, which is worth 1 to 2 % of a pass. Panels of six
 * vectors are read once for every two or four rows of a tile, and so have to stay in L1: 18 KB.
 */
final class L1Cache {
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final int ENOUGH_BYTES = 40 << 10;
    private static final int SIX_VECTORS = 24; // divides the panels of six vectors: 24 or 48 tokens
    private static final int SIX_VECTORS_FLOATS = 4608;

    /** KC: steps of k in a block of weights. A constant, so that the compiler can fold it. */
    static final int KC = kc(bytes(CACHES), KernelProvider.kernels().panel());

    private L1Cache() {}

    /** Returns the KC for an L1 data cache of this size and panels of this many tokens. */
    static int kc(int bytes, int panel) {
        if (panel % SIX_VECTORS == 0) {
            return SIX_VECTORS_FLOATS / panel;
        }
        return bytes >= ENOUGH_BYTES ? 192 : 384;
    }

    /**
     * Returns the size of the L1 data cache as Linux describes it in a folder; {@link #ENOUGH_BYTES} where it is
     * unknown.
     */
    static int bytes(Path caches) {
        try {
            for (int index = 0; Files.exists(caches.resolve("index" + index)); index++) {
                Path cache = caches.resolve("index" + index);
                if (read(cache, "level").equals("1") && !read(cache, "type").equals("Instruction")) {
                    String size = read(cache, "size");
                    return size.endsWith("K") ? Integer.parseInt(size.replace("K", "")) << 10 : Integer.parseInt(size);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return ENOUGH_BYTES;
        }
        return ENOUGH_BYTES;
    }

    private static String read(Path cache, String file) throws IOException {
        return Files.readString(cache.resolve(file)).strip();
    }
}
