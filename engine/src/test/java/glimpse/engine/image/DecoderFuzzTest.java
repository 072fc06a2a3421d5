package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, decoding gives an image or an {@link ImageFormatException}. */
class DecoderFuzzTest {
    private static final int ROUNDS = 100;

    @ParameterizedTest
    @MethodSource("imageFiles")
    void changedBytesGiveAnImageOrTheNamedError(String name) {
        Random random = new Random(name.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file = GoldenImages.imageFile(name);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            if (name.endsWith(".png") && round % 4 != 0) {
                PngBytes.repairChecksums(file);
            }
            assertImageOrNamedError(file);
        }
    }

    static List<String> imageFiles() {
        return Stream.concat(GoldenImages.imageFiles(".jpg").stream(), GoldenImages.imageFiles(".png").stream())
                .toList();
    }

    @Test
    void missingAndRepeatedPartsGiveAnImageOrTheNamedError() {
        Random random = new Random(1);
        for (String name : imageFiles()) {
            byte[] file = GoldenImages.imageFile(name);
            for (int round = 0; round < 20; round++) {
                int from = random.nextInt(file.length);
                int to = random.nextInt(file.length);
                byte[] spliced = new byte[from + file.length - to];
                System.arraycopy(file, 0, spliced, 0, from);
                System.arraycopy(file, to, spliced, from, file.length - to);
                assertImageOrNamedError(spliced);
            }
        }
    }

    @Test
    void randomBytesAfterASignatureGiveTheNamedError() {
        Random random = new Random(2);
        for (int round = 0; round < 500; round++) {
            byte[] file = new byte[3 + random.nextInt(300)];
            random.nextBytes(file);
            byte[] start = GoldenImages.imageFile(round % 2 == 0 ? "420.jpg" : "rgb.png");
            System.arraycopy(start, 0, file, 0, Math.min(round % 2 == 0 ? 3 : 8, file.length));
            assertThat(decoded(file)).isFalse();
        }
    }

    private static void assertImageOrNamedError(byte[] file) {
        decoded(file); // any other exception fails the test
    }

    private static boolean decoded(byte[] file) {
        try {
            RgbImage image = RgbImage.decode(file);
            assertThat(image.samples()).hasSize(image.width() * image.height() * 3);
            return true;
        } catch (ImageFormatException e) {
            assertThat(e).message().isNotBlank();
            return false;
        }
    }
}
