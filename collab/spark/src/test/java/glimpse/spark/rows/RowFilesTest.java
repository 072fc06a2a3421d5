package glimpse.spark.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResultFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as tasks commit them and as the driver takes them. */
class RowFilesTest {
    private static final EvaluationPlan PLAN =
            EvaluationPlan.of(List.of(SelectionPolicy.WHOLE), List.of(PayloadCodec.raw()), List.of(), true);

    private static ImageResultFormat format;

    @TempDir
    Path folder;

    private RowFiles files;
    private final List<Integer> taken = new ArrayList<>();

    @BeforeAll
    static void makeFormat(@TempDir Path models) throws IOException {
        try (Workers workers = Workers.of(1)) {
            format = ImageResultFormat.of(PLAN, TinyModel.load(models, TinyModel.RGB, 1, workers));
        }
    }

    @BeforeEach
    void open() throws IOException {
        files = RowFiles.of(folder.resolve("rows").toString(), new Configuration(false));
    }

    @Test
    void aRangeIsCommittedOnceAndNothingElseIsLeft() throws IOException {
        files.commit(new IndexRange(3, 2), rows(3, 2));
        files.commit(new IndexRange(3, 2), rows(3, 2)); // another attempt
        assertThat(files.find()).containsExactly(new IndexRange(3, 2));
        assertThat(files.read(new IndexRange(3, 2))).contains(rows(3, 2));
        try (Stream<Path> all = Files.list(folder.resolve("rows"))) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void aFolderThatDoesNotExistHasNoRows() throws IOException {
        assertThat(files.find()).isEmpty();
        assertThat(files.has(new IndexRange(0, 1))).isFalse();
        assertThat(files.read(new IndexRange(0, 1))).isEmpty();
    }

    @Test
    void rowsOfAnEarlierDriverAreNotComputedAgain() throws Exception {
        files.commit(new IndexRange(2, 3), rows(2, 3));
        RowMerge merge = merge(IntStream.range(0, 8).toArray());
        assertThat(merge.lacking()).containsExactly(0, 1, 5, 6, 7);
        files.commit(new IndexRange(0, 2), rows(0, 2));
        files.commit(new IndexRange(5, 3), rows(5, 3));
        merge.finish(
                List.of(new IndexRange(0, 2), new IndexRange(5, 3)), Optional.of(CompletableFuture.completedFuture(1)));
        assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void overlappingRangesOfTwoDriversGiveEachRowOnce() throws Exception {
        files.commit(new IndexRange(0, 4), rows(0, 4));
        files.commit(new IndexRange(2, 4), rows(2, 4));
        merge(new int[] {0, 1, 3, 4, 5}).finish(List.of(), Optional.empty());
        assertThat(taken).containsExactly(0, 1, 3, 4, 5);
    }

    @Test
    void aDamagedFileIsDeletedAndItsImagesAreComputedAgain() throws IOException {
        files.commit(new IndexRange(0, 2), rows(0, 2).substring(0, 20));
        files.commit(new IndexRange(2, 2), rows(3, 2));
        files.commit(new IndexRange(4, 3), rows(4, 2));
        assertThat(merge(new int[] {0, 1, 2, 3, 4, 5, 6}).lacking()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(files.find()).isEmpty();
    }

    @Test
    void rowsThatATaskWroteElsewhereAreMissed() throws IOException {
        RowMerge merge = merge(new int[] {0});
        assertThatThrownBy(() ->
                        merge.finish(List.of(new IndexRange(0, 1)), Optional.of(CompletableFuture.completedFuture(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rows-0000000000-1.csv")
                .hasMessageContaining("--out must be a folder that the driver and all executors share");
    }

    @Test
    void aFailedJobSaysWhatTheTaskSaid() throws IOException {
        RowMerge merge = merge(new int[] {0});
        CompletableFuture<Integer> job = CompletableFuture.failedFuture(
                new IllegalStateException("Job aborted: java.io.IOException: x.jpg: gone\n\tat some.Class"));
        assertThatThrownBy(() -> merge.finish(List.of(new IndexRange(0, 1)), Optional.of(job)))
                .isInstanceOf(IOException.class)
                .hasMessage("the Spark job failed: Job aborted: java.io.IOException: x.jpg: gone");
    }

    private RowMerge merge(int[] missing) throws IOException {
        return new RowMerge(files, format, missing, rows -> rows.forEach(row -> taken.add(row.index())));
    }

    private static String rows(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(index -> format.line(new ImageResult.Failed(index, "image, " + index, 1, "broken")))
                .collect(Collectors.joining());
    }
}
