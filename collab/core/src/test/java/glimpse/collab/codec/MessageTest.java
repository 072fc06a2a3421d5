package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final int[] NONE = {};

    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 148",
        "14, 16, 3, 0",
        "14, 16, 3, 1",
        "14, 16, 3, 24",
        "14, 16, 3, 25",
        "14, 16, 3, 196",
        "7, 4, 1, 49",
        "7, 4, 1, 6",
        "16, 1, 1, 31",
        "17, 1, 1, 18",
        "17, 1, 1, 19",
        "255, 1, 1, 4000",
        "255, 1, 1, 65025",
        "1, 1024, 3, 1"
    })
    void aRequestComesBackAsItWas(int grid, int patchSize, int channels, int count) throws MessageException {
        PatchRequest sent = Messages.request(new Random(count), grid, patchSize, channels, count);
        PatchRequest got = (PatchRequest) Message.parse(sent.encode());
        assertThat(got.requestId()).isEqualTo(sent.requestId());
        assertThat(got.grid()).isEqualTo(grid);
        assertThat(got.codec()).isEqualTo(PayloadCodec.raw());
        PixelPatches patches = got.decodePatches();
        assertThat(patches.patchSize()).isEqualTo(patchSize);
        assertThat(patches.channels()).isEqualTo(channels);
        assertThat(patches.positions()).isEqualTo(sent.decodePatches().positions());
        assertThat(patches.pixels()).isEqualTo(sent.decodePatches().pixels());
        assertThat(got.encode()).isEqualTo(sent.encode());
    }

    /** The examples of MESSAGE.md, for implementations in other languages to start from. */
    @Test
    void theBytesAreThoseOfTheSpecification() {
        PixelPatches bitmap = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[] {10, 20, 30});
        assertThat(hex(PatchRequest.of(0x01020304, 3, bitmap, PayloadCodec.raw())))
                .isEqualTo("474c0101" + "01020304" + "03" + "0001" + "01" + "00" + "0003" + "9080" + "0a141e");
        PixelPatches list = PixelPatches.of(1, 1, new int[] {200}, new byte[] {(byte) 255});
        assertThat(hex(PatchRequest.of(1, 15, list, PayloadCodec.raw())))
                .isEqualTo("474c0101" + "00000001" + "0f" + "0001" + "01" + "00" + "0001" + "c8" + "ff");
        assertThat(hex(PatchRequest.of(2, new UploadRound(0x1122334455667788L, 3, true), 15, list, PayloadCodec.raw())))
                .isEqualTo("474c0201" + "00000002" + "1122334455667788" + "0003" + "01" + "0f" + "0001" + "01" + "00"
                        + "0001" + "c8" + "ff");
        assertThat(hex(PatchRequest.of(2, new PacketPlace(3, 5), 15, list, PayloadCodec.raw())))
                .isEqualTo("474c0301" + "00000002" + "0305" + "0f" + "0001" + "01" + "00" + "0001" + "c8" + "ff");
        assertThat(hex(new PredictionReply(-1, List.of(new ClassProbability(285, 0.5), new ClassProbability(2, 0.25)))))
                .isEqualTo("474c0102" + "ffffffff" + "02" + "0000011d3f000000" + "000000023e800000");
        assertThat(hex(new ErrorReply(7, ErrorReply.Reason.FAILED, "no")))
                .isEqualTo("474c0103" + "00000007" + "02" + "0002" + "6e6f");
    }

    @Test
    void messagesAreAsLongAsSpecified() {
        assertThat(Messages.request(new Random(1), 14, 16, 3, 148).encode()).hasSize(113_704);
        assertThat(Messages.predictionReply(new Random(1), 5).encode()).hasSize(49);
    }

    @Test
    void positionsTakeTheShorterOfListAndBitmap() {
        for (int count = 0; count <= 196; count++) {
            PatchRequest request = Messages.request(new Random(count), 14, 1, 1, count);
            assertThat(request.encode()).hasSize(15 + Math.min(count, 25) + count);
        }
    }

    @Test
    void aPredictionReplyComesBackAsItWas() throws MessageException {
        for (int classes : new int[] {1, 5, 255}) {
            PredictionReply sent = Messages.predictionReply(new Random(classes), classes);
            assertThat(Message.parse(sent.encode())).isEqualTo(sent);
        }
    }

    @Test
    void anErrorReplyComesBackAsItWas() throws MessageException {
        for (ErrorReply.Reason reason : ErrorReply.Reason.values()) {
            ErrorReply sent = new ErrorReply(9, reason, "h\u00e9 \ud83d\ude42");
            assertThat(Message.parse(sent.encode())).isEqualTo(sent);
        }
    }

    @Test
    void aLongErrorTextIsCutBetweenCharacters() throws MessageException {
        ErrorReply cut = new ErrorReply(1, ErrorReply.Reason.FAILED, "x" + "\u20ac".repeat(2000));
        assertThat(cut.text()).isEqualTo("x" + "\u20ac".repeat(341));
        assertThat(Message.parse(cut.encode())).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00, MAGIC",
        "1, ff, MAGIC",
        "2, 04, VERSION",
        "3, 00, KIND",
        "3, 04, KIND",
        "8, 00, GRID",
        "9, ff, PATCH_SIZE",
        "10, 00, PATCH_SIZE",
        "11, 02, CHANNELS",
        "12, c9, CODEC",
        "13, ff, PATCH_COUNT",
        "14, 02, BITMAP",
        "14, 04, BITMAP",
        "15, 80, BITMAP",
        "16, 81, BITMAP",
        "10, 02, PAYLOAD_LENGTH"
    })
    void aBrokenByteOfARequestBreaksItsRule(int at, String value, Rule rule) {
        PixelPatches three = PixelPatches.of(1, 1, new int[] {0, 3, 8}, new byte[3]);
        byte[] bytes = PatchRequest.of(5, 3, three, PayloadCodec.raw()).encode();
        bytes[at] = (byte) Integer.parseInt(value, 16);
        assertBreaks(bytes, rule);
    }

    @Test
    void listedPositionsMustAscendInsideTheGrid() {
        PixelPatches two = PixelPatches.of(1, 1, new int[] {3, 8}, new byte[2]);
        byte[] good = PatchRequest.of(5, 14, two, PayloadCodec.raw()).encode();
        for (int second : new int[] {3, 2, 196, 255}) {
            byte[] bad = good.clone();
            bad[16] = (byte) second;
            assertBreaks(bad, Rule.POSITION_LIST);
        }
    }

    @Test
    void aMessageOfAnyOtherLengthIsRejected() {
        for (Message message : Messages.ofEveryKind(new Random(3))) {
            byte[] bytes = message.encode();
            for (int length = 0; length < bytes.length; length++) {
                byte[] shorter = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Message.parse(shorter)).isInstanceOf(MessageException.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertBreaks(longer, message instanceof PatchRequest ? Rule.PAYLOAD_LENGTH : Rule.TRAILING_BYTES);
        }
    }

    @Test
    void aMessageThatEndsEarlyNamesTheMissingPart() {
        byte[] bytes = Messages.request(new Random(1), 14, 2, 3, 100).encode();
        assertBreaks(Arrays.copyOf(bytes, 7), Rule.TOO_SHORT);
        assertBreaks(Arrays.copyOf(bytes, 14), Rule.TOO_SHORT);
        assertBreaks(Arrays.copyOf(bytes, 39), Rule.POSITIONS_TOO_SHORT);
        assertBreaks(Arrays.copyOf(bytes, 40), Rule.PAYLOAD_LENGTH);
        assertThatThrownBy(() -> Message.parse(Arrays.copyOf(bytes, 39)))
                .hasMessage("the positions of 100 patches: expected 25 bytes from byte 15, but the message has 39");
    }

    @ParameterizedTest
    @CsvSource({
        "8, 00, TRAILING_BYTES",
        "8, 03, TOO_SHORT",
        "8, 01, TRAILING_BYTES",
        "9, 80, CLASSES",
        "20, 01, CLASSES",
        "13, 40, PROBABILITY",
        "13, bf, PROBABILITY",
        "13, 7f, PROBABILITY",
        "21, 3f, PROBABILITY"
    })
    void aBrokenByteOfAPredictionReplyBreaksItsRule(int at, String value, Rule rule) {
        PredictionReply reply =
                new PredictionReply(1, List.of(new ClassProbability(1, 0.5), new ClassProbability(2, 0.25)));
        byte[] bytes = reply.encode();
        bytes[at] = (byte) Integer.parseInt(value, 16);
        assertBreaks(bytes, rule);
    }

    @ParameterizedTest
    @CsvSource({"8, 04, REASON", "9, 05, TEXT", "10, 01, TRAILING_BYTES", "10, 03, TOO_SHORT", "11, ff, TEXT"})
    void aBrokenByteOfAnErrorReplyBreaksItsRule(int at, String value, Rule rule) {
        byte[] bytes = new ErrorReply(1, ErrorReply.Reason.FAILED, "no").encode();
        bytes[at] = (byte) Integer.parseInt(value, 16);
        assertBreaks(bytes, rule);
    }

    @Test
    void aChangedByteGivesANamedErrorOrTheMessageThatTheBytesEncode() {
        Random random = new Random(11);
        int rejected = 0;
        int accepted = 0;
        for (Message message : Messages.ofEveryKind(random)) {
            byte[] good = message.encode();
            for (int trial = 0; trial < 3000; trial++) {
                byte[] changed = good.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
                if (parsesToItself(changed)) {
                    accepted++;
                } else {
                    rejected++;
                }
            }
        }
        assertThat(rejected).isGreaterThan(1000);
        assertThat(accepted).isGreaterThan(1000);
    }

    @Test
    void randomBytesGiveANamedErrorOrTheMessageThatTheyEncode() {
        Random random = new Random(12);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (trial % 2 == 0 && bytes.length >= 4) {
                bytes[0] = 'G';
                bytes[1] = 'L';
                bytes[2] = 1;
                bytes[3] = (byte) (1 + random.nextInt(3));
            }
            parsesToItself(bytes);
            assertThat(Message.requestIdOf(bytes))
                    .isEqualTo(
                            bytes.length >= 8 && trial % 2 == 0
                                    ? ByteBuffer.wrap(bytes).getInt(4)
                                    : 0);
        }
    }

    /** 65,025 patches of 3 MiB would take 190 GiB: the length is checked before anything is allocated. */
    @Test
    void aRequestThatClaimsTooManyPixelsIsRejectedByItsLength() {
        byte[] bitmap = new byte[8129];
        Arrays.fill(bitmap, (byte) 0xff);
        bitmap[8128] = (byte) 0x80;
        byte[] bytes = ByteBuffer.allocate(15 + bitmap.length + 1)
                .put(HexFormat.of().parseHex("474c010100000001" + "ff" + "0400" + "03" + "00" + "fe01"))
                .put(bitmap)
                .array();
        assertBreaks(bytes, Rule.PAYLOAD_LENGTH);
    }

    @Test
    void aRequestOutsideItsGridCannotBeCreated() {
        PixelPatches patches = PixelPatches.of(1, 1, new int[] {9}, new byte[1]);
        assertThatThrownBy(() -> PatchRequest.of(0, 3, patches, PayloadCodec.raw()))
                .hasMessage("position 9 lies outside the grid of 3 x 3");
        PixelPatches none = PixelPatches.of(1, 1, NONE, new byte[0]);
        assertThatThrownBy(() -> PatchRequest.of(0, 256, none, PayloadCodec.raw()))
                .hasMessage("grid is 256, expected 1..255");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 1.5, -0.5})
    void aPredictionReplyWithAnInvalidProbabilityCannotBeCreated(double probability) {
        assertThatThrownBy(() -> new PredictionReply(0, List.of(new ClassProbability(0, probability))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPredictionReplyWithoutAClassIsRejected() {
        assertBreaks(HexFormat.of().parseHex("474c010200000001" + "00"), Rule.CLASSES);
    }

    @Test
    void aPredictionReplyHasAtMost255Classes() {
        List<ClassProbability> many = IntStream.range(0, 256)
                .mapToObj(i -> new ClassProbability(i, 0))
                .toList();
        assertThatThrownBy(() -> new PredictionReply(0, many)).hasMessage("there are 256 classes, expected 1..255");
    }

    /**
     * Returns false for a named error; anything but that or a message that encodes to the same bytes fails the test.
     */
    private static boolean parsesToItself(byte[] bytes) {
        try {
            Message message = Message.parse(bytes);
            assertThat(message.encode()).isEqualTo(bytes);
            if (message instanceof PatchRequest request) {
                assertThat(request.decodePatches().patches()).isEqualTo(request.patches());
            }
            return true;
        } catch (MessageException e) {
            assertThat(e.rule()).isNotNull();
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static void assertBreaks(byte[] bytes, Rule rule) {
        assertThatThrownBy(() -> Message.parse(bytes))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(message.encode());
    }
}
