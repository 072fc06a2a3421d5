package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Capture;
import glimpse.engine.ClassLabels;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.AlteredImages;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemperaturesTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    @Test
    void aServersTemperatureSuitsItsAnswersAfterEveryRound() throws IOException {
        ImageFolder folderOfImages = ImageFolder.ofClassFolders(
                TestImages.folder(folder.resolve("pictures"), LABELS, 12),
                ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
        try (Workers workers = Workers.of(1)) {
            Classifier edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            Classifier server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
            Dataset images = mostlyAnsweredRight(edge, server, folderOfImages);
            assertThat(Temperatures.ofServer(edge, server, Upload.parse("mean/rounds:top:3,top:3,top:9/raw"), images))
                    .isEqualTo(temperature(edge, server, images, "top:3", "top:9"))
                    .isNotEqualTo(temperature(edge, server, images, "top:9"));
            assertThat(Temperatures.ofServer(edge, server, Upload.parse("mean/top:9/raw"), images))
                    .isEqualTo(temperature(edge, server, images, "top:9"));
        }
    }

    /** Fits the temperature to the server's answers to each of these selections. */
    private static double temperature(Classifier edge, Classifier server, Dataset images, String... selections)
            throws IOException {
        TemperatureFit fit = new TemperatureFit();
        for (int i = 0; i < images.size(); i++) {
            for (String selection : selections) {
                fit.add(logits(edge, server, images, i, selection), images.label(i));
            }
        }
        return fit.temperature();
    }

    private static float[] logits(Classifier edge, Classifier server, Dataset images, int index, String selection)
            throws IOException {
        PixelPatches patches = edge.patches(images.read(index));
        EdgeResult seen = EdgeRunner.of(edge, Set.of(SelectionPolicy.WHOLE))
                .classify(List.of(patches))
                .getFirst();
        int[] positions = PatchSelection.parse(selection)
                .select(seen.scores(AttentionScore.mean()), images.name(index))
                .positions();
        return server.transformer()
                .newSession()
                .forward(server.preprocessing().normalise(patches.select(positions)), Capture.none())
                .logits(0);
    }

    /** Labels images as the server does, three of four: otherwise no temperature would be high enough for it. */
    private static Dataset mostlyAnsweredRight(Classifier edge, Classifier server, Dataset images) throws IOException {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            int answer = Prediction.softmax(logits(edge, server, images, i, "top:9"))
                    .top(1)
                    .getFirst()
                    .index();
            labels.add(i % 4 == 0 ? (answer + 1) % LABELS.size() : answer);
        }
        return AlteredImages.labelled(images, labels::get);
    }
}
