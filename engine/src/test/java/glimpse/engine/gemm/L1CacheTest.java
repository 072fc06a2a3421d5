package glimpse.engine.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the L1 data cache size from Linux, and the KC that follows from it. */
class L1CacheTest {
    private static final int ASSUMED = 40 << 10;

    @TempDir
    Path caches;

    @Test
    void readsTheSizeOfTheL1DataCache() throws IOException {
        write(0, "1", "Instruction", "64K");
        write(1, "2", "Unified", "1024K");
        write(2, "1", "Data", "32K");
        assertThat(L1Cache.bytes(caches)).isEqualTo(32 << 10);
    }

    @Test
    void assumesACacheThatHoldsABlockWhereTheSizeIsUnknown() throws IOException {
        assertThat(L1Cache.bytes(caches)).isEqualTo(ASSUMED);
        assertThat(L1Cache.bytes(caches.resolve("nowhere"))).isEqualTo(ASSUMED);
        write(0, "1", "Data", "much");
        assertThat(L1Cache.bytes(caches)).isEqualTo(ASSUMED);
        Files.delete(caches.resolve("index0/size"));
        assertThat(L1Cache.bytes(caches)).isEqualTo(ASSUMED);
    }

    @Test
    void choosesShortBlocksWhereTheCacheHoldsThem() {
        assertThat(L1Cache.kc(32 << 10, 32)).isEqualTo(384);
        assertThat(L1Cache.kc(48 << 10, 32)).isEqualTo(192);
        assertThat(L1Cache.kc(ASSUMED, 32)).isEqualTo(192);
    }

    @Test
    void keepsPanelsOfSixVectorsInAnyCache() {
        assertThat(L1Cache.kc(32 << 10, 48)).isEqualTo(96);
        assertThat(L1Cache.kc(48 << 10, 48)).isEqualTo(96);
        assertThat(L1Cache.kc(32 << 10, 24)).isEqualTo(192);
    }

    private void write(int index, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectory(caches.resolve("index" + index));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }
}
