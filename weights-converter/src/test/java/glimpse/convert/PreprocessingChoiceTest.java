package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.layout.HubConfig;
import glimpse.convert.source.ConvertException;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingChoiceTest {
    private static final VitConfig MODEL = new VitConfig(224, 16, 3, 192, 12, 3, 768, 1, 1000, true, 1e-6f);

    @TempDir
    Path folder;

    @Test
    void imagenetIsUsualWithoutAConfiguration() throws Exception {
        assertThat(PreprocessingChoice.none().resolve(MODEL, HubConfig.absent(), HubConfig.absent()))
                .isEqualTo(Preprocessing.imagenet(224));
    }

    @Test
    void timmsConfigurationIsFollowed() throws Exception {
        HubConfig config = json("""
                {"architecture": "vit_tiny_patch16_224", "pretrained_cfg": {"mean": [0.5, 0.5, 0.5],
                 "std": [0.25, 0.5, 0.5], "crop_pct": 0.9, "interpolation": "bilinear"}}
                """);
        assertThat(PreprocessingChoice.none().resolve(MODEL, config, HubConfig.absent()))
                .isEqualTo(new Preprocessing(
                        new Framing.ResizeAndCrop(248, 224, Interpolation.BILINEAR),
                        List.of(0.5f, 0.5f, 0.5f),
                        List.of(0.25f, 0.5f, 0.5f)));
    }

    @Test
    void transformersConfigurationIsFollowed() throws Exception {
        HubConfig crop = json("""
                {"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}, "do_center_crop": true,
                 "resample": 3, "image_mean": [0.1, 0.2, 0.3], "image_std": [1, 1, 1]}
                """);
        assertThat(PreprocessingChoice.none().resolve(MODEL, HubConfig.absent(), crop))
                .isEqualTo(new Preprocessing(
                        new Framing.ResizeAndCrop(256, 224, Interpolation.BICUBIC),
                        List.of(0.1f, 0.2f, 0.3f),
                        List.of(1f, 1f, 1f)));
        HubConfig whole = json("{\"size\": {\"height\": 224, \"width\": 224}, \"resample\": 2}");
        assertThat(PreprocessingChoice.none()
                        .resolve(MODEL, HubConfig.absent(), whole)
                        .framing())
                .isEqualTo(new Framing.StretchAndCrop(224, 224, Interpolation.BILINEAR));
        HubConfig old = json("{\"size\": 256, \"crop_size\": 224, \"do_center_crop\": true}");
        assertThat(PreprocessingChoice.none()
                        .resolve(MODEL, HubConfig.absent(), old)
                        .framing())
                .isEqualTo(new Framing.ResizeAndCrop(256, 224, Interpolation.BICUBIC));
    }

    @Test
    void imageIsStretchedWhereTheConfigurationSaysSo() throws Exception {
        HubConfig squash = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"crop_mode\": \"squash\"}}");
        assertThat(framing(squash, HubConfig.absent()))
                .isEqualTo(new Framing.StretchAndCrop(248, 224, Interpolation.BICUBIC));
        HubConfig centre = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"crop_mode\": \"center\"}}");
        assertThat(framing(centre, HubConfig.absent()))
                .isEqualTo(new Framing.ResizeAndCrop(248, 224, Interpolation.BICUBIC));
        HubConfig number = json("{\"size\": 224, \"resample\": 2}");
        assertThat(framing(HubConfig.absent(), number))
                .isEqualTo(new Framing.StretchAndCrop(224, 224, Interpolation.BILINEAR));
    }

    private static Framing framing(HubConfig config, HubConfig preprocessor) throws ConvertException {
        return PreprocessingChoice.none().resolve(MODEL, config, preprocessor).framing();
    }

    @Test
    void optionsGoBeforeTheConfiguration() throws Exception {
        HubConfig config = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"interpolation\": \"bilinear\"}}");
        PreprocessingChoice choice = new PreprocessingChoice(
                List.of(0f, 0f, 0f), List.of(), OptionalDouble.of(1), Optional.of(Interpolation.BICUBIC), false);
        assertThat(choice.resolve(MODEL, config, HubConfig.absent()))
                .isEqualTo(new Preprocessing(
                        new Framing.ResizeAndCrop(224, 224, Interpolation.BICUBIC),
                        List.of(0f, 0f, 0f),
                        Preprocessing.imagenet(224).std()));
    }

    @Test
    void filterThatIsNotThereIsNamed() throws Exception {
        HubConfig timm = json("{\"pretrained_cfg\": {\"interpolation\": \"lanczos\"}}");
        assertThatThrownBy(() -> PreprocessingChoice.none().resolve(MODEL, timm, HubConfig.absent()))
                .isInstanceOf(ConvertException.class)
                .hasMessageContaining("interpolation lanczos is not supported: give --interpolation");
        HubConfig transformers = json("{\"resample\": 1}");
        assertThatThrownBy(() -> PreprocessingChoice.none().resolve(MODEL, HubConfig.absent(), transformers))
                .isInstanceOf(ConvertException.class)
                .hasMessageContaining("resample 1 is not supported");
    }

    @Test
    void labelsAreTakenFromEitherConfiguration() throws Exception {
        assertThat(json("{\"id2label\": {\"1\": \"b\", \"0\": \"a\"}}").labels())
                .containsExactly("a", "b");
        assertThat(json("{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}")
                        .labels())
                .isEmpty();
        assertThat(json("{\"id2label\": {\"0\": \"a\", \"7\": \"b\"}}").labels())
                .isEmpty();
        assertThat(json("{\"label_names\": [\"x\", \"y\"]}").labels()).containsExactly("x", "y");
        assertThat(HubConfig.absent().labels()).isEmpty();
    }

    private HubConfig json(String text) throws IOException {
        return HubConfig.read(Files.writeString(folder.resolve("config.json"), text));
    }
}
