package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits that MESSAGE.md sets, from both sides. */
class MessageLimitsTest {
    @Test
    void aRequestTellsItsGeometry() {
        PatchRequest request =
                PatchRequest.of(-7, 14, Messages.patches(new Random(1), 14, 8, 3, 5), PayloadCodec.deflate());
        assertThat(request.requestId()).isEqualTo(-7);
        assertThat(request.grid()).isEqualTo(14);
        assertThat(request.patchSize()).isEqualTo(8);
        assertThat(request.channels()).isEqualTo(3);
        assertThat(request.patches()).isEqualTo(5);
        assertThat(request.pixelBytes()).isEqualTo(5 * 64 * 3);
        assertThat(request.codec()).isEqualTo(PayloadCodec.deflate());
    }

    @ParameterizedTest
    @CsvSource({"16, 1", "17, 2"})
    void aListedPositionTakesOneByteUpTo256Positions(int grid, int bytes) {
        PixelPatches one = PixelPatches.of(1, 1, new int[] {grid * grid - 1}, new byte[1]);
        assertThat(PatchRequest.of(1, grid, one, PayloadCodec.raw()).encode()).hasSize(15 + bytes + 1);
    }

    @Test
    void aTwoByteListReachesTheGridsLastPositionAndNoFurther() throws MessageException {
        PixelPatches last = PixelPatches.of(1, 1, new int[] {288}, new byte[1]);
        byte[] bytes = PatchRequest.of(1, 17, last, PayloadCodec.raw()).encode();
        assertThat(((PatchRequest) Message.parse(bytes)).decodePatches().positions())
                .containsExactly(288);
        bytes[16]++;
        assertBreaks(bytes, Rule.POSITION_LIST);
    }

    @Test
    void aBitmapHasNoOneBeyondTheGrid() {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        byte[] bytes = PatchRequest.of(5, 3, three, PayloadCodec.raw()).encode();
        bytes[16] = 0x40; // position 9 in place of 8
        assertBreaks(bytes, Rule.BITMAP);
    }

    @Test
    void aGridHasAsManyPatchesAsPositions() {
        byte[] full = Messages.request(new Random(1), 3, 1, 1, 9).encode();
        full[14] = 10;
        assertThatThrownBy(() -> Message.parse(full)).hasMessage("there are 10 patches, the grid has 9 positions");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aGridOutOfRangeIsNamed(int grid) {
        PixelPatches none = PixelPatches.of(1, 1, new int[0], new byte[0]);
        assertThatThrownBy(() -> PatchRequest.of(0, grid, none, PayloadCodec.raw()))
                .hasMessage("grid is " + grid + ", expected 1..255");
    }

    /** 85 patches of 3 MiB are within the limit of 256 MiB, 86 aren't, however well they compress. */
    @Test
    void theDecodedPixelsHaveALimit() throws MessageException {
        PatchRequest within = (PatchRequest) Message.parse(deflated(85, 300_000));
        assertThat(within.pixelBytes()).isEqualTo(85 * (3L << 20));
        assertThatThrownBy(() -> Message.parse(deflated(86, 300_000)))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD_LENGTH))
                .hasMessage("the patches have 270532608 bytes of pixels, expected at most 268435456");
    }

    /** A request of codec 1 with patches of 1,024 by 1,024 RGB pixels and a payload of zeros. */
    private static byte[] deflated(int patches, int payloadBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(15 + patches * 2 + payloadBytes)
                .put(HexFormat.of().parseHex("474c010100000001" + "ff" + "0400" + "03" + "01"))
                .putShort((short) patches);
        for (int i = 0; i < patches; i++) {
            bytes.putShort((short) i);
        }
        return bytes.array();
    }

    @ParameterizedTest
    @CsvSource({"x, 341", "xx, 340", "xxx, 340", "xxxx, 340", "'', 341"})
    void anErrorTextIsCutBetweenCharactersOfThreeBytes(String before, int characters) {
        ErrorReply cut = new ErrorReply(1, ErrorReply.Reason.FAILED, before + "\u20ac".repeat(400));
        assertThat(cut.text()).isEqualTo(before + "\u20ac".repeat(characters));
    }

    @Test
    void anErrorTextOf1024BytesIsNotCut() throws MessageException {
        ErrorReply whole = new ErrorReply(1, ErrorReply.Reason.FAILED, "e".repeat(1024));
        assertThat(whole.text()).hasSize(1024);
        assertThat(Message.parse(whole.encode())).isEqualTo(whole);
        assertThat(new ErrorReply(1, ErrorReply.Reason.FAILED, "e".repeat(1025)))
                .isEqualTo(whole);
    }

    @Test
    void aReceivedErrorTextOf1025BytesIsRejected() {
        byte[] bytes = ByteBuffer.allocate(11 + 1025)
                .put(HexFormat.of().parseHex("474c010300000001" + "02" + "0401"))
                .array();
        assertBreaks(bytes, Rule.TEXT);
    }

    @Test
    void equalProbabilitiesAndTheExtremesAreValid() throws MessageException {
        PredictionReply reply = reply(1, 1, 0.5, 0.5, 0, 0);
        assertThat(Message.parse(reply.encode())).isEqualTo(reply);
    }

    @Test
    void minusZeroIsNoProbability() {
        assertThatThrownBy(() -> reply(1, -0.0)).hasMessage("class 1 has probability -0.0, expected 0..1.0");
    }

    @Test
    void aHigherProbabilityAfterALowerOneIsRejected() {
        assertThatThrownBy(() -> reply(0.25, 0.5)).hasMessage("class 1 has probability 0.5, expected 0..0.25");
    }

    @Test
    void aClassIsNotNegativeAndOccursOnce() {
        assertThatThrownBy(() -> new PredictionReply(1, List.of(new ClassProbability(-1, 1))))
                .hasMessage("class -1 is negative or occurs twice");
        assertThatThrownBy(() ->
                        new PredictionReply(1, List.of(new ClassProbability(3, 0.5), new ClassProbability(3, 0.5))))
                .hasMessage("class 3 is negative or occurs twice");
        assertThat(new PredictionReply(1, List.of(new ClassProbability(0, 1))).top())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void bytesWithoutAValidHeaderHaveNoRequestId(int broken) {
        byte[] bytes = new ErrorReply(9, ErrorReply.Reason.FAILED, "").encode();
        assertThat(Message.requestIdOf(bytes)).isEqualTo(9);
        bytes[broken] = (byte) (bytes[broken] + 3); // a version beyond the last, too
        assertThat(Message.requestIdOf(bytes)).isZero();
    }

    private static PredictionReply reply(double... probabilities) {
        List<ClassProbability> top = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            top.add(new ClassProbability(i, probabilities[i]));
        }
        return new PredictionReply(1, top);
    }

    private static void assertBreaks(byte[] bytes, Rule rule) {
        assertThatThrownBy(() -> Message.parse(bytes))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
