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

class SpreadImagesTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    private Dataset all;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        ClassIndex classes = ClassIndex.of(ClassLabels.ofLines(LABELS), 3);
        all = ImageSource.open(TestImages.folder(folder, LABELS, 12), Optional.empty(), Optional.empty(), classes);
    }

    @Test
    void imagesOfAllClassesAreAmongThem() throws IOException {
        Dataset three = new SpreadImages(all, 3);
        assertThat(IntStream.range(0, 3).map(three::label)).containsExactly(0, 1, 2);
        assertThat(three.name(1)).isEqualTo(all.name(6));
        assertThat(three.fileBytes(1)).isEqualTo(all.fileBytes(6));
        assertThat(three.read(1).width()).isEqualTo(all.read(6).width());
    }

    @Test
    void asManyAsThereAreAreAllOfThem() {
        Dataset twelve = new SpreadImages(all, 12);
        assertThat(IntStream.range(0, 12).mapToObj(twelve::name))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(all::name).toList());
        assertThatThrownBy(() -> new SpreadImages(all, 13)).hasMessage("size is 13, expected 1..12");
        assertThatThrownBy(() -> twelve.name(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
