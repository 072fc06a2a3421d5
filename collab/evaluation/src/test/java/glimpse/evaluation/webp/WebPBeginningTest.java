package glimpse.evaluation.webp;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPBeginningTest {
    private static final int ROW = 37 * 16 * 3; // bytes of a row of macroblocks

    /** Returns a file of 37 x 29 pixels: two rows of macroblocks. */
    private static byte[] file(String name) throws IOException {
        try (InputStream in =
                WebPBeginningTest.class.getResourceAsStream("/glimpse/evaluation/data/" + name + ".webp")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** First nothing, then one row, then all; and a row that is there is that of the complete image. */
    @Test
    void ofALossyFileTheRowsThatHaveArrivedAreComplete() throws IOException {
        byte[] file = file("lossy");
        byte[] complete = WebP.decode(file).samples();
        int most = 0;
        boolean oneRow = false;
        for (int bytes = 0; bytes <= file.length; bytes++) {
            Optional<RgbImage> seen = WebPBeginning.decode(file, bytes);
            int rows = seen.map(image -> rows(image.samples(), complete)).orElse(0);
            assertThat(rows).as("with %d bytes", bytes).isGreaterThanOrEqualTo(most);
            most = rows;
            oneRow |= rows == 1;
        }
        assertThat(oneRow).isTrue();
        assertThat(most).isEqualTo(2);
        assertThat(WebPBeginning.decode(file, 100)).isEmpty(); // its modes take 105
    }

    /** Counts the complete rows of macroblocks, and checks that the others are grey. */
    private static int rows(byte[] seen, byte[] complete) {
        if (Arrays.equals(seen, complete)) {
            return 2;
        }
        byte[] grey = new byte[complete.length - ROW];
        Arrays.fill(grey, (byte) 128);
        assertThat(Arrays.copyOf(seen, ROW)).isEqualTo(Arrays.copyOf(complete, ROW));
        assertThat(Arrays.copyOfRange(seen, ROW, seen.length)).isEqualTo(grey);
        return 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless", "lossless-alpha"})
    void ofALosslessFileThereIsNothingUntilItIsComplete(String name) throws IOException {
        byte[] file = file(name);
        assertThat(WebPBeginning.decode(file, file.length - 8)).isEmpty();
        RgbImage complete = WebPBeginning.decode(file, file.length).orElseThrow();
        assertThat(complete.samples()).isEqualTo(WebP.decode(file).samples());
    }

    @Test
    void whatIsNoImageHasNoBeginning() throws IOException {
        assertThat(WebPBeginning.decode(file("animated"), 200)).isEmpty();
        byte[] broken = file("lossy");
        Arrays.fill(broken, 20, 30, (byte) 0);
        assertThat(WebPBeginning.decode(broken, 300)).isEmpty();
    }
}
