package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.convert.naming.HubConfig;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingResolverTest {
    private static final VitConfig MODEL = new VitConfig(224, 16, 3, 192, 12, 3, 768, 1, 1000, true, 1e-6f);

    @TempDir
    Path folder;

    @Test
    void imagenetIsUsualWithoutAConfiguration() throws Exception {
        assertThat(resolve(PreprocessingOptions.defaults(), HubConfig.absent(), HubConfig.absent()))
                .isEqualTo(Preprocessing.imagenet(224, 16));
    }

    @Test
    void timmsConfigurationIsFollowed() throws Exception {
        HubConfig config = json("""
                {"architecture": "vit_tiny_patch16_224", "pretrained_cfg": {"mean": [0.5, 0.5, 0.5],
                 "std": [0.25, 0.5, 0.5], "crop_pct": 0.9, "interpolation": "bilinear"}}
                """);
        assertThat(resolve(PreprocessingOptions.defaults(), config, HubConfig.absent()))
                .isEqualTo(new Preprocessing(
                        new Framing.Center(248, 224, Interpolation.BILINEAR),
                        16,
                        List.of(0.5f, 0.5f, 0.5f),
                        List.of(0.25f, 0.5f, 0.5f)));
    }

    @Test
    void transformersConfigurationIsFollowed() throws Exception {
        HubConfig crop = json("""
                {"size": {"shortest_edge": 256}, "crop_size": {"height": 224, "width": 224}, "do_center_crop": true,
                 "resample": 3, "image_mean": [0.1, 0.2, 0.3], "image_std": [1, 1, 1]}
                """);
        assertThat(resolve(PreprocessingOptions.defaults(), HubConfig.absent(), crop))
                .isEqualTo(new Preprocessing(
                        new Framing.Center(256, 224, Interpolation.BICUBIC),
                        16,
                        List.of(0.1f, 0.2f, 0.3f),
                        List.of(1f, 1f, 1f)));
        HubConfig whole = json("{\"size\": {\"height\": 224, \"width\": 224}, \"resample\": 2}");
        assertThat(resolve(PreprocessingOptions.defaults(), HubConfig.absent(), whole)
                        .framing())
                .isEqualTo(new Framing.Squash(224, 224, Interpolation.BILINEAR));
        HubConfig old = json("{\"size\": 256, \"crop_size\": 224, \"do_center_crop\": true}");
        assertThat(resolve(PreprocessingOptions.defaults(), HubConfig.absent(), old)
                        .framing())
                .isEqualTo(new Framing.Center(256, 224, Interpolation.BICUBIC));
    }

    @Test
    void imageIsStretchedWhereTheConfigurationSaysSo() throws Exception {
        HubConfig squash = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"crop_mode\": \"squash\"}}");
        assertThat(framing(squash, HubConfig.absent())).isEqualTo(new Framing.Squash(248, 224, Interpolation.BICUBIC));
        HubConfig centre = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"crop_mode\": \"center\"}}");
        assertThat(framing(centre, HubConfig.absent())).isEqualTo(new Framing.Center(248, 224, Interpolation.BICUBIC));
        HubConfig number = json("{\"size\": 224, \"resample\": 2}");
        assertThat(framing(HubConfig.absent(), number)).isEqualTo(new Framing.Squash(224, 224, Interpolation.BILINEAR));
    }

    private static Preprocessing resolve(PreprocessingOptions options, HubConfig config, HubConfig preprocessor)
            throws ConvertException {
        return new PreprocessingResolver(options, MODEL, config, preprocessor)
                .resolve()
                .preprocessing();
    }

    private static ConversionReport.Crop crop(PreprocessingOptions options, HubConfig config, HubConfig preprocessor)
            throws ConvertException {
        return new PreprocessingResolver(options, MODEL, config, preprocessor)
                .resolve()
                .crop()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pretrained_cfg\": %s}", "{\"default_cfg\": %s}", "%s"})
    void timmsCropIsFoundWhereverItsConfigurationsKeepIt(String nesting) throws Exception {
        HubConfig config = json(nesting.formatted("{\"crop_pct\": 0.9, \"crop_mode\": \"squash\"}"));
        assertThat(crop(PreprocessingOptions.defaults(), config, HubConfig.absent()))
                .isEqualTo(new ConversionReport.Crop(0.9, CropMode.SQUASH, ConversionReport.CropOrigin.CONFIGURATION));
    }

    @Test
    void cropSaysWhereItComesFrom() throws Exception {
        HubConfig none = HubConfig.absent();
        assertThat(crop(PreprocessingOptions.defaults(), none, none))
                .isEqualTo(new ConversionReport.Crop(0.875, CropMode.CENTER, ConversionReport.CropOrigin.DEFAULT));
        assertThat(crop(PreprocessingOptions.defaults().withCropPct(0.95), none, none))
                .isEqualTo(new ConversionReport.Crop(0.95, CropMode.CENTER, ConversionReport.CropOrigin.OPTION));
        HubConfig transformers = json("{\"size\": 256, \"crop_size\": 224}");
        assertThat(crop(PreprocessingOptions.defaults(), none, transformers))
                .isEqualTo(
                        new ConversionReport.Crop(0.875, CropMode.CENTER, ConversionReport.CropOrigin.CONFIGURATION));
    }

    @Test
    void cropModeThatIsNotSupportedIsNamed() throws Exception {
        HubConfig border = json("{\"pretrained_cfg\": {\"crop_mode\": \"border\"}}");
        assertThatThrownBy(() -> resolve(PreprocessingOptions.defaults(), border, HubConfig.absent()))
                .isInstanceOf(ConvertException.class)
                .hasMessage(border.name()
                        + ": crop_mode border is not supported: set the option crop-mode to center or squash");
        PreprocessingOptions center = PreprocessingOptions.defaults().withCropMode(CropMode.CENTER);
        assertThat(resolve(center, border, HubConfig.absent())).isEqualTo(Preprocessing.imagenet(224, 16));
    }

    private static Framing framing(HubConfig config, HubConfig preprocessor) throws ConvertException {
        return resolve(PreprocessingOptions.defaults(), config, preprocessor).framing();
    }

    @Test
    void optionsGoBeforeTheConfiguration() throws Exception {
        HubConfig config = json("{\"pretrained_cfg\": {\"crop_pct\": 0.9, \"interpolation\": \"bilinear\"}}");
        PreprocessingOptions options = PreprocessingOptions.defaults()
                .withMean(List.of(0f, 0f, 0f))
                .withCropPct(1)
                .withInterpolation(Interpolation.BICUBIC);
        assertThat(resolve(options, config, HubConfig.absent()))
                .isEqualTo(new Preprocessing(
                        new Framing.Center(224, 224, Interpolation.BICUBIC),
                        16,
                        List.of(0f, 0f, 0f),
                        Preprocessing.imagenet(224, 16).std()));
    }

    @Test
    void filterThatIsNotThereIsNamed() throws Exception {
        HubConfig timm = json("{\"pretrained_cfg\": {\"interpolation\": \"lanczos\"}}");
        assertThatThrownBy(() -> resolve(PreprocessingOptions.defaults(), timm, HubConfig.absent()))
                .isInstanceOf(ConvertException.class)
                .hasMessageContaining("interpolation lanczos is not supported: set the option interpolation");
        HubConfig transformers = json("{\"resample\": 1}");
        assertThatThrownBy(() -> resolve(PreprocessingOptions.defaults(), HubConfig.absent(), transformers))
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
