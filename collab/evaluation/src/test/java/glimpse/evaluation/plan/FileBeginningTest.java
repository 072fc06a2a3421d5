package glimpse.evaluation.plan;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.image.PixelPatches;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBeginningTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aJpegThatBreaksOffIsCompleteAsFarAsItGoes(int channels) {
        PixelPatches whole = PixelPatches.cut(TestImages.random(3, 64, 64), 16, channels);
        FileFormat.Written format = FileFormat.parse("jpeg:60");
        FileFormat.Encoded file = format.encode(whole);
        FileBeginning beginning = FileBeginning.of(format, whole).orElseThrow();
        byte[] complete = file.decoded().pixels();
        byte[] most = beginning.decoded(file.bytes() * 3 / 4).orElseThrow().pixels();
        int row = complete.length / 4; // of patches, and of the file's blocks
        assertThat(Arrays.copyOf(most, row)).isEqualTo(Arrays.copyOf(complete, row));
        assertThat(Arrays.copyOfRange(most, 3 * row, 4 * row))
                .isNotEqualTo(Arrays.copyOfRange(complete, 3 * row, 4 * row));
        assertThat(beginning.decoded(file.bytes()).orElseThrow().pixels()).isEqualTo(complete);
        assertThat(beginning.decoded(100)).isEmpty();
        assertThat(beginning.decoded(0)).isEmpty();
    }

    /** Half the side has a quarter of the blocks, scaled up. */
    @Test
    void soIsAJpegThatWasScaledDown() {
        PixelPatches whole = PixelPatches.cut(TestImages.random(3, 64, 64), 16, 3);
        FileFormat.Written format = FileFormat.parse("jpeg:60@32");
        FileFormat.Encoded file = format.encode(whole);
        FileBeginning beginning = FileBeginning.of(format, whole).orElseThrow();
        byte[] complete = file.decoded().pixels();
        byte[] most = beginning.decoded(file.bytes() - 40).orElseThrow().pixels();
        assertThat(most).hasSameSizeAs(complete).isNotEqualTo(complete);
        assertThat(Arrays.copyOf(most, complete.length / 4)).isEqualTo(Arrays.copyOf(complete, complete.length / 4));
        assertThat(beginning.decoded(file.bytes()).orElseThrow().pixels()).isEqualTo(complete);
    }

    @Test
    void aPngThatBreaksOffIsNothing() {
        PixelPatches whole = PixelPatches.cut(TestImages.random(3, 64, 64), 16, 3);
        assertThat(FileBeginning.of(FileFormat.parse("png"), whole)).isEmpty();
    }
}
