package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that predicts among some of its model's classes. */
class ValidClassesTest {
    @TempDir
    Path folder;

    @Test
    void edgeAndServerPredictAmongThemAlone() throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            Classifier some = model.among(List.of(2, 0, 2));
            PixelPatches image = model.patches(TestImages.random(1, 24, 24));
            EdgeRunner runner = new EdgeRunner(model, Set.of(SelectionPolicy.WHOLE.score()));
            EdgeResult whole = runner.classify(List.of(image)).getFirst();
            Prediction expected = whole.prediction().among(List.of(0, 2));

            assertThat(new EdgeRunner(some, Set.of())
                            .classify(List.of(image))
                            .getFirst()
                            .prediction()
                            .top(5))
                    .isEqualTo(expected.top(5))
                    .hasSize(2);
            EdgeStep step = new EdgeStep(new OffloadGate.Always(), SelectionPolicy.WHOLE, PayloadCodec.raw());
            byte[] request = step.encode(7, 4, image, step.select(whole, 4, image, "a"));
            byte[] reply = new ServerNode(some).handle(List.of(request)).getFirst();
            assertThat(ServerReply.prediction(7, 3, reply).top().stream().map(ClassProbability::index))
                    .isEqualTo(expected.top(5).stream()
                            .map(ClassProbability::index)
                            .toList());
            assertThat(some.countOfValidClasses()).isEqualTo(2);
            assertThat(some.among(List.of()).countOfValidClasses()).isEqualTo(3);
        }
    }

    @Test
    void aClassThatTheModelLacksIsRefused() throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            assertThatThrownBy(() -> model.among(List.of(3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("class 3 is valid, expected 0..2");
        }
    }
}
