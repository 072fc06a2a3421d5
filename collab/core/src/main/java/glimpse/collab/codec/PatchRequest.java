package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/** A request from edge to server: the selected patches of one image. Immutable, safe for use by several threads. */
public final class PatchRequest implements Message {
    static final int KIND = 1;

    /** The longest side of a grid, in patches. */
    public static final int MAX_GRID = 255;

    private static final int MAX_PATCH_SIZE = 1024;
    private static final int FIXED_BYTES = HEADER_BYTES + 7;

    private final int requestId;
    private final Optional<RequestPart> part;
    private final PatchGeometry geometry;
    private final PayloadCodec codec;
    private final byte[] payload;

    private PatchRequest(
            int requestId, Optional<RequestPart> part, PatchGeometry geometry, PayloadCodec codec, byte[] payload) {
        this.requestId = requestId;
        this.part = part;
        this.geometry = geometry;
        this.codec = codec;
        this.payload = payload;
    }

    /**
     * Creates a request with all patches that the server sees.
     *
     * @param requestId repeated by the reply
     * @param grid patches along one side of the image, 1..{@link #MAX_GRID}
     * @param patches the selected patches, possibly none
     * @param codec encodes their pixels
     * @throws IllegalArgumentException if the grid is out of range, a position lies outside the grid, or the patches
     *     are too many for the codec
     */
    public static PatchRequest of(int requestId, int grid, PixelPatches patches, PayloadCodec codec) {
        return of(requestId, Optional.empty(), grid, patches, codec);
    }

    /**
     * Creates a request of an upload in rounds.
     *
     * @param requestId repeated by the reply
     * @param round the upload, and what the server has of it
     * @param grid patches along one side of the image, 1..{@link #MAX_GRID}
     * @param patches those that the server doesn't have
     * @param codec encodes their pixels
     * @throws IllegalArgumentException as for a request with all patches, or if these and the earlier patches are more
     *     than the grid has positions
     */
    public static PatchRequest of(
            int requestId, UploadRound round, int grid, PixelPatches patches, PayloadCodec codec) {
        if (round.earlierPatches() + patches.patches() > grid * grid) {
            throw new IllegalArgumentException(tooMany(round, patches.patches(), grid));
        }
        return of(requestId, Optional.of(round), grid, patches, codec);
    }

    /**
     * Creates a request that is one of the packets of an upload.
     *
     * @param requestId repeated by the reply, the same in all packets
     * @param place which of the packets
     * @param grid patches along one side of the image, 1..{@link #MAX_GRID}
     * @param patches those of this packet
     * @param codec encodes their pixels
     * @throws IllegalArgumentException as for a request with all patches
     */
    public static PatchRequest of(
            int requestId, PacketPlace place, int grid, PixelPatches patches, PayloadCodec codec) {
        return of(requestId, Optional.of(place), grid, patches, codec);
    }

    private static String tooMany(UploadRound round, int patches, int grid) {
        return "there are " + patches + " patches after " + round.earlierPatches() + " earlier ones, the grid has "
                + grid * grid + " positions";
    }

    private static PatchRequest of(
            int requestId, Optional<RequestPart> part, int grid, PixelPatches patches, PayloadCodec codec) {
        Objects.requireNonNull(codec, "codec");
        if (grid < 1 || grid > MAX_GRID) {
            throw new IllegalArgumentException("grid is " + grid + ", expected 1.." + MAX_GRID);
        }
        int[] positions = patches.positions();
        if (positions.length > 0 && positions[positions.length - 1] >= grid * grid) {
            throw new IllegalArgumentException(
                    "position " + positions[positions.length - 1] + " lies outside the grid of " + grid + " x " + grid);
        }
        PatchGeometry geometry = PatchGeometry.of(grid, patches);
        if (geometry.pixelBytes() > PayloadCodec.MAX_PIXEL_BYTES) {
            throw new IllegalArgumentException("the patches have " + geometry.pixelBytes()
                    + " bytes of pixels, expected at most " + PayloadCodec.MAX_PIXEL_BYTES);
        }
        byte[] payload = geometry.patches() == 0 ? new byte[0] : codec.encode(geometry, patches.pixels());
        return new PatchRequest(requestId, part, geometry, codec, payload);
    }

    /** Reads what follows the header. */
    static PatchRequest read(int requestId, int version, MessageReader reader) throws MessageException {
        Optional<RequestPart> part = switch (version) {
            case ROUNDS_VERSION -> Optional.of(UploadRound.read(reader));
            case PACKET_VERSION -> Optional.of(PacketPlace.read(reader));
            default -> Optional.empty();
        };
        reader.require(FIXED_BYTES - HEADER_BYTES, Rule.TOO_SHORT, "a request's fixed part");
        int grid = reader.u8();
        require(grid >= 1, Rule.GRID, "the grid's side is 0, expected 1.." + MAX_GRID);
        int patchSize = reader.u16();
        require(
                patchSize >= 1 && patchSize <= MAX_PATCH_SIZE,
                Rule.PATCH_SIZE,
                "the patch size is " + patchSize + ", expected 1.." + MAX_PATCH_SIZE);
        int channels = reader.u8();
        require(channels == 1 || channels == 3, Rule.CHANNELS, "the channels are " + channels + ", expected 1 or 3");
        PayloadCodec codec = PayloadCodec.of(reader.u8());
        int count = reader.u16();
        require(
                count <= grid * grid,
                Rule.PATCH_COUNT,
                "there are " + count + " patches, the grid has " + grid * grid + " positions");
        if (part.isPresent() && part.get() instanceof UploadRound round) {
            require(round.earlierPatches() + count <= grid * grid, Rule.ROUND, tooMany(round, count, grid));
        }
        int[] positions = inPayload(codec, count)
                ? MosaicPayload.positions(grid, count, reader.rest())
                : PositionCode.read(grid, count, reader);
        PatchGeometry geometry = new PatchGeometry(grid, patchSize, channels, positions);
        checkPayload(geometry, codec, reader.remaining());
        return new PatchRequest(requestId, part, geometry, codec, reader.take(reader.remaining()));
    }

    /** Returns whether the payload holds the positions, too. */
    private static boolean inPayload(PayloadCodec codec, int patches) {
        return codec instanceof PayloadCodec.Glimpse && patches > 0;
    }

    private static void checkPayload(PatchGeometry geometry, PayloadCodec codec, int payloadBytes)
            throws MessageException {
        if (geometry.patches() == 0) {
            require(
                    payloadBytes == 0,
                    Rule.PAYLOAD_LENGTH,
                    "the payload of no patches has " + payloadBytes + " bytes, expected 0");
            return;
        }
        require(
                geometry.pixelBytes() <= PayloadCodec.MAX_PIXEL_BYTES,
                Rule.PAYLOAD_LENGTH,
                "the patches have " + geometry.pixelBytes() + " bytes of pixels, expected at most "
                        + PayloadCodec.MAX_PIXEL_BYTES);
        codec.checkLength(geometry, payloadBytes);
    }

    private static void require(boolean holds, Rule rule, String message) throws MessageException {
        if (!holds) {
            throw new MessageException(rule, message);
        }
    }

    @Override
    public byte[] encode() {
        boolean apart = !inPayload(codec, geometry.patches());
        int positionBytes = apart ? PositionCode.bytes(geometry.grid(), geometry.patches()) : 0;
        int partBytes = part.map(RequestPart::bytes).orElse(0);
        byte[] message = new byte[FIXED_BYTES + partBytes + positionBytes + payload.length];
        int version = part.map(RequestPart::version).orElse(VERSION);
        ByteBuffer to = MessageHeader.begin(version, KIND, requestId, message);
        part.ifPresent(some -> RequestPart.write(some, to));
        to.put((byte) geometry.grid()).putShort((short) geometry.patchSize()).put((byte) geometry.channels());
        to.put((byte) codec.id()).putShort((short) geometry.patches());
        if (apart) {
            PositionCode.write(geometry.grid(), geometry.positions(), to);
        }
        to.put(payload);
        return message;
    }

    @Override
    public int requestId() {
        return requestId;
    }

    /** Returns the place in an upload in rounds; empty if the request isn't a round. */
    public Optional<UploadRound> round() {
        return part.filter(UploadRound.class::isInstance).map(UploadRound.class::cast);
    }

    /** Returns which of an upload's packets the request is; empty if it is none. */
    public Optional<PacketPlace> packet() {
        return part.filter(PacketPlace.class::isInstance).map(PacketPlace.class::cast);
    }

    /** Returns the number of patches along one side of the image. */
    public int grid() {
        return geometry.grid();
    }

    /** Returns the side of a patch in pixels. */
    public int patchSize() {
        return geometry.patchSize();
    }

    /** Returns the number of channels, 1 (grey) or 3 (RGB). */
    public int channels() {
        return geometry.channels();
    }

    /** Returns the codec of the pixels. */
    public PayloadCodec codec() {
        return codec;
    }

    /** Returns a copy of the patches' positions, strictly ascending. */
    public int[] positions() {
        return geometry.positions();
    }

    /** Returns the number of patches in this request. */
    public int patches() {
        return geometry.patches();
    }

    /** Returns the bytes of all pixels once decoded. */
    public long pixelBytes() {
        return geometry.pixelBytes();
    }

    /**
     * Decodes the payload. Check first that {@link #pixelBytes} is as expected: with a compressing codec it may be up
     * to 1,032 times the message's own length.
     *
     * @throws MessageException if the payload can't be decoded
     */
    public PixelPatches decodePatches() throws MessageException {
        byte[] pixels = geometry.patches() == 0 ? new byte[0] : codec.decode(geometry, payload);
        return PixelPatches.of(geometry.patchSize(), geometry.channels(), geometry.positions(), pixels);
    }
}
