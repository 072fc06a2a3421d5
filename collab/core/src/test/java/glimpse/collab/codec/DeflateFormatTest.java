package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codec 1 as MESSAGE.md specifies it, against {@link DeflateTwin}. */
class DeflateFormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 5, 4, 1, 14", "1, 5, 4, 1, 14", "2, 5, 4, 1, 14", "3, 5, 4, 1, 14", "4, 5, 4, 1, 14", "5, 5, 4, 1, 14",
        "0, 4, 3, 3, 9", "1, 4, 3, 3, 9", "2, 4, 3, 3, 9", "3, 4, 3, 3, 9", "4, 4, 3, 3, 9", "5, 4, 3, 3, 9",
        "4, 3, 1, 3, 9", "5, 3, 1, 1, 9"
    })
    void aStreamOfAnyPredictorDecodesToItsPixels(int predictor, int grid, int patchSize, int channels, int count)
            throws MessageException {
        for (int seed = 0; seed < 5; seed++) {
            PixelPatches patches = Messages.patches(new Random(seed), grid, patchSize, channels, count);
            int[] predictors = new int[count];
            Arrays.fill(predictors, predictor);
            assertThat(decoded(grid, patches, new DeflateTwin(grid, patches).inflated(predictors)))
                    .isEqualTo(patches.pixels());
        }
    }

    @Test
    void everyPatchHasItsOwnPredictor() throws MessageException {
        PixelPatches patches = Messages.patches(new Random(9), 4, 5, 3, 12);
        int[] predictors = {5, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5};
        assertThat(decoded(4, patches, new DeflateTwin(4, patches).inflated(predictors)))
                .isEqualTo(patches.pixels());
    }

    @ParameterizedTest
    @CsvSource({"14, 16, 3, 100", "7, 4, 1, 30", "9, 2, 3, 40", "6, 1, 1, 20"})
    void theEncoderChoosesThePredictorOfTheSmallestResiduals(int grid, int patchSize, int channels, int count)
            throws Exception {
        PixelPatches patches = Pictures.patches(count, grid, patchSize, channels, count);
        DeflateTwin twin = new DeflateTwin(grid, patches);
        byte[] expected = twin.inflated(twin.bestPredictors());
        PatchGeometry geometry = PatchGeometry.of(grid, patches);
        byte[] payload = PayloadCodec.deflate().encode(geometry, patches.pixels());
        assertThat(DeflateTwin.inflate(payload, expected.length)).isEqualTo(expected);
    }

    @Test
    void aStreamOfAnotherLengthIsRejectedByName() {
        PixelPatches one = PixelPatches.of(4, 1, new int[] {5}, new byte[16]);
        assertThatThrownBy(() -> decoded(7, one, new byte[18]))
                .hasMessage("the deflate stream holds more than 17 bytes, expected 17");
        assertThatThrownBy(() -> decoded(7, one, new byte[16]))
                .hasMessage("the deflate stream holds 16 bytes, expected 17");
    }

    @Test
    void bytesAfterTheStreamAreCounted() {
        PixelPatches one = PixelPatches.of(4, 1, new int[] {5}, new byte[16]);
        byte[] stream = DeflateTwin.deflate(new byte[17]);
        byte[] longer = Arrays.copyOf(stream, stream.length + 3);
        assertThatThrownBy(() -> PayloadCodec.deflate().decode(PatchGeometry.of(7, one), longer))
                .hasMessage("3 bytes follow the deflate stream's end");
    }

    @Test
    void aStreamThatBreaksOffIsRejectedByName() {
        PixelPatches patches = Messages.patches(new Random(3), 7, 4, 1, 20);
        byte[] stream = PayloadCodec.deflate().encode(PatchGeometry.of(7, patches), patches.pixels());
        byte[] shorter = Arrays.copyOf(stream, stream.length - 50);
        assertThatThrownBy(() -> PayloadCodec.deflate().decode(PatchGeometry.of(7, patches), shorter))
                .hasMessageStartingWith("the deflate stream breaks off after ")
                .hasMessageEndingWith(" bytes, expected 340");
    }

    /** 516 patches of one pixel inflate to 1,032 bytes: one byte of payload may just hold them, by its length. */
    @Test
    void aByteOfPayloadInflatesToAtMost1032() throws MessageException {
        PatchGeometry most = PatchGeometry.of(23, Messages.patches(new Random(1), 23, 1, 1, 516));
        PayloadCodec.deflate().checkLength(most, 1);
        PatchGeometry more = PatchGeometry.of(23, Messages.patches(new Random(1), 23, 1, 1, 517));
        assertThatThrownBy(() -> PayloadCodec.deflate().checkLength(more, 1))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD_LENGTH))
                .hasMessage("the payload has 1 bytes, too few to inflate to 1034");
    }

    private static byte[] decoded(int grid, PixelPatches patches, byte[] inflated) throws MessageException {
        return PayloadCodec.deflate().decode(PatchGeometry.of(grid, patches), DeflateTwin.deflate(inflated));
    }
}
