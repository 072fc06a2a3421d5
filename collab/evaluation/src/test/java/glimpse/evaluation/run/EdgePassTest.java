package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgePassTest {
    @TempDir
    Path folder;

    private Workers workers;

    @BeforeEach
    void start() {
        workers = Workers.of(1);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void anImageThatTheModelCannotTakeFailsAloneAndTheOthersAreAsEver() throws IOException {
        Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        PixelPatches good = model.patches(TestImages.random(1, 24, 24));
        PixelPatches bad = PixelPatches.of(5, 3, new int[] {0}, new byte[75]);

        List<EdgePass.Answer> answers = pass(model).classify(List.of(good, bad, good));

        assertThat(answers).hasSize(3);
        float[] alone = scores(pass(model).classify(List.of(good)).getFirst());
        assertThat(scores(answers.get(0))).isEqualTo(alone);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        EdgePass.Answer.Failure.class,
                        failure -> assertThat(failure.reason())
                                .startsWith("the edge failed: ")
                                .contains("5"));
        assertThat(scores(answers.get(2))).isEqualTo(alone);
    }

    @Test
    void imagesWhoseOutputIsNotANumberFailWithTheReason() throws IOException {
        Classifier model = Classifier.load(TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB), workers);
        List<PixelPatches> images = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            images.add(model.patches(TestImages.random(i, 24, 24)));
        }
        assertThat(pass(model).classify(images))
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                EdgePass.Answer.Failure.class,
                                failure -> assertThat(failure.reason())
                                        .startsWith("the edge failed: the model's output isn't a number")));
    }

    private static EdgePass pass(Classifier model) {
        return new EdgePass(new EdgeRunner(model, Set.of(AttentionScore.mean())));
    }

    private static float[] scores(EdgePass.Answer answer) {
        return ((EdgePass.Answer.Result) answer).result().scores(AttentionScore.mean());
    }
}
