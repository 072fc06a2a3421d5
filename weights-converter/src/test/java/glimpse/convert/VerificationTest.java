package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        JsonNode verification = verify("f32");
        assertThat(verification.path("images").intValue()).isEqualTo(20);
        assertThat(verification.path("sameTop1").intValue()).isEqualTo(20);
        assertThat(verification.path("largestDifference").floatValue()).isZero();
        assertThat(verification.path("largestLogit").floatValue()).isPositive();
    }

    @Test
    void fewerBitsMoveTheLogitsFurther() throws IOException {
        float half = verify("f16").path("largestDifference").floatValue();
        float eighth = verify("int8").path("largestDifference").floatValue();
        assertThat(half).isPositive().isLessThan(0.01f);
        assertThat(eighth).isGreaterThan(half).isLessThan(0.3f);
    }

    @Test
    void corruptImageIsCountedAndTheOthersCompared() throws IOException {
        Files.writeString(images.resolve("broken.jpg"), "no image");
        JsonNode verification = verify("f16");
        assertThat(verification.path("images").intValue()).isEqualTo(20);
        assertThat(verification.path("skipped").intValue()).isEqualTo(1);
    }

    @Test
    void summaryInWordsSaysHowManyAgree() {
        CommandRun run = CommandRun.of(MODEL, "--out", folder.resolve("out"), "--verify", images);
        assertThat(run.out()).contains("verified on 20 images: 20 name the same class first (100.00 %)");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void encodersFeaturesAreCompared() {
        CommandRun run = CommandRun.of(
                Resources.path("timm-encoder"),
                "--heads",
                3,
                "--out",
                folder.resolve("out"),
                "--dtype",
                "f16",
                "--verify",
                images);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("no classifier: gives features")
                .containsPattern("verified on 20 images: features up to \\d+\\.\\d+ differ by at most 0\\.0");
    }

    @Test
    void folderWithoutImagesIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        CommandRun run = CommandRun.of(MODEL, "--out", folder.resolve("out"), "--verify", empty);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no JPEG or PNG image that can be decoded");
    }

    private JsonNode verify(String dtype) throws IOException {
        CommandRun run = CommandRun.of(
                MODEL,
                "--out",
                folder.resolve("out"),
                "--dtype",
                dtype,
                "--verify",
                folder.resolve("images"),
                "--json");
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out()).path("verification");
    }
}
