package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.RandomImages;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgePassTest {
    private static final Dataset IMAGES = new RandomImages(3, 24);

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

        List<EdgePass.Answer> answers = classify(pass(model), good, bad, good);

        assertThat(answers).hasSize(3);
        float[] alone = scores(classify(pass(model), good).getFirst());
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
        assertThat(classify(
                        pass(model),
                        model.patches(TestImages.random(0, 24, 24)),
                        model.patches(TestImages.random(1, 24, 24))))
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                EdgePass.Answer.Failure.class,
                                failure -> assertThat(failure.reason())
                                        .startsWith("the edge failed: the model's output isn't a number")));
    }

    @Test
    void whatItMadeOfAnImageIsKeptUntilItForgets() throws IOException {
        Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        List<Decoded.Patches> batch =
                decoded(model.patches(TestImages.random(1, 24, 24)), model.patches(TestImages.random(2, 24, 24)));
        EdgePass pass = pass(model);
        EdgePass.Answer second = pass.classify(batch.subList(1, 2), IMAGES).getFirst();
        List<EdgePass.Answer> both = pass.classify(batch, IMAGES);
        assertThat(both.get(1)).isSameAs(second);
        assertThat(pass.classify(batch, IMAGES).getFirst()).isSameAs(both.getFirst());
        pass.forget();
        EdgePass.Answer again = pass.classify(batch, IMAGES).getFirst();
        assertThat(again).isNotSameAs(both.getFirst());
        assertThat(scores(again)).isEqualTo(scores(both.getFirst()));
    }

    private static EdgePass pass(Classifier model) {
        return new EdgePass(new EdgeRunner(model, Set.of(AttentionScore.mean())));
    }

    private static List<EdgePass.Answer> classify(EdgePass pass, PixelPatches... images) {
        return pass.classify(decoded(images), IMAGES);
    }

    private static List<Decoded.Patches> decoded(PixelPatches... images) {
        return IntStream.range(0, images.length)
                .mapToObj(i -> new Decoded.Patches(i, images[i], OptionalLong.empty()))
                .toList();
    }

    private static float[] scores(EdgePass.Answer answer) {
        return ((EdgePass.Answer.Result) answer).result().scores(AttentionScore.mean());
    }
}
