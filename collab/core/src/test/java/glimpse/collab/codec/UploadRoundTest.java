package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
            PatchRequest got = (PatchRequest) Message.parse(sent.encode());
            assertThat(got.round()).contains(round);
            assertThat(got.decodePatches().pixels()).isEqualTo(patches.pixels());
            assertThat(got.encode()).isEqualTo(sent.encode());
            assertThat(Message.requestIdOf(sent.encode())).isEqualTo(8);
            assertThat(sent.encode())
                    .hasSize(PatchRequest.of(8, 7, patches, PayloadCodec.deflate())
                                    .encode()
                                    .length
                            + UploadRound.BYTES);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 02, KIND", "16, 01, ROUND", "17, 07, ROUND", "18, 02, ROUND", "19, 00, GRID"})
    void aBrokenByteOfARoundBreaksItsRule(int at, String value, Rule rule) {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        byte[] bytes = PatchRequest.of(5, new UploadRound(1, 6, true), 3, three, PayloadCodec.raw())
                .encode();
        bytes[at] = (byte) Integer.parseInt(value, 16);
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> Message.parse(bytes))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(rule));
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
