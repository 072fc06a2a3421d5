package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import glimpse.evaluation.data.AlteredImages;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.RandomImages;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImagePrefetcherTest {
    @TempDir
    Path folder;

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("on purpose"), "not enough memory to decode it"),
                Arguments.of(new StackOverflowError(), "can't be decoded: java.lang.StackOverflowError"),
                Arguments.of(new InternalError("unsafe"), "can't be decoded: java.lang.InternalError: unsafe"),
                Arguments.of(
                        new ExceptionInInitializerError("library"),
                        "can't be decoded: java.lang.ExceptionInInitializerError: library"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anImageWithAnErrorFailsAlone(Error error, String reason) throws Exception {
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            try (ImagePrefetcher prefetcher =
                    new ImagePrefetcher(secondThrows(error), List.of(model.preprocessing()), 3, new int[] {0, 1, 2})) {
                List<Decoded> batch = prefetcher.next().getFirst();
                assertThat(batch.get(0)).isInstanceOf(Decoded.Patches.class);
                assertThat(batch.get(1)).isEqualTo(new Decoded.Failure(1, reason));
                assertThat(batch.get(2)).isInstanceOf(Decoded.Patches.class);
            }
        }
    }

    /** Returns three images, of which the second throws an error when it is read. */
    private static Dataset secondThrows(Error error) {
        Dataset all = new RandomImages(3, 24);
        return AlteredImages.reading(all, index -> {
            if (index == 1) {
                throw error;
            }
            return all.read(index);
        });
    }
}
