package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final Path MODEL = Resources.path("hf-vit");

    @TempDir
    Path folder;

    private Path images;

    @BeforeEach
    void makeImages() throws IOException {
        images = Files.createDirectories(folder.resolve("images/below"));
        SplittableRandom random = new SplittableRandom(9);
        for (int n = 0; n < 20; n++) {
            BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 320; i++) {
                image.setRGB(i % 20, i / 20, random.nextInt());
            }
            assertThat(ImageIO.write(image, "png", images.resolve(n + ".PNG").toFile()))
                    .isTrue();
        }
    }

    @Test
    void f32AnswersAsTheSourceDoes() throws IOException {
        Verification verification = verify(StoredType.F32);
        assertThat(verification.images()).isEqualTo(20);
        assertThat(verification.sameTop1()).hasValue(20);
        assertThat(verification.largestDifference()).isZero();
        assertThat(verification.largestLogit()).isPositive();
    }

    @Test
    void fewerBitsMoveTheLogitsFurther() throws IOException {
        float half = verify(StoredType.F16).largestDifference();
        float eighth = verify(StoredType.INT8).largestDifference();
        assertThat(half).isPositive().isLessThan(0.01f);
        assertThat(eighth).isGreaterThan(half).isLessThan(0.3f);
    }

    @Test
    void corruptImageIsCountedAndTheOthersCompared() throws IOException {
        Files.writeString(images.resolve("broken.jpg"), "no image");
        Verification verification = verify(StoredType.F16);
        assertThat(verification.images()).isEqualTo(20);
        assertThat(verification.skipped()).isEqualTo(1);
    }

    @Test
    void summaryInWordsSaysHowManyAgree() {
        ConversionRun run = ConversionRun.of(
                MODEL, folder.resolve("out"), ConversionOptions.defaults().withVerificationImages(images));
        assertThat(run.report().text()).contains("verified on 20 images: the top-1 class of 20 is the same (100.00 %)");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void encodersFeaturesAreCompared() {
        ConversionRun run = ConversionRun.of(
                Resources.path("timm-encoder"),
                folder.resolve("out"),
                ConversionOptions.defaults()
                        .withHeads(3)
                        .withStoredType(StoredType.F16)
                        .withVerificationImages(images));
        assertThat(run.error()).isEmpty();
        assertThat(run.report().text())
                .contains("no classifier: gives features")
                .containsPattern("verified on 20 images: features up to \\d+\\.\\d+ differ by at most 0\\.0");
    }

    @Test
    void folderWithoutImagesIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        ConversionRun run = ConversionRun.of(
                MODEL, folder.resolve("out"), ConversionOptions.defaults().withVerificationImages(empty));
        assertThat(run.error()).contains("no JPEG or PNG image that can be decoded");
    }

    private Verification verify(StoredType type) {
        ConversionRun run = ConversionRun.of(
                MODEL,
                folder.resolve(type.toString()),
                ConversionOptions.defaults().withStoredType(type).withVerificationImages(folder.resolve("images")));
        return run.report().verification().orElseThrow();
    }
}
