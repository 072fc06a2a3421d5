package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePrefetcherTest {
    @TempDir
    Path folder;

    @Test
    void anImageThatExhaustsMemoryFailsAlone() throws Exception {
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            try (ImagePrefetcher prefetcher =
                    new ImagePrefetcher(new SecondExhaustsMemory(), model, 3, new int[] {0, 1, 2})) {
                List<Decoded> batch = prefetcher.next();
                assertThat(batch.get(0)).isInstanceOf(Decoded.Patches.class);
                assertThat(batch.get(1)).isEqualTo(new Decoded.Failure(1, "not enough memory to decode it"));
                assertThat(batch.get(2)).isInstanceOf(Decoded.Patches.class);
            }
        }
    }

    /** Three images, of which the second can't be decoded in any memory. */
    private static final class SecondExhaustsMemory implements Dataset {
        @Override
        public int size() {
            return 3;
        }

        @Override
        public String name(int index) {
            return "image" + index;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public OptionalLong fileBytes(int index) {
            return OptionalLong.empty();
        }

        @Override
        public RgbImage read(int index) {
            if (index == 1) {
                throw new OutOfMemoryError("on purpose");
            }
            return TestImages.random(index, 24, 24);
        }
    }
}
