package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A request from edge to server: the selected patches of one image. Immutable, safe for use by several threads. */
public final class PatchRequest implements Message {
    static final int KIND = 1;

    /** The longest side of a grid, in patches. */
    public static final int MAX_GRID = 255;

    private static final int MAX_PATCH_SIZE = 1024;
    private static final int FIXED_BYTES = HEADER_BYTES + 7;

    private final int requestId;
    private final PatchGeometry geometry;
    private final PayloadCodec codec;
    private final byte[] payload;

    private PatchRequest(int requestId, PatchGeometry geometry, PayloadCodec codec, byte[] payload) {
        this.requestId = requestId;
        this.geometry = geometry;
        this.codec = codec;
        this.payload = payload;
    }

    /**
     * Creates a request.
     *
     * @param requestId repeated by the reply
     * @param grid patches along one side of the image, 1..{@link #MAX_GRID}
     * @param patches the selected patches, possibly none
     * @param codec encodes their pixels
     * @throws IllegalArgumentException if the grid is out of range, a position lies outside the grid, or the patches
     *     are too many for the codec
     */
    public static PatchRequest of(int requestId, int grid, PixelPatches patches, PayloadCodec codec) {
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
        return new PatchRequest(requestId, geometry, codec, payload);
    }

    /** Reads the part after the header. */
    static PatchRequest read(int requestId, MessageReader reader) throws MessageException {
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
        int[] positions = inPayload(codec, count)
                ? MosaicPayload.positions(grid, count, reader.rest())
                : PositionCode.read(grid, count, reader);
        PatchGeometry geometry = new PatchGeometry(grid, patchSize, channels, positions);
        checkPayload(geometry, codec, reader.remaining());
        return new PatchRequest(requestId, geometry, codec, reader.take(reader.remaining()));
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
        byte[] message = new byte[FIXED_BYTES + positionBytes + payload.length];
        ByteBuffer to = MessageHeader.begin(KIND, requestId, message);
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

    /** Returns the number of patches. */
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
