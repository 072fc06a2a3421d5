package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCodecTest {
    private static final int CODEC_BYTE = 12;

    @ParameterizedTest
    @ValueSource(strings = {"raw", "deflate", "jpeg:1", "jpeg:75", "jpeg:100", "glimpse:1", "glimpse:40", "glimpse:99"})
    void aSpecParsesBackToItsCodec(String spec) throws MessageException {
        PayloadCodec codec = PayloadCodec.parse(spec);
        assertThat(codec.spec()).isEqualTo(spec);
        assertThat(PayloadCodec.of(codec.id())).isEqualTo(codec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "png", "raw:1", "deflate:9", "jpeg", "jpeg:", "jpeg:0", "jpeg:101", "jpeg:7.5", "jpeg:1:2"})
    void anInvalidTextIsRejectedInOneLine(String text) {
        assertThatThrownBy(() -> PayloadCodec.parse(text))
                .hasMessage("'" + text + "' is invalid, expected " + PayloadCodec.SYNTAX);
    }

    @Test
    void onlyTheSpecifiedNumbersAreCodecs() {
        int known = 0;
        for (int id = 0; id < 256; id++) {
            try {
                assertThat(PayloadCodec.of(id).id()).isEqualTo(id);
                known++;
            } catch (MessageException e) {
                assertThat(e.rule()).isEqualTo(Rule.CODEC);
            }
        }
        assertThat(known).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 148",
        "14, 16, 3, 196",
        "14, 16, 3, 1",
        "7, 4, 1, 49",
        "7, 4, 1, 20",
        "5, 1, 1, 25",
        "5, 1, 3, 7",
        "4, 14, 3, 9",
        "3, 32, 3, 4",
        "6, 8, 3, 20",
        "6, 8, 1, 20",
        "2, 7, 1, 3"
    })
    void deflateRestoresThePixels(int grid, int patchSize, int channels, int count) throws MessageException {
        PixelPatches patches = Pictures.patches(count, grid, patchSize, channels, count);
        assertThat(received(grid, patches, PayloadCodec.deflate()).pixels()).isEqualTo(patches.pixels());
    }

    @Test
    void deflateRestoresEverySubsetOfASmallGrid() throws MessageException {
        PixelPatches all = PixelPatches.cut(Pictures.square(1, 9, 3), 3, 3);
        for (int set = 0; set < 1 << 9; set++) {
            int bits = set;
            int[] kept = IntStream.range(0, 9)
                    .filter(position -> (bits >> position & 1) == 1)
                    .toArray();
            PixelPatches got = received(3, all.select(kept), PayloadCodec.deflate());
            assertThat(got.positions()).isEqualTo(kept);
            assertThat(got.pixels()).isEqualTo(all.select(kept).pixels());
        }
    }

    @Test
    void deflateRestoresNoiseAndAddsLittleToIt() throws MessageException {
        PixelPatches noise = Messages.patches(new Random(3), 14, 16, 3, 50);
        byte[] message = PatchRequest.of(1, 14, noise, PayloadCodec.deflate()).encode();
        assertThat(received(14, noise, PayloadCodec.deflate()).pixels()).isEqualTo(noise.pixels());
        assertThat(message.length).isLessThan(noise.pixels().length * 101 / 100);
    }

    @Test
    void deflateOfAPictureTakesFewerBytes() {
        PixelPatches patches = Pictures.patches(5, 14, 16, 3, 100);
        assertThat(bytes(14, patches, PayloadCodec.deflate()))
                .isLessThan(bytes(14, patches, PayloadCodec.raw()) * 6 / 10);
    }

    /** Patches are predicted from their neighbours' edges, so adjacent ones compress better than scattered ones. */
    @Test
    void deflatePredictsAcrossPatches() {
        PixelPatches all = PixelPatches.cut(Pictures.square(2, 64, 1), 4, 1);
        int[] block = IntStream.range(0, 64).map(i -> i / 8 * 16 + i % 8).toArray();
        int[] scattered =
                IntStream.range(0, 64).map(i -> i / 8 * 32 + i % 8 * 2).toArray();
        assertThat(bytes(16, all.select(block), PayloadCodec.deflate()))
                .isLessThan(bytes(16, all.select(scattered), PayloadCodec.deflate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "deflate", "jpeg:80", "glimpse:40"})
    void noPatchesTakeNoPayload(String spec) throws MessageException {
        PixelPatches none = PixelPatches.of(4, 3, new int[0], new byte[0]);
        byte[] message = PatchRequest.of(1, 7, none, PayloadCodec.parse(spec)).encode();
        assertThat(message).hasSize(15);
        assertThat(received(7, none, PayloadCodec.parse(spec)).patches()).isZero();
        assertBreaks(Arrays.copyOf(message, 16), Rule.PAYLOAD_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 148",
        "14, 16, 3, 1",
        "7, 4, 1, 49",
        "7, 4, 1, 20",
        "4, 14, 3, 9",
        "3, 32, 3, 4",
        "6, 8, 3, 20",
        "6, 8, 1, 20",
        "5, 1, 1, 7",
        "9, 2, 1, 30"
    })
    void jpegOfHighQualityIsClose(int grid, int patchSize, int channels, int count) throws MessageException {
        PixelPatches patches = Pictures.patches(count, grid, patchSize, channels, count);
        PixelPatches got = received(grid, patches, PayloadCodec.jpeg(95));
        assertThat(got.positions()).isEqualTo(patches.positions());
        assertThat(meanError(patches, got)).isLessThan(channels == 1 ? 1.5 : 4);
    }

    @ParameterizedTest
    @CsvSource({"14, 16, 3", "14, 16, 1", "28, 4, 1", "16, 14, 3"})
    void lowerQualityTakesFewerBytesAndIsLessClose(int grid, int patchSize, int channels) throws MessageException {
        PixelPatches patches = Pictures.patches(8, grid, patchSize, channels, 100);
        int bytes = bytes(grid, patches, PayloadCodec.raw());
        double error = 0;
        for (int quality : new int[] {95, 80, 50, 20}) {
            PayloadCodec codec = PayloadCodec.jpeg(quality);
            int fewer = bytes(grid, patches, codec);
            double more = meanError(patches, received(grid, patches, codec));
            assertThat(fewer).isLessThan(bytes);
            assertThat(more).isGreaterThan(error);
            bytes = fewer;
            error = more;
        }
    }

    @Test
    void jpegIsSentWithoutItsHeader() {
        PixelPatches flat = PixelPatches.of(16, 3, new int[] {0, 1, 2}, new byte[3 * 768]);
        int header = 15 + 3;
        assertThat(bytes(14, flat, PayloadCodec.jpeg(75)) - header).isLessThan(20);
    }

    @Test
    void theSamePatchesGiveTheSameBytes() {
        PixelPatches patches = Pictures.patches(3, 14, 16, 3, 60);
        for (String spec : new String[] {"deflate", "jpeg:60", "glimpse:40"}) {
            PayloadCodec codec = PayloadCodec.parse(spec);
            assertThat(PatchRequest.of(1, 14, patches, codec).encode())
                    .isEqualTo(PatchRequest.of(1, 14, patches, codec).encode());
        }
    }

    /** The decoded pixels of a patch of whole MCUs don't depend on the patches that are sent with it. */
    @Test
    void patchesOfWholeMcusDoNotBleed() throws MessageException {
        PixelPatches all = PixelPatches.cut(Pictures.square(4, 64, 1), 8, 1);
        PixelPatches together = received(8, all, PayloadCodec.jpeg(40));
        PixelPatches alone = received(8, all.select(new int[] {37}), PayloadCodec.jpeg(40));
        assertThat(alone.pixels()).isEqualTo(together.select(new int[] {37}).pixels());
    }

    @Test
    void allPatchesInPlaceAreTheJpegOfTheWholeImage() throws MessageException {
        RgbImage picture = Pictures.square(6, 56, 3);
        PixelPatches all = PixelPatches.cut(picture, 14, 3);
        RgbImage whole = JpegImage.encode(picture, 3, 70).decoded();
        assertThat(received(4, all, PayloadCodec.jpeg(70)).pixels())
                .isEqualTo(PixelPatches.cut(whole, 14, 3).pixels());
    }

    @ParameterizedTest
    @CsvSource({"deflate, 14, 4, 3, 60", "deflate, 14, 2, 1, 3", "jpeg:50, 14, 16, 3, 9", "jpeg:90, 7, 4, 1, 30"})
    void aTruncatedOrLengthenedMessageIsRejected(String spec, int grid, int patchSize, int channels, int count) {
        PixelPatches patches = Pictures.patches(7, grid, patchSize, channels, count);
        byte[] good =
                PatchRequest.of(1, grid, patches, PayloadCodec.parse(spec)).encode();
        for (int length = 0; length < good.length; length++) {
            byte[] shorter = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> decode(shorter)).isInstanceOf(MessageException.class);
        }
        for (int more = 1; more < 4; more++) {
            byte[] longer = Arrays.copyOf(good, good.length + more);
            assertThatThrownBy(() -> decode(longer))
                    .isInstanceOfSatisfying(
                            MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD));
        }
    }

    @ParameterizedTest
    @CsvSource({"deflate, 14, 4, 3, 60", "deflate, 7, 4, 1, 20", "jpeg:50, 14, 16, 3, 9", "jpeg:90, 7, 4, 1, 30"})
    void changedBytesGiveANamedErrorOrPatches(String spec, int grid, int patchSize, int channels, int count) {
        Random random = new Random(21);
        PixelPatches patches = Pictures.patches(7, grid, patchSize, channels, count);
        byte[] good =
                PatchRequest.of(1, grid, patches, PayloadCodec.parse(spec)).encode();
        int rejected = 0;
        for (int trial = 0; trial < 3000; trial++) {
            byte[] changed = good.clone();
            for (int change = 0; change <= trial % 3; change++) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                PatchRequest request = (PatchRequest) Message.parse(changed);
                assertThat(request.encode()).isEqualTo(changed);
                assertThat(request.decodePatches().pixels()).hasSize((int) request.pixelBytes());
            } catch (MessageException e) {
                assertThat(e.getMessage()).isNotBlank();
                rejected++;
            } catch (ClassCastException e) {
                assertThat(changed[3]).isNotEqualTo((byte) 1);
            }
        }
        assertThat(rejected).isGreaterThan(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 100, 101, 150, 200})
    void randomPayloadsGiveANamedErrorOrPatches(int codec) {
        Random random = new Random(codec);
        int rejected = 0;
        for (int trial = 0; trial < 3000; trial++) {
            int channels = trial % 2 == 0 ? 1 : 3;
            byte[] head = Messages.request(random, 4, 1 + random.nextInt(17), channels, 1 + random.nextInt(16))
                    .encode();
            int payload = random.nextInt(200);
            byte[] bytes = Arrays.copyOf(head, Math.min(head.length, 17) + payload);
            for (int i = 17; i < bytes.length; i++) {
                bytes[i] = (byte) (trial % 3 == 0 ? 0 : random.nextInt(256));
            }
            bytes[CODEC_BYTE] = (byte) codec;
            try {
                decode(bytes);
            } catch (MessageException e) {
                assertThat(e.getMessage()).isNotBlank();
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(2000);
    }

    @Test
    void aDeflateBombIsRejectedByItsLengthOrOnceItGrowsTooLong() {
        PixelPatches small = PixelPatches.of(4, 1, new int[] {0, 9}, new byte[32]);
        byte[] honest = PatchRequest.of(1, 7, small, PayloadCodec.raw()).encode();
        byte[] bomb = DeflateTwin.deflate(new byte[50_000_000]);
        assertBreaksWhenDecoded(withPayload(honest, 1, bomb), Rule.PAYLOAD);

        PixelPatches large = PixelPatches.of(1024, 3, new int[] {0}, new byte[3 << 20]);
        byte[] claim = PatchRequest.of(1, 7, large, PayloadCodec.raw()).encode();
        byte[] claimsMuch = withPayload(Arrays.copyOf(claim, 16), 1, new byte[3000]);
        assertBreaks(claimsMuch, Rule.PAYLOAD_LENGTH);
    }

    @Test
    void aJpegThatIsTooShortForItsPatchesIsRejectedBeforeItIsDecoded() {
        PixelPatches large = PixelPatches.of(1024, 3, new int[] {0}, new byte[3 << 20]);
        byte[] head =
                Arrays.copyOf(PatchRequest.of(1, 7, large, PayloadCodec.raw()).encode(), 16);
        assertBreaks(withPayload(head, 175, new byte[4 * 4096 - 1]), Rule.PAYLOAD_LENGTH);
    }

    @Test
    void anUnknownPredictorIsRejected() {
        byte[] inflated = new byte[1 + 16];
        inflated[0] = 6;
        PixelPatches one = PixelPatches.of(4, 1, new int[] {5}, new byte[16]);
        byte[] head =
                Arrays.copyOf(PatchRequest.of(1, 7, one, PayloadCodec.raw()).encode(), 16);
        assertThatThrownBy(() -> decode(withPayload(head, 1, DeflateTwin.deflate(inflated))))
                .hasMessage("the predictor of patch 0 is 6, expected 0..5");
    }

    private static byte[] withPayload(byte[] message, int codec, byte[] payload) {
        byte[] head = Arrays.copyOf(message, message.length > 1000 ? 16 : Math.min(message.length, 17));
        byte[] bytes = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, bytes, head.length, payload.length);
        bytes[CODEC_BYTE] = (byte) codec;
        return bytes;
    }

    private static PixelPatches decode(byte[] message) throws MessageException {
        return ((PatchRequest) Message.parse(message)).decodePatches();
    }

    private static PixelPatches received(int grid, PixelPatches patches, PayloadCodec codec) throws MessageException {
        return decode(PatchRequest.of(1, grid, patches, codec).encode());
    }

    private static int bytes(int grid, PixelPatches patches, PayloadCodec codec) {
        return PatchRequest.of(1, grid, patches, codec).encode().length;
    }

    private static double meanError(PixelPatches a, PixelPatches b) {
        byte[] first = a.pixels();
        byte[] second = b.pixels();
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += Math.abs((first[i] & 0xff) - (second[i] & 0xff));
        }
        return (double) sum / first.length;
    }

    private static void assertBreaks(byte[] bytes, Rule rule) {
        assertThatThrownBy(() -> Message.parse(bytes))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    private static void assertBreaksWhenDecoded(byte[] bytes, Rule rule) {
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
