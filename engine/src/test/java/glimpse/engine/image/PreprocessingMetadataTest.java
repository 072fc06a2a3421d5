package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.engine.VitConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingMetadataTest {
    private static final String PREFIX = "glimpse.preprocessing.";

    @Test
    void whatWasWrittenIsRead() {
        for (Preprocessing written : List.of(
                Preprocessing.imagenet(224, 16),
                new Preprocessing(
                        new Framing.Center(224, 224, Interpolation.BILINEAR),
                        16,
                        List.of(0.1f, 1 / 3f, -2f),
                        List.of(1e-6f, 1f, 3e7f)),
                new Preprocessing(
                        new Framing.Squash(248, 224, Interpolation.BICUBIC),
                        16,
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f)),
                new Preprocessing(new Framing.AsIs(224), 16, List.of(0.5f, 0.5f, 0.5f), List.of(1f, 2f, 3f)))) {
            Map<String, String> metadata = new HashMap<>();
            written.writeTo(metadata);

            assertThat(metadata.keySet()).allMatch(key -> key.startsWith(PREFIX));
            assertThat(Preprocessing.readFrom(metadata, config(3))).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crop_mode", "resize", "size", "interpolation", "mean", "std"})
    void aMissingKeyIsNamed(String key) {
        Map<String, String> metadata = imagenet();
        metadata.remove(PREFIX + key);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.readFrom(metadata, config(3)))
                .withMessage("metadata key " + PREFIX + key + " is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    crop_mode     | border     | center, squash or as_is
                    resize        | many       | an integer 1..16384
                    resize        | 0          | an integer 1..16384
                    size          | 192        | the model's image size 224
                    interpolation | nearest    | bilinear, bicubic or lanczos
                    mean          | 1,2        | one finite number for each of the model's 3 channels
                    mean          | 1,2,NaN    | one finite number for each of the model's 3 channels
                    mean          | 1,,2       | numbers separated by commas
                    std           | 1,0,1      | values above 0
                    """)
    void invalidValueIsNamed(String key, String value, String expected) {
        Map<String, String> metadata = imagenet();
        metadata.put(PREFIX + key, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.readFrom(metadata, config(3)))
                .withMessage("metadata key " + PREFIX + key + " is '" + value + "', expected " + expected);
    }

    @Test
    void channelsMustBeTheModels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.readFrom(imagenet(), config(1)))
                .withMessageContaining("one finite number for each of the model's 1 channels");
    }

    @ParameterizedTest
    @CsvSource({"resize_and_crop, center", "stretch_and_crop, squash", "as_is, as_is"})
    void filesWithTheOldKeyAreRead(String old, String cropMode) {
        Map<String, String> metadata = imagenet();
        metadata.put(PREFIX + "crop_mode", cropMode);
        Preprocessing expected = Preprocessing.readFrom(metadata, config(3));
        metadata.remove(PREFIX + "crop_mode");
        metadata.put(PREFIX + "framing", old);

        assertThat(Preprocessing.readFrom(metadata, config(3))).isEqualTo(expected);
    }

    @Test
    void invalidValueOfTheOldKeyIsNamed() {
        Map<String, String> metadata = imagenet();
        metadata.remove(PREFIX + "crop_mode");
        metadata.put(PREFIX + "framing", "squash");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.readFrom(metadata, config(3)))
                .withMessage("metadata key " + PREFIX
                        + "framing is 'squash', expected resize_and_crop, stretch_and_crop or as_is");
    }

    private static Map<String, String> imagenet() {
        Map<String, String> metadata = new HashMap<>();
        Preprocessing.imagenet(224, 16).writeTo(metadata);
        return metadata;
    }

    private static VitConfig config(int channels) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("glimpse.format", "1");
        Map.of(
                        "image_size", "224",
                        "patch_size", "16",
                        "channels", Integer.toString(channels),
                        "width", "8",
                        "depth", "1",
                        "heads", "2",
                        "mlp_width", "16",
                        "prefix_tokens", "1",
                        "classes", "3",
                        "layer_norm_epsilon", "1e-6")
                .forEach((key, value) -> metadata.put("glimpse.config." + key, value));
        metadata.put("glimpse.config.qkv_bias", "true");
        return VitConfig.readFrom(metadata);
    }
}
