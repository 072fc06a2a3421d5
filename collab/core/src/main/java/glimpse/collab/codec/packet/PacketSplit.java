package glimpse.collab.codec.packet;

import glimpse.collab.codec.PacketPlace;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Divides an image's patches among packets, so that a lost packet costs little: patches are dealt to the packets one by
 * one, in the order in which they were selected, so that each packet has some of the most important ones, and
 * neighbours travel apart. Immutable.
 *
 * @param mostBytes length of the longest packet, without the headers of the network
 * @param fewestPackets number of packets, 1..{@link PacketPlace#MAX_PACKETS}, even if fewer would do; of fewer patches
 *     one each
 * @param mostPatches number of patches that a packet has at most, at least 1: the fewer, the less the number that
 *     arrives varies
 */
public record PacketSplit(int mostBytes, int fewestPackets, int mostPatches) {
    private static final int FEWEST_PACKETS = 4;
    private static final int MOST_PATCHES = 3;

    /** Checks the ranges. */
    public PacketSplit {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("packets have " + mostBytes + " bytes, expected at least 1");
        }
        if (mostPatches < 1) {
            throw new IllegalArgumentException("packets have " + mostPatches + " patches, expected at least 1");
        }
        if (fewestPackets < 1 || fewestPackets > PacketPlace.MAX_PACKETS) {
            throw new IllegalArgumentException(
                    "the fewest packets are " + fewestPackets + ", expected 1.." + PacketPlace.MAX_PACKETS);
        }
    }

    /**
     * Returns a division among at least four packets, so that few images lose all of them, and of at most three patches
     * each, so that few lose many.
     */
    public static PacketSplit of(int mostBytes) {
        return new PacketSplit(mostBytes, FEWEST_PACKETS, MOST_PATCHES);
    }

    /**
     * Encodes patches as packets, as few as possible.
     *
     * @param requestId repeated by the reply
     * @param grid patches along one side of the image
     * @param image the patches of the image
     * @param order positions of those to send, as they were selected; may be empty
     * @param codec encodes the pixels of each packet by itself
     * @return the packets' bytes, at least one packet
     * @throws IllegalArgumentException if the patches don't fit so many packets
     */
    public List<byte[]> packets(int requestId, int grid, PixelPatches image, int[] order, PayloadCodec codec) {
        int most = Math.clamp(order.length, 1, PacketPlace.MAX_PACKETS);
        int count = Math.clamp(Math.max(fewestPackets, Math.ceilDiv(order.length, mostPatches)), 1, most);
        if (order.length > 0) {
            int bytes = packet(requestId, new PacketPlace(0, 1), grid, image, order, codec).length;
            count = Math.clamp(Math.ceilDiv(bytes, mostBytes), count, most);
        }
        for (; count <= most; count++) {
            Optional<List<byte[]>> packets = dealt(count, requestId, grid, image, order, codec);
            if (packets.isPresent()) {
                return packets.get();
            }
        }
        throw new IllegalArgumentException(order.length + " patches don't fit " + most + " packets of " + mostBytes
                + " bytes, expected longer packets or a codec of fewer bytes than " + codec.spec());
    }

    /** Returns a number of packets; empty if one of them is too long. */
    private Optional<List<byte[]>> dealt(
            int count, int requestId, int grid, PixelPatches image, int[] order, PayloadCodec codec) {
        List<byte[]> packets = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int[] positions = new int[Math.ceilDiv(order.length - index, count)];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = order[index + i * count];
            }
            byte[] packet = packet(requestId, new PacketPlace(index, count), grid, image, positions, codec);
            if (packet.length > mostBytes) {
                return Optional.empty();
            }
            packets.add(packet);
        }
        return Optional.of(packets);
    }

    private static byte[] packet(
            int requestId, PacketPlace place, int grid, PixelPatches image, int[] order, PayloadCodec codec) {
        int[] positions = order.clone();
        Arrays.sort(positions);
        return PatchRequest.of(requestId, place, grid, image.select(positions), codec)
                .encode();
    }
}
