package glimpse.page.picture;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.Workers;
import glimpse.page.model.OwnEdgePass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCacheTest {
    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final PictureCache cache = new PictureCache(2, Duration.ofNanos(100), nanos::get);

    private ExaminedPicture picture() throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            byte[] file = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 1));
            return new Examiner().examine(edge, new OwnEdgePass(edge, AttentionScore.mean()), file);
        }
    }

    @Test
    void aFullCacheDropsWhatWasAskedForLongestAgo() throws IOException {
        ExaminedPicture picture = picture();
        String first = cache.add(picture);
        String second = cache.add(picture);
        assertThat(cache.find(first)).containsSame(picture);
        cache.add(picture);
        assertThat(cache.find(first)).isPresent();
        assertThat(cache.find(second)).isEmpty();
    }

    @Test
    void aPictureGoesAfterItsTime() throws IOException {
        String token = cache.add(picture());
        nanos.set(100);
        assertThat(cache.find(token)).isPresent();
        nanos.set(101);
        assertThat(cache.find(token)).isEmpty();
    }
}
