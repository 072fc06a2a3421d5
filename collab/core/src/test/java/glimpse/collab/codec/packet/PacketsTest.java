package glimpse.collab.codec.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.codec.PacketPlace;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dividing requests among packets, and joining those that arrive. */
class PacketsTest {
    private static final int GRID = 7;
    private static final int SIZE = 8;
    private static final int ID = 77;

    private static PixelPatches image() {
        int[] positions = IntStream.range(0, GRID * GRID).toArray();
        byte[] pixels = new byte[positions.length * SIZE * SIZE * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / 3 * (1 + i / 4000));
        }
        return PixelPatches.of(SIZE, 3, positions, pixels);
    }

    private static int[] order(int count) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, GRID * GRID).boxed().toList());
        Collections.shuffle(all, new Random(count));
        return all.stream().limit(count).mapToInt(Integer::intValue).toArray();
    }

    private static List<byte[]> split(int mostBytes, int fewest, int[] order, String codec) {
        return new PacketSplit(mostBytes, fewest, GRID * GRID)
                .packets(ID, GRID, image(), order, PayloadCodec.parse(codec));
    }

    private static PacketJoin join(List<byte[]> packets) throws MessageException {
        PacketJoin join = new PacketJoin(GRID, SIZE, 3);
        for (byte[] packet : packets) {
            join.add(packet);
        }
        return join;
    }

    private static int[] positions(byte[] packet) {
        try {
            return ((PatchRequest) Message.parse(packet)).positions();
        } catch (MessageException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 1432, 20",
        "raw, 227, 20",
        "deflate, 227, 49",
        "jpeg:60, 227, 49",
        "glimpse:60, 227, 49",
        "glimpse:60, 120, 30"
    })
    void noPacketIsLongerThanAllowedAndTogetherTheyHaveAllPatches(String codec, int mostBytes, int count)
            throws MessageException {
        int[] order = order(count);
        List<byte[]> packets = split(mostBytes, 1, order, codec);
        assertThat(packets).allSatisfy(packet -> assertThat(packet).hasSizeLessThanOrEqualTo(mostBytes));
        PacketJoin join = join(packets);
        assertThat(join.isComplete()).isTrue();
        assertThat(join.patches().positions())
                .isEqualTo(Arrays.stream(order).sorted().toArray());
        if (!PayloadCodec.parse(codec).lossy()) {
            assertThat(join.patches().pixels())
                    .isEqualTo(image().select(join.patches().positions()).pixels());
        }
    }

    @Test
    void oneFewerPacketWouldNotDo() {
        int[] order = order(49);
        int count = split(110, 1, order, "glimpse:60").size();
        assertThat(count).isGreaterThan(2);
        int longest = split(10_000, count - 1, order, "glimpse:60").stream()
                .mapToInt(packet -> packet.length)
                .max()
                .orElseThrow();
        assertThat(longest).isGreaterThan(110);
    }

    @Test
    void patchesAreDealtInTheirOrder() {
        int[] order = order(11);
        List<byte[]> packets = split(60_000, 3, order, "raw");
        assertThat(packets).hasSize(3);
        for (int i = 0; i < 3; i++) {
            int packet = i;
            assertThat(positions(packets.get(i)))
                    .isEqualTo(IntStream.range(0, 11)
                            .filter(k -> k % 3 == packet)
                            .map(k -> order[k])
                            .sorted()
                            .toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3, 3", "4, 4", "12, 4", "13, 5", "49, 17"})
    void packetsHaveFewPatchesEach(int patches, int packets) {
        assertThat(PacketSplit.of(60_000).packets(ID, GRID, image(), order(patches), PayloadCodec.raw()))
                .hasSize(packets);
    }

    @Test
    void aPatchThatFitsNoPacketIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(200, 1, order(5), "raw"))
                .withMessage("5 patches don't fit 5 packets of 200 bytes, expected longer packets or a codec of fewer"
                        + " bytes than raw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "deflate", "jpeg:60", "glimpse:60"})
    void whatArrivesIsDecodedWithoutTheRest(String codec) throws MessageException {
        List<byte[]> packets = split(227, 5, order(20), codec);
        for (int lost = 0; lost < packets.size(); lost++) {
            List<byte[]> arrived = new ArrayList<>(packets);
            int[] missing = positions(arrived.remove(lost));
            Collections.shuffle(arrived, new Random(lost));
            PacketJoin join = join(arrived);
            assertThat(join.isComplete()).isFalse();
            assertThat(join.packets()).isEqualTo(packets.size() - 1);
            PixelPatches all = join(packets).patches();
            int[] rest = IntStream.of(all.positions())
                    .filter(position -> Arrays.binarySearch(missing, position) < 0)
                    .toArray();
            assertThat(join.patches().positions()).isEqualTo(rest);
            assertThat(join.patches().pixels()).isEqualTo(all.select(rest).pixels());
        }
    }

    @Test
    void aPacketThatComesTwiceCountsOnce() throws MessageException {
        List<byte[]> packets = split(60_000, 4, order(9), "raw");
        PacketJoin join = join(List.of(packets.get(2), packets.get(2)));
        assertThat(join.packets()).isEqualTo(1);
        assertThat(join.patches().positions()).isEqualTo(positions(packets.get(2)));
    }

    @Test
    void nothingArrived() throws MessageException {
        assertThat(join(List.of()).patches().patches()).isZero();
        assertThat(join(List.of()).isComplete()).isFalse();
    }

    private static byte[] packet(int id, int index, int count, int grid, PixelPatches patches) {
        return PatchRequest.of(id, new PacketPlace(index, count), grid, patches, PayloadCodec.raw())
                .encode();
    }

    @Test
    void aPacketOfAnotherRequestIsRefused() throws MessageException {
        PixelPatches two = image().select(new int[] {3, 5});
        PacketJoin join = join(List.of(packet(ID, 0, 3, GRID, two)));
        PixelPatches others = image().select(new int[] {4, 6});
        assertRefused(join, packet(ID + 1, 1, 3, GRID, others), "the packet's request id is 78, expected 77");
        assertRefused(join, packet(ID, 1, 4, GRID, others), "the packet's number of packets is 4, expected 3");
        assertRefused(join, packet(ID, 1, 3, GRID + 1, others), "the packet's grid is 8, expected 7");
        assertRefused(
                join,
                packet(ID, 1, 3, GRID, image().select(new int[] {4, 5})),
                "packet 1 has position 5, as another one has");
        PixelPatches grey = PixelPatches.of(SIZE, 1, new int[] {9}, new byte[SIZE * SIZE]);
        assertRefused(join, packet(ID, 1, 3, GRID, grey), "the packet's number of channels is 1, expected 3");
        PixelPatches small = PixelPatches.of(2, 3, new int[] {9}, new byte[12]);
        assertRefused(join, packet(ID, 1, 3, GRID, small), "the packet's patch size is 2, expected 8");
        join.add(packet(ID, 1, 3, GRID, others));
        assertThat(join.patches().positions()).containsExactly(3, 4, 5, 6);
    }

    private static void assertRefused(PacketJoin join, byte[] packet, String message) {
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> join.add(packet))
                .withMessage(message)
                .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.PACKET));
    }

    @Test
    void aMessageThatIsNoPacketIsRefused() {
        for (Message message : List.of(
                PatchRequest.of(ID, GRID, image(), PayloadCodec.raw()),
                new ErrorReply(ID, ErrorReply.Reason.FAILED, "no"))) {
            assertThatExceptionOfType(MessageException.class)
                    .isThrownBy(() -> join(List.of(message.encode())))
                    .withMessage("a whole message came, expected version 3")
                    .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.VERSION));
        }
    }
}
