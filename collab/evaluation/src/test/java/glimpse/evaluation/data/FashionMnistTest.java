package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FashionMnistTest {
    @Test
    void thereAreAThousandTestImagesOfEachOfTenClasses() throws IOException {
        Dataset images = FashionMnist.testImages(10);
        assertThat(images.size()).isEqualTo(10_000);
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertThat(IntStream.range(0, images.size()).filter(i -> images.label(i) == wanted))
                    .hasSize(1000);
        }
        assertThat(images.read(0).width()).isEqualTo(28);
        assertThat(images.label(0)).isEqualTo(9); // the first test image is an ankle boot
    }

    @Test
    void anImageIsFoundByItsName() throws IOException {
        RgbImage image = FashionMnist.testImages(10).read(42);
        assertThat(FashionMnist.image("fashion-mnist/42").orElseThrow().samples())
                .isEqualTo(image.samples());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-mnist", "fashion-mnist/", "fashion-mnist/10000", "fashion-mnist/-1", "dog.jpg"})
    void otherNamesAreNotItsParts(String name) throws IOException {
        assertThat(FashionMnist.model(name)).isEmpty();
        assertThat(FashionMnist.image(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 11, 1000})
    void aModelWithAnotherNumberOfClassesIsRefused(int classes) {
        assertThatThrownBy(() -> FashionMnist.testImages(classes))
                .isInstanceOf(DatasetException.class)
                .hasMessage("fashion-mnist has 10 classes, but the model has " + classes);
    }
}
