package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void logitsAreBitIdenticalForAnyThreads(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        List<float[]> one = allLogits(golden, 1);
        List<float[]> three = allLogits(golden, 3);
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i)).containsExactly(three.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void anImageGetsTheSameBitsAloneAndInAnyBatch(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            List<PatchSequence> inputs = inputs(golden, model.config());
            List<PatchSequence> batch = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                batch.add(inputs.get((i * 7 + i / 3) % inputs.size()));
            }
            Session session = model.newSession();
            Output together = session.forward(batch, Capture.allLayers());
            Session alone = model.newSession();
            for (int i = 0; i < batch.size(); i++) {
                Output output = alone.forward(batch.get(i), Capture.allLayers());
                assertThat(together.logits(i)).containsExactly(output.logits(0));
                for (int layer = 0; layer < model.config().depth(); layer++) {
                    assertThat(together.attention(i, layer).weights())
                            .containsExactly(output.attention(0, layer).weights());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void theShortcutOfTheLastBlockChangesNoBit(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            Session session = model.newSession();
            for (PatchSequence sequence : inputs(golden, model.config())) {
                float[] shortcut = session.forward(sequence, Capture.none()).logits(0);
                float[] whole = session.forward(sequence, Capture.allLayers()).logits(0);
                assertThat(shortcut).containsExactly(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void pixelsGetTheSameBitsAsTheirValues(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            Random random = new Random(1);
            Session session = model.newSession();
            for (PatchSequence some : inputs(golden, model.config())) {
                byte[] pixels = new byte[some.patches() * some.patchLength()];
                random.nextBytes(pixels);
                float[] levels = new float[model.config().channels() * 256];
                for (int i = 0; i < levels.length; i++) {
                    levels[i] = random.nextFloat(-2, 2);
                }
                PatchSequence asPixels = PatchSequence.ofPixels(
                        some.grid(), some.patchLength(), some.positions(), ByteBuffer.wrap(pixels), levels);
                PatchSequence asValues =
                        PatchSequence.of(some.grid(), some.patchLength(), some.positions(), asPixels.values());
                float[] logits = session.forward(asPixels, Capture.none()).logits(0);
                assertThat(logits)
                        .containsExactly(
                                session.forward(asValues, Capture.none()).logits(0));
            }
        }
    }

    @Test
    void aSessionTakesBatchesOfAnySizeInTurn() throws IOException {
        GoldenModel golden = GoldenModel.read("plain", folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            List<PatchSequence> inputs = inputs(golden, model.config());
            float[] first =
                    model.newSession().forward(inputs.get(0), Capture.none()).logits(0);
            Session session = model.newSession();
            session.forward(List.of(inputs.get(2), inputs.get(0), inputs.get(1), inputs.get(0)), Capture.readoutRow());
            session.forward(inputs.get(2), Capture.layers(0));
            assertThat(session.forward(inputs.get(0), Capture.none()).logits(0)).containsExactly(first);
        }
    }

    @Test
    void whatWasNotCapturedIsNamed() throws IOException {
        GoldenModel golden = GoldenModel.read("plain", folder);
        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            Output output = model.newSession().forward(golden.input("all", model.config()), Capture.none());
            assertThatThrownBy(() -> output.attention(0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the attention of layer 1 was not captured");
        }
    }

    @Test
    void inputsThatDoNotFitTheModelAreRefused() throws IOException {
        GoldenModel golden = GoldenModel.read("plain", folder);
        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            Session session = model.newSession();
            assertThatThrownBy(() -> session.forward(List.of(), Capture.none()))
                    .hasMessageContaining("the batch is empty");
            assertThatThrownBy(() -> session.forward(PatchSequence.of(4, 5, new int[1], new float[5]), Capture.none()))
                    .hasMessage("sequence 0 has patches of 5 values, expected 48");
            PatchSequence otherGrid = PatchSequence.of(5, 48, new int[] {2}, new float[48]);
            assertThatThrownBy(() -> session.forward(otherGrid, Capture.none()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sequence 0 has a grid of 5 x 5 patches, expected 4 x 4");
            assertThatThrownBy(() -> session.forward(golden.input("all", model.config()), Capture.layers(3)))
                    .hasMessage("layer 3 is to be captured, expected layers 0..2");
        }
    }

    private static List<float[]> allLogits(GoldenModel golden, int threads) throws IOException {
        List<float[]> logits = new ArrayList<>();
        try (Workers workers = Workers.of(threads)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            for (PatchSequence sequence : inputs(golden, model.config())) {
                logits.add(model.newSession().forward(sequence, Capture.none()).logits(0));
            }
        }
        return logits;
    }

    private static List<PatchSequence> inputs(GoldenModel golden, VitConfig config) {
        List<PatchSequence> inputs = new ArrayList<>();
        for (String name : GoldenModel.CASES) {
            inputs.add(golden.input(name, config));
        }
        return inputs;
    }
}
