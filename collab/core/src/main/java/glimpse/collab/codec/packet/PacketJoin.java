package glimpse.collab.codec.packet;

import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.MessageException.Rule;
import glimpse.collab.codec.PacketPlace;
import glimpse.collab.codec.PatchRequest;
import glimpse.engine.image.PixelPatches;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins the packets of one request, in whatever order they arrive and whichever are lost. Holds the packets' own bytes
 * until they are decoded, of at most {@link PacketPlace#MAX_PACKETS} packets and no patch twice, so that all of them
 * decode to no more than one whole image. Not thread-safe.
 */
public final class PacketJoin {
    private final int grid;
    private final int patchSize;
    private final int channels;
    private final SortedMap<Integer, PatchRequest> arrived = new TreeMap<>(); // by index
    private final BitSet positions = new BitSet();

    /**
     * Expects the packets of an image.
     *
     * @param grid patches along one side of the image
     * @param patchSize side of a patch in pixels
     * @param channels 1 (grey) or 3 (RGB)
     */
    public PacketJoin(int grid, int patchSize, int channels) {
        this.grid = grid;
        this.patchSize = patchSize;
        this.channels = channels;
    }

    /**
     * Adds a packet. One that comes twice counts once.
     *
     * @param bytes any
     * @throws MessageException if the bytes aren't a packet of this image and of the same request as those before
     */
    public void add(byte[] bytes) throws MessageException {
        if (!(Message.parse(bytes) instanceof PatchRequest packet)
                || packet.packet().isEmpty()) {
            throw new MessageException(
                    Rule.VERSION, "a whole message came, expected version " + Message.PACKET_VERSION);
        }
        PacketPlace place = packet.packet().get();
        requireSame("grid", packet.grid(), grid);
        requireSame("patch size", packet.patchSize(), patchSize);
        requireSame("number of channels", packet.channels(), channels);
        if (!arrived.isEmpty()) {
            PatchRequest other = first();
            requireSame("request id", packet.requestId(), other.requestId());
            requireSame(
                    "number of packets",
                    place.count(),
                    other.packet().orElseThrow().count());
        }
        if (arrived.containsKey(place.index())) {
            return;
        }
        for (int position : packet.positions()) {
            if (positions.get(position)) {
                throw new MessageException(
                        Rule.PACKET, "packet " + place.index() + " has position " + position + ", as another one has");
            }
        }
        Arrays.stream(packet.positions()).forEach(positions::set);
        arrived.put(place.index(), packet);
    }

    private static void requireSame(String what, int got, int expected) throws MessageException {
        if (got != expected) {
            throw new MessageException(Rule.PACKET, "the packet's " + what + " is " + got + ", expected " + expected);
        }
    }

    /** Returns the number of packets that have arrived, each counted once. */
    public int packets() {
        return arrived.size();
    }

    /** Returns whether all packets of the request have arrived. */
    public boolean isComplete() {
        return !arrived.isEmpty()
                && arrived.size() == first().packet().orElseThrow().count();
    }

    private PatchRequest first() {
        return arrived.values().iterator().next();
    }

    /**
     * Decodes the patches that have arrived, possibly none.
     *
     * @throws MessageException if a packet's payload can't be decoded
     */
    public PixelPatches patches() throws MessageException {
        PixelPatches all = PixelPatches.of(patchSize, channels, new int[0], new byte[0]);
        for (PatchRequest packet : arrived.values()) {
            all = all.and(packet.decodePatches());
        }
        return all;
    }
}
