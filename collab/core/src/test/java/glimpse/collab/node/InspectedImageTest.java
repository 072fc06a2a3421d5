package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectedImageTest {
    private final Workers workers = Workers.of(1);

    @TempDir
    Path folder;

    private Classifier classifier;
    private PixelPatches image;

    @BeforeEach
    void load() throws IOException {
        classifier = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        image = classifier.patches(RgbImage.read(TestImages.write(folder.resolve("image.png"), 3)));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private ServerResult.Logits pass(PassOutputs outputs) {
        return (ServerResult.Logits) new ServerRunner(classifier)
                .run(List.of(classifier.preprocessing().normalise(image)), outputs, () -> false)
                .getFirst();
    }

    @Test
    void aServersPassShowsWhatAnEdgesDoes() {
        VitConfig config = classifier.transformer().config();
        InspectedImage expected = new EdgeRunner(classifier, Set.of(AttentionScore.mean())).inspect(image);
        InspectedImage actual = InspectedImage.of(pass(new PassOutputs(true, false)), config);
        assertThat(actual.result().scores(AttentionScore.mean()))
                .isEqualTo(expected.result().scores(AttentionScore.mean()));
        assertThat(actual.result().prediction().top(3))
                .isEqualTo(expected.result().prediction().top(3));
        assertThat(actual.readout().layer()).isEqualTo(expected.readout().layer());
        assertThat(actual.readout().view()).isEqualTo(expected.readout().view());
    }

    @Test
    void aPassWithoutAttentionShowsNothing() {
        assertThatThrownBy(() -> InspectedImage.of(
                        pass(PassOutputs.LOGITS), classifier.transformer().config()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attention");
    }
}
