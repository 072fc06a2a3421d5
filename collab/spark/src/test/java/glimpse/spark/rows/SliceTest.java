package glimpse.spark.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.ClassLabels;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    private Dataset images;

    @BeforeEach
    void open() throws IOException {
        TestImages.folder(folder, LABELS, 10);
        images = ImageFolder.ofClassFolders(folder, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    @Test
    void slicesAreConsecutiveImages() {
        int[] indices = {0, 1, 2, 5, 6, 9};
        assertThat(ranges(Slice.of(images, indices, 1, 2)))
                .containsExactly(
                        new IndexRange(0, 2), new IndexRange(2, 1), new IndexRange(5, 2), new IndexRange(9, 1));
    }

    @Test
    void everyCoreGetsSeveralSlicesOfFewImages() {
        assertThat(sizes(10, 2)).containsExactly(3, 3, 3, 1);
        assertThat(Slice.of(images, new int[0], 2, 0)).isEmpty();
    }

    @Test
    void slicesGetSmallerTowardsTheEnd() {
        List<Integer> sizes = sizes(1000, 2);
        assertThat(sizes).startsWith(128, 128, 128, 128, 122, 92).endsWith(9, 8, 8, 8, 2);
        assertThat(sizes.subList(0, sizes.size() - 1)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    }

    @Test
    void thereAreAtMostTwentyThousandSlices() {
        assertThat(sizes(3_000_000, 10_000)).hasSizeLessThanOrEqualTo(20_000);
        assertThat(sizes(1_000_000, 10_000)).hasSizeLessThanOrEqualTo(20_000);
    }

    @Test
    void aTaskFindsItsImages() throws IOException {
        StoredImage image =
                Slice.of(images, new int[] {4}, 1, 0).getFirst().images().getFirst();
        assertThat(image.name()).isEqualTo(images.name(4));
        assertThat(image.label()).isEqualTo(images.label(4));
        assertThat(image.file(new Configuration(false)).content())
                .isEqualTo(Files.readAllBytes(folder.resolve(image.name())));
    }

    @Test
    void anImageThatCannotBeReadFailsTheTaskBeforeItsLastAttempt() throws IOException {
        Slice slice = Slice.of(images, new int[] {0, 1}, 1, 0).getFirst();
        Files.delete(folder.resolve(images.name(0)));
        Configuration configuration = new Configuration(false);
        assertThatThrownBy(() -> FetchedImages.of(slice.images(), configuration, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(images.name(0) + " can't be read");
        Dataset last = FetchedImages.of(slice.images(), configuration, true);
        assertThatThrownBy(() -> last.read(0)).isInstanceOf(IOException.class);
    }

    /** Returns the sizes of the slices of a data set that isn't made of files. */
    private static List<Integer> sizes(int images, int cores) {
        return Slice.of(new WithoutFiles(images), IntStream.range(0, images).toArray(), cores, 0).stream()
                .map(slice -> slice.range().count())
                .toList();
    }

    private record WithoutFiles(int size) implements Dataset {
        @Override
        public String name(int index) {
            return "" + index;
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
        public RgbImage read(int index) throws IOException {
            throw new IOException(index + " isn't read");
        }
    }

    private static List<IndexRange> ranges(List<Slice> slices) {
        return slices.stream().map(Slice::range).toList();
    }
}
