package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** When a session gives its memory back. */
@Isolated("measures the heap, which all tests share")
class SessionMemoryTest {
    @Test
    void trimAndCloseGiveTheBuffersBack(@TempDir Path folder) throws IOException {
        GoldenModel golden = GoldenModel.read("head64", folder);
        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            PatchSequence all = golden.input("all", model.config());
            List<PatchSequence> batch = Collections.nCopies(400, all);
            Session session = model.newSession();
            session.forward(batch, Capture.allLayers());
            long held = usedBytes();
            session.trim();
            long trimmed = usedBytes();
            session.forward(batch, Capture.allLayers());
            session.close();
            long closed = usedBytes();
            long captured = 400L * (all.patches() + 1) * (all.patches() + 1) * Float.BYTES;
            long activations = 8L * 400 * (all.patches() + 1) * model.config().width() * Float.BYTES;
            assertThat(held - trimmed).isGreaterThan(captured + activations);
            assertThat(held - closed).isGreaterThan(captured + activations);
        }
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
