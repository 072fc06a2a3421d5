package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.ClassLabels;
import glimpse.engine.ModelInfo;
import glimpse.engine.weights.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The converter as a library. */
class ConversionTest {
    @TempDir
    Path folder;

    /** The example of Conversion's documentation, with the options that its small model needs. */
    @Test
    void documentedExampleRuns() throws Exception {
        Path source = Resources.path("timm-plain/model.safetensors");
        Path target = folder.resolve("vit-f16.safetensors");

        ConversionOptions options = ConversionOptions.defaults()
                .withStoredType(StoredType.F16)
                .withHeads(3)
                .withPreprocessing(PreprocessingOptions.defaults().withCropPct(0.9));
        ConversionReport report = Conversion.run(source, target, options);

        assertThat(report.text()).contains("timm model: 24 wide", "crop_pct 0.9", "f16, no labels");
        assertThat(report.bytes()).isEqualTo(Files.size(target));
        assertThat(report.config()).isEqualTo(ModelInfo.read(target).config());
        assertThat(ModelInfo.read(target).storedTypes()).containsExactly(DType.F16);
    }

    @Test
    void labelsOfTheSourceAreReported() throws Exception {
        ConversionReport report =
                Conversion.run(Resources.path("hf-vit"), folder.resolve("model"), ConversionOptions.defaults());

        assertThat(report.labels())
                .isEqualTo(
                        ClassLabels.ofLines(List.of("tabby", "tench, Tinca tinca", "Chihuahua", "crème", "sled dog")))
                .isEqualTo(ModelInfo.read(folder.resolve("model")).labels());
    }
}
