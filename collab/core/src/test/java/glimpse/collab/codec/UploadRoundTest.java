package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of uploads in rounds. */
class UploadRoundTest {
    @Test
    void aRequestOfARoundComesBackAsItWas() throws MessageException {
        PixelPatches patches = Messages.patches(new Random(4), 7, 4, 1, 9);
        for (UploadRound round :
                List.of(new UploadRound(-1, 40, false), new UploadRound(1, 0, true), new UploadRound(0, 0, false))) {
            PatchRequest sent = PatchRequest.of(8, round, 7, patches, PayloadCodec.deflate());
            assertThat(Messages.assertComesBack(sent, patches, UploadRound.BYTES)
                            .round())
                    .contains(round);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 02, KIND", "16, 01, ROUND", "17, 07, ROUND", "18, 02, ROUND", "19, 00, GRID"})
    void aBrokenByteOfARoundBreaksItsRule(int at, String value, Rule rule) {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        Messages.assertBreaks(
                PatchRequest.of(5, new UploadRound(1, 6, true), 3, three, PayloadCodec.raw()), at, value, rule);
    }

    @Test
    void aRoundHasNoMorePatchesThanTheGridHasLeft() {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        assertThatThrownBy(() -> PatchRequest.of(5, new UploadRound(1, 7, true), 3, three, PayloadCodec.raw()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are 3 patches after 7 earlier ones, the grid has 9 positions");
        assertThatThrownBy(() -> new UploadRound(1, -1, true))
                .hasMessage("there are -1 earlier patches, expected 0..65535");
    }
}
