package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.Activation;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Pooling;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A converted model gives the outputs of the library that published it. */
class FamilyTest {
    private static final ConversionOptions SIGLIP =
            ConversionOptions.defaults().withHeads(2).withActivation(Activation.TANH_GELU);

    record Family(String folder, String expected, ConversionOptions options) {
        static Family of(String folder) {
            return of(folder, ConversionOptions.defaults());
        }

        static Family of(String folder, int heads) {
            return of(folder, ConversionOptions.defaults().withHeads(heads));
        }

        static Family of(String folder, ConversionOptions options) {
            return new Family(folder, "expected.safetensors", options);
        }

        /** At another image size than the trained one. */
        static Family resized(String folder, int imageSize, int heads) {
            ConversionOptions options =
                    ConversionOptions.defaults().withHeads(heads).withImageSize(imageSize);
            return new Family(folder, "expected-" + imageSize + ".safetensors", options);
        }

        @Override
        public String toString() {
            return folder + " " + expected;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                Family.of("timm-plain", 3),
                Family.resized("timm-plain", 12, 3),
                Family.resized("timm-plain", 28, 3),
                Family.of("timm-grey", 5),
                Family.of("timm-wide", 4),
                Family.of("timm-deit3", 3),
                Family.of("timm-registers", 3),
                Family.of("timm-distilled", 3),
                Family.of("timm-average", 5),
                Family.of("timm-average-class", 3),
                Family.of("hf-deit-distilled"),
                Family.of("hf-deit"),
                Family.of("hf-vit"),
                Family.of("hf-vit-grey"),
                Family.of("hf-vit-5"),
                Family.of("timm-encoder", 3),
                Family.of("hf-dinov2-5"),
                Family.of("hf-dinov2-registers"),
                Family.of("hf-clip"),
                Family.of("timm-clip", 3),
                Family.of("timm-clip-quickgelu", 2),
                Family.of("hf-clip-whole"),
                Family.of("timm-siglip", SIGLIP),
                Family.of("timm-siglip-classifier", SIGLIP),
                Family.of("timm-average-normalised", 2),
                Family.of("timm-representation", 2),
                Family.of("hf-siglip"),
                Family.of("hf-siglip-whole"),
                Family.of("hf-siglip-classifier"),
                Family.of("timm-gated", 2),
                Family.of("hf-dinov2-gated"),
                Family.of("hf-dinov2-gated-5"),
                Family.of("hf-dinov2-classifier"));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("families")
    void logitsAndAttentionAgree(Family family) throws Exception {
        agrees(family, StoredType.F32, 1e-5f, 0);
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsAgreeInHalfPrecision(Family family) throws Exception {
        agrees(family, StoredType.F16, 0, 2e-3f);
    }

    /** The bound for random models of this size: the error of a real model's logits is far smaller. */
    @ParameterizedTest
    @MethodSource("families")
    void logitsAgreeInEightBits(Family family) throws Exception {
        agrees(family, StoredType.INT8, 0, 6e-2f);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theReadoutRowIsTheFirstRowOfTheLastMap(Family family) throws Exception {
        Path source = Resources.path(family.folder());
        Path out = convert(family, StoredType.F32);
        try (Workers workers = Workers.of(1);
                SafetensorsFile expected = SafetensorsFile.open(source.resolve(family.expected()))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            PatchSequence patches = patches(model, expected);
            int last = model.config().depth() - 1;
            if (model.config().pooling() == Pooling.ATTENTION) {
                return; // another row: poolingsRowStandsForTheClassTokens
            }
            if (!model.config().hasClassToken()) {
                assertThatThrownBy(() -> model.newSession().forward(patches, Capture.readoutRow()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the model has neither a class token nor attention pooling");
                return;
            }
            AttentionMap row =
                    model.newSession().forward(patches, Capture.readoutRow()).attention(0, last);
            float[] full = values(expected, "attention." + last);
            assertThat(row.rows()).isEqualTo(1);
            for (int head = 0; head < row.heads(); head++) {
                for (int column = 0; column < row.columns(); column++) {
                    assertThat(row.weight(head, 0, column))
                            .isCloseTo(full[head * row.columns() * row.columns() + column], within(1e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void answerIsTheSameAloneAndInABatch(Family family) throws Exception {
        Path source = Resources.path(family.folder());
        Path out = convert(family, StoredType.F32);
        try (Workers workers = Workers.of(2);
                SafetensorsFile expected = SafetensorsFile.open(source.resolve(family.expected()))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            PatchSequence all = patches(model, expected);
            PatchSequence some = all.select(new int[] {1, 3, 4});
            Output batch = model.newSession().forward(List.of(some, all, some), Capture.none());
            for (int image = 0; image < 3; image++) {
                Output alone = model.newSession().forward(image == 1 ? all : some, Capture.none());
                assertThat(batch.features(image)).isEqualTo(alone.features(0));
                assertThat(batch.logits(image)).isEqualTo(alone.logits(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timm-siglip", "timm-siglip-classifier", "hf-siglip"})
    void poolingsRowStandsForTheClassTokens(String name) throws Exception {
        Path out = convert(Family.of(name, SIGLIP), StoredType.F32);
        try (Workers workers = Workers.of(1);
                SafetensorsFile expected =
                        SafetensorsFile.open(Resources.path(name).resolve("expected.safetensors"))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            int depth = model.config().depth();
            for (Capture capture : List.of(Capture.readoutRow(), Capture.allLayers())) {
                AttentionMap row = model.newSession()
                        .forward(patches(model, expected), capture)
                        .attention(0)
                        .getLast();
                assertThat(row.layer()).isEqualTo(depth);
                assertThat(row.rows()).isEqualTo(1);
                assertClose(row.weights(), values(expected, "pooling"), 1e-5f, 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"timm-siglip, 2", "timm-average-normalised, 2", "hf-dinov2-classifier, 2", "timm-average-class, 3"})
    void poolingOfNothingIsRefused(String name, int heads) throws Exception {
        Path out = convert(Family.of(name, heads), StoredType.F32);
        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            PatchSequence none =
                    PatchSequence.of(model.config().grid(), model.config().patchLength(), new int[0], new float[0]);
            assertThatThrownBy(() -> model.newSession().forward(none, Capture.none()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no patches");
        }
    }

    private Path convert(Family family, StoredType type) {
        Path out = folder.resolve("model");
        ConversionRun run = ConversionRun.of(
                Resources.path(family.folder()), out, family.options().withStoredType(type));
        assertThat(run.error()).isEmpty();
        return out;
    }

    private void agrees(Family family, StoredType type, float absolute, float relative) throws IOException {
        Path source = Resources.path(family.folder());
        Path out = convert(family, type);
        try (Workers workers = Workers.of(1);
                SafetensorsFile expected = SafetensorsFile.open(source.resolve(family.expected()))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            int depth = model.config().depth();
            Output output = model.newSession().forward(patches(model, expected), Capture.allLayers());
            if (expected.tensors().containsKey("features")) {
                assertClose(output.features(0), values(expected, "features"), absolute, relative);
                assertThat(output.logits(0)).isEmpty();
            } else {
                assertClose(output.logits(0), values(expected, "logits"), absolute, relative);
            }
            for (int layer = 0; layer < depth && absolute > 0; layer++) {
                AttentionMap map = output.attention(0, layer);
                assertClose(map.weights(), values(expected, "attention." + layer), absolute, relative);
            }
        }
    }

    /** The bound is relative to the largest value, as relative errors of values near zero mean nothing. */
    private static void assertClose(float[] actual, float[] expected, float absolute, float relative) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(absolute + relative * largest));
        }
    }

    private static PatchSequence patches(VisionTransformer model, SafetensorsFile expected) throws IOException {
        float[] values = values(expected, "patches");
        int length = model.config().patchLength();
        return PatchSequence.of(
                model.config().grid(),
                length,
                IntStream.range(0, values.length / length).toArray(),
                values);
    }

    private static float[] values(SafetensorsFile file, String tensor) throws IOException {
        float[] values = new float[(int) file.tensor(tensor).elements()];
        file.read(tensor, values);
        return values;
    }
}
