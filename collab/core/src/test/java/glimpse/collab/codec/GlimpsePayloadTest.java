package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs 2 to 100 in messages. */
class GlimpsePayloadTest {
    private static final int FIXED_BYTES = 15;

    @ParameterizedTest
    @ValueSource(strings = {"glimpse", "glimpse:", "glimpse:0", "glimpse:100", "glimpse:1:2"})
    void anInvalidTextIsRejectedInOneLine(String text) {
        assertThatThrownBy(() -> PayloadCodec.parse(text))
                .hasMessage("'" + text
                        + "' is invalid, expected raw, deflate, jpeg:QUALITY (1..100) or glimpse:QUALITY (1..99)");
    }

    @Test
    void aGlimpseTakesFewerBytesThanAJpegThatIsLessClose() throws MessageException {
        PixelPatches patches = Pictures.patches(9, 14, 16, 3, 40);
        byte[] jpeg = encode(patches, PayloadCodec.jpeg(50));
        byte[] glimpse = encode(patches, PayloadCodec.glimpse(60));
        assertThat(glimpse).hasSizeLessThan(jpeg.length * 8 / 10);
        assertThat(error(patches, decode(glimpse))).isLessThan(error(patches, decode(jpeg)));
    }

    @Test
    void aGlimpseHoldsThePositions() throws MessageException {
        for (int count : new int[] {1, 30, 195, 196}) {
            PixelPatches patches = Pictures.patches(count, 14, 4, 1, count);
            assertThat(decode(encode(patches, PayloadCodec.glimpse(30))).positions())
                    .isEqualTo(patches.positions());
        }
        PixelPatches flat = PixelPatches.of(16, 3, new int[] {3, 4, 5}, new byte[3 * 768]);
        assertThat(encode(flat, PayloadCodec.glimpse(30))).hasSizeLessThan(FIXED_BYTES + 12);
    }

    @Test
    void aGlimpseThatBreaksOffIsRejectedByWhatIsMissing() {
        PixelPatches patches = Pictures.patches(7, 14, 16, 3, 98);
        byte[] good = encode(patches, PayloadCodec.glimpse(40));
        assertBreaks(Arrays.copyOf(good, FIXED_BYTES), Rule.POSITIONS_TOO_SHORT);
        assertBreaks(Arrays.copyOf(good, FIXED_BYTES + 98 * 768 / 1024), Rule.PAYLOAD_LENGTH);
        assertBreaks(Arrays.copyOf(good, good.length / 2), Rule.PAYLOAD);
        assertBreaks(Arrays.copyOf(good, good.length + 5), Rule.PAYLOAD);
    }

    @Test
    void changedBytesGiveANamedErrorOrPatches() {
        Random random = new Random(21);
        byte[] good = encode(Pictures.patches(7, 14, 16, 3, 4), PayloadCodec.glimpse(50));
        int rejected = 0;
        for (int trial = 0; trial < 1000; trial++) {
            byte[] changed = good.clone();
            changed[FIXED_BYTES + random.nextInt(good.length - FIXED_BYTES)] ^= (byte) (1 + random.nextInt(255));
            try {
                PatchRequest request = (PatchRequest) Message.parse(changed);
                assertThat(request.encode()).isEqualTo(changed);
                assertThat(request.decodePatches().pixels()).hasSize(4 * 768);
            } catch (MessageException e) {
                assertThat(e).hasMessageContaining("can't be decoded: ");
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(300);
    }

    private static byte[] encode(PixelPatches patches, PayloadCodec codec) {
        return PatchRequest.of(1, 14, patches, codec).encode();
    }

    private static PixelPatches decode(byte[] message) throws MessageException {
        return ((PatchRequest) Message.parse(message)).decodePatches();
    }

    private static double error(PixelPatches a, PixelPatches b) {
        byte[] first = a.pixels();
        byte[] second = b.pixels();
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += Math.abs((first[i] & 0xff) - (second[i] & 0xff));
        }
        return (double) sum / first.length;
    }

    private static void assertBreaks(byte[] message, Rule rule) {
        assertThatThrownBy(() -> decode(message))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
