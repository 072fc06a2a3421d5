package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSubsetTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    private Dataset all;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(LABELS), 3);
        all = ImageSource.open(TestImages.folder(folder, LABELS, 12), Optional.empty(), Optional.empty(), classes);
    }

    @Test
    void imagesOfAllClassesAreAmongThem() throws IOException {
        Dataset three = ImageSubset.spread(all, 3);
        assertThat(IntStream.range(0, 3).map(three::label)).containsExactly(0, 1, 2);
        assertThat(three.name(1)).isEqualTo(all.name(6));
        assertThat(three.fileBytes(1)).isEqualTo(all.fileBytes(6));
        assertThat(three.read(1).width()).isEqualTo(all.read(6).width());
    }

    @Test
    void asManyAsThereAreAreAllOfThem() {
        Dataset twelve = ImageSubset.spread(all, 12);
        assertThat(IntStream.range(0, 12).mapToObj(twelve::name))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(all::name).toList());
        assertThatThrownBy(() -> ImageSubset.spread(all, 13)).hasMessage("size is 13, expected 1..12");
        assertThatThrownBy(() -> twelve.name(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRangeLiesWithinTheDataSet() {
        Dataset range = ImageSubset.range(all, 3, 4);
        assertThat(IntStream.range(0, 4).mapToObj(range::name))
                .containsExactly(all.name(3), all.name(4), all.name(5), all.name(6));
        assertThat(range.file(1)).isEqualTo(all.file(4));
        assertThatThrownBy(() -> ImageSubset.range(all, 9, 4))
                .hasMessage("the range is 4 images from index 9, expected 1 or more of 12");
        assertThatThrownBy(() -> range.label(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bothPartsOfADivisionAreInOrderAndTogetherTheWhole() {
        List<ImageSubset> parts = ImageSubset.divide(all, 5, 1);
        List<String> names = parts.stream()
                .map(part ->
                        IntStream.range(0, part.size()).mapToObj(part::name).toList())
                .peek(part -> assertThat(part).isSorted())
                .flatMap(List::stream)
                .toList();
        assertThat(parts.getFirst().size()).isEqualTo(5);
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(all::name).toList());
        assertThatThrownBy(() -> ImageSubset.divide(all, 12, 1))
                .hasMessage("the first part has 12 of 12 images, expected two that aren't empty");
    }
}
