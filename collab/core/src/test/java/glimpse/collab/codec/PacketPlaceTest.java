package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are packets of an upload. */
class PacketPlaceTest {
    @Test
    void aPacketComesBackAsItWas() throws MessageException {
        PixelPatches patches = Messages.patches(new Random(4), 7, 4, 1, 9);
        for (PacketPlace place : List.of(new PacketPlace(0, 1), new PacketPlace(3, 9), new PacketPlace(254, 255))) {
            PatchRequest sent = PatchRequest.of(8, place, 7, patches, PayloadCodec.deflate());
            PatchRequest got = Messages.assertComesBack(sent, patches, PacketPlace.BYTES);
            assertThat(got.packet()).contains(place);
            assertThat(got.round()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 02, KIND", "8, 05, PACKET", "9, 02, PACKET", "9, 00, PACKET", "10, 00, GRID"})
    void aBrokenByteOfAPacketBreaksItsRule(int at, String value, Rule rule) {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        Messages.assertBreaks(PatchRequest.of(5, new PacketPlace(2, 5), 3, three, PayloadCodec.raw()), at, value, rule);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "-1, 3", "0, 256"})
    void aPlaceOutOfRangeIsRefused(int index, int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PacketPlace(index, count))
                .withMessage("the packet is number " + index + " of " + count
                        + ", expected 0 up to below a number of 1..255");
    }
}
