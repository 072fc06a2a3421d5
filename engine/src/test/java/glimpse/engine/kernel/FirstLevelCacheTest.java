package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says of the first-level cache, and the steps that follow from it. */
class FirstLevelCacheTest {
    private static final int ASSUMED = 40 << 10;

    @TempDir
    Path caches;

    @Test
    void readsTheDataCacheOfTheFirstLevel() throws IOException {
        write(0, "1", "Instruction", "64K");
        write(1, "2", "Unified", "1024K");
        write(2, "1", "Data", "32K");
        assertThat(FirstLevelCache.bytes(caches)).isEqualTo(32 << 10);
    }

    @Test
    void assumesACacheThatHoldsABlockWhereNobodySays() throws IOException {
        assertThat(FirstLevelCache.bytes(caches)).isEqualTo(ASSUMED);
        assertThat(FirstLevelCache.bytes(caches.resolve("nowhere"))).isEqualTo(ASSUMED);
        write(0, "1", "Data", "much");
        assertThat(FirstLevelCache.bytes(caches)).isEqualTo(ASSUMED);
        Files.delete(caches.resolve("index0/size"));
        assertThat(FirstLevelCache.bytes(caches)).isEqualTo(ASSUMED);
    }

    @Test
    void takesShortBlocksWhereTheCacheHoldsThem() {
        assertThat(FirstLevelCache.block(32 << 10)).isEqualTo(384);
        assertThat(FirstLevelCache.block(48 << 10)).isEqualTo(192);
        assertThat(FirstLevelCache.block(ASSUMED)).isEqualTo(192);
    }

    private void write(int index, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectory(caches.resolve("index" + index));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }
}
