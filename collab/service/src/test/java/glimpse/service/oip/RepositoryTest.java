package glimpse.service.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.Workers;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.model.ModelFile;
import glimpse.service.model.ModelStore;
import glimpse.service.queue.InferenceQueue;
import glimpse.service.queue.QueueLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    Path folder;

    private final List<Runnable> tasks = new ArrayList<>();
    private final Workers workers = Workers.of(1);
    private final ServerMetrics metrics = new ServerMetrics();
    private final InferenceQueue queue =
            new InferenceQueue(1, new QueueLimits(100, 10, Duration.ofSeconds(1)), metrics, line -> {});

    @AfterEach
    void close() {
        queue.close();
        metrics.close();
        workers.close();
    }

    @Test
    void loadingKeepsNoCallersThread() throws OipException {
        CompletableFuture<Void> loaded = repository(true).load("gone");
        assertThat(loaded).isNotDone();

        tasks.removeFirst().run();

        assertThat(loaded)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(OipException.class)
                .withMessageContaining("model 'gone' can't be loaded")
                .withMessageContaining("gone.safetensors");
    }

    @Test
    void unloadingComesAfterALoadThatHasBegun() throws OipException {
        Repository repository = repository(true);
        CompletableFuture<Void> loaded = repository.load("gone");
        CompletableFuture<Void> unloaded = repository.unload("gone");

        tasks.forEach(Runnable::run);

        assertThat(loaded).isCompletedExceptionally();
        assertThat(unloaded).isCompleted();
    }

    @Test
    void withoutControlNothingIsStarted() {
        assertThatExceptionOfType(OipException.class)
                .isThrownBy(() -> repository(false).load("gone"))
                .withMessageContaining("may not load");
        assertThat(tasks).isEmpty();
    }

    private Repository repository(boolean control) {
        ModelFile missing = ModelFile.of(folder.resolve("gone.safetensors"));
        return new Repository(
                new ModelStore(List.of(missing), workers, queue), metrics.statistics(), control, tasks::add);
    }
}
