package glimpse.engine.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the first-level data cache decides: how many steps of k go by together. 192 steps of the widest panel and of a tile
 * take 30 KB; where that leaves room it pays, 5 to 7 % of a product. Where it would fill the cache, the panel comes from
 * the second level anyway, and longer blocks begin a kernel less often, which is worth 1 to 2 % of a pass.
 */
final class FirstLevelCache {
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final int ENOUGH_BYTES = 40 << 10;

    /** Steps of k in a block of weights. A constant, so that the compiler sees through it. */
    static final int BLOCK = block(bytes(CACHES));

    private FirstLevelCache() {}

    /** The steps for a cache of a size. */
    static int block(int bytes) {
        return bytes >= ENOUGH_BYTES ? 192 : 384;
    }

    /** A core's cache as Linux describes it in a folder; {@link #ENOUGH_BYTES} where nobody says. */
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
