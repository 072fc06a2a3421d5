package glimpse.collab.codec;

import glimpse.engine.image.PixelPatches;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The readers of messages, of their positions and of their payloads. */
public final class MessageFuzzTargets implements FuzzTargets {
    /** What a payload may decode to here: the limit of messages is far above what a fuzzer's memory allows. */
    private static final long MAX_PIXEL_BYTES = 1 << 17;

    /** Encoding takes the time in which many other inputs are read, and its work is the same for each pixel. */
    private static final long MAX_ENCODED_BYTES = 1 << 12;

    /** Makes the list; called by the service loader. */
    public MessageFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("message", MessageFuzzTargets::message, MessageException.class),
                FuzzTarget.of("positions", MessageFuzzTargets::positions, MessageException.class),
                FuzzTarget.of("glimpse-positions", MessageFuzzTargets::glimpsePositions, MessageException.class),
                payload("payload-raw", PayloadCodec.raw()),
                payload("payload-deflate", PayloadCodec.deflate()),
                payload("payload-jpeg", PayloadCodec.jpeg(85)),
                payload("payload-glimpse", PayloadCodec.glimpse(60)),
                FuzzTarget.of(
                        "codec",
                        Texts.restoring(PayloadCodec::parse, PayloadCodec::spec),
                        IllegalArgumentException.class));
    }

    private static FuzzTarget payload(String name, PayloadCodec codec) {
        return FuzzTarget.of(name, input -> payload(codec, input), MessageException.class);
    }

    private static void message(byte[] input) throws MessageException {
        Message.requestIdOf(input);
        Message message = Message.parse(input);
        byte[] encoded = message.encode();
        if (!Arrays.equals(input, encoded)) {
            throw new AssertionError("a message is encoded as " + Arrays.toString(encoded));
        }
        if (message instanceof PatchRequest request && request.pixelBytes() <= MAX_PIXEL_BYTES) {
            PixelPatches patches = request.decodePatches();
            requireRestored(request.grid(), patches, request.codec());
        }
    }

    /** The grid, the number of positions in two bytes, then the positions. */
    private static void positions(byte[] input) throws MessageException {
        if (input.length < 3 || input[0] == 0) {
            return;
        }
        int grid = input[0] & 0xff;
        int count = Math.min((input[1] & 0xff) << 8 | (input[2] & 0xff), grid * grid);
        byte[] code = Arrays.copyOfRange(input, 3, input.length);
        int[] positions = PositionCode.read(grid, count, new MessageReader(code));
        Texts.requireEqual(count, positions.length);
        ByteBuffer written = ByteBuffer.allocate(PositionCode.bytes(grid, count));
        PositionCode.write(grid, positions, written);
        Texts.requireEqual(ByteBuffer.wrap(code, 0, written.capacity()), written.flip());
    }

    /**
     * The grid, the number of positions in two bytes, then a code that begins with them. What is read is a set of
     * places, and encoded with patches of one pixel it is read again.
     */
    private static void glimpsePositions(byte[] input) throws MessageException {
        if (input.length < 3 || input[0] == 0) {
            return;
        }
        int grid = input[0] & 0xff;
        int count = Math.clamp((input[1] & 0xff) << 8 | (input[2] & 0xff), 1, grid * grid);
        int[] positions = MosaicPayload.positions(grid, count, Arrays.copyOfRange(input, 3, input.length));
        Texts.requireEqual(count, positions.length);
        PatchGeometry geometry = new PatchGeometry(grid, 1, 1, positions); // checks that they ascend within the grid
        if (count <= MAX_ENCODED_BYTES) {
            byte[] code = MosaicPayload.encode(geometry, new byte[count], 1);
            if (!Arrays.equals(positions, MosaicPayload.positions(grid, count, code))) {
                throw new AssertionError("positions change");
            }
        }
    }

    /** The grid, the patch size, whether there is colour, the number of patches, then the payload. */
    private static void payload(PayloadCodec codec, byte[] input) throws MessageException {
        if (input.length < 4 || input[0] == 0 || input[1] == 0 || input[3] == 0) {
            return;
        }
        int grid = input[0] & 0xff;
        int count = Math.min(input[3] & 0xff, grid * grid);
        byte[] payload = Arrays.copyOfRange(input, 4, input.length);
        int[] positions = codec instanceof PayloadCodec.Glimpse
                ? MosaicPayload.positions(grid, count, payload)
                : IntStream.range(0, count).map(i -> i * grid * grid / count).toArray();
        PatchGeometry geometry = new PatchGeometry(grid, input[1] & 0xff, (input[2] & 1) == 0 ? 1 : 3, positions);
        codec.checkLength(geometry, payload.length);
        if (geometry.pixelBytes() <= MAX_PIXEL_BYTES) {
            byte[] pixels = codec.decode(geometry, payload);
            Texts.requireEqual(geometry.pixelBytes(), (long) pixels.length);
            PixelPatches patches = PixelPatches.of(geometry.patchSize(), geometry.channels(), positions, pixels);
            requireRestored(grid, patches, codec);
        }
    }

    /** Patches that were decoded can be sent again, and arrive as they are unless the codec is lossy. */
    private static void requireRestored(int grid, PixelPatches patches, PayloadCodec codec) throws MessageException {
        if (patches.pixels().length > MAX_ENCODED_BYTES) {
            return;
        }
        PatchRequest again = (PatchRequest)
                Message.parse(PatchRequest.of(1, grid, patches, codec).encode());
        byte[] pixels = again.decodePatches().pixels();
        if (!codec.lossy() && !Arrays.equals(patches.pixels(), pixels)) {
            throw new AssertionError("pixels change in " + codec.spec());
        }
    }
}
