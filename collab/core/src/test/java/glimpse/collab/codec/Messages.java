package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Valid messages of seeded random content, and what is true of any. */
final class Messages {
    private Messages() {}

    static PixelPatches patches(Random random, int grid, int patchSize, int channels, int count) {
        int[] positions =
                random.ints(0, grid * grid).distinct().limit(count).sorted().toArray();
        byte[] pixels = new byte[count * patchSize * patchSize * channels];
        random.nextBytes(pixels);
        return PixelPatches.of(patchSize, channels, positions, pixels);
    }

    static PatchRequest request(Random random, int grid, int patchSize, int channels, int count) {
        return PatchRequest.of(
                random.nextInt(), grid, patches(random, grid, patchSize, channels, count), PayloadCodec.raw());
    }

    static PredictionReply predictionReply(Random random, int classes) {
        List<ClassProbability> top = IntStream.range(0, classes)
                .mapToObj(i -> new ClassProbability(i * 7 + random.nextInt(7), 1.0 / (i + 2 + random.nextDouble())))
                .toList();
        return new PredictionReply(random.nextInt(), top);
    }

    /** Messages of every kind, including requests with a list and with a bitmap. */
    static List<Message> ofEveryKind(Random random) {
        return List.of(
                request(random, 14, 2, 3, 100),
                request(random, 14, 2, 1, 3),
                request(random, 7, 4, 1, 0),
                request(random, 20, 1, 1, 10),
                PatchRequest.of(
                        random.nextInt(),
                        new UploadRound(random.nextLong(), 30, random.nextBoolean()),
                        14,
                        patches(random, 14, 2, 3, 20),
                        PayloadCodec.raw()),
                PatchRequest.of(
                        random.nextInt(),
                        new PacketPlace(random.nextInt(7), 7),
                        14,
                        patches(random, 14, 2, 3, 20),
                        PayloadCodec.raw()),
                predictionReply(random, 5),
                new ErrorReply(
                        random.nextInt(), ErrorReply.Reason.MODEL_MISMATCH, "the grid is 7, expected 14 \u2014 sorry"));
    }

    /**
     * Checks that a request that is a part of an upload comes back as it was.
     *
     * @param patches what it sends
     * @param placeBytes how much longer it is than a request that is a whole upload
     * @return what came back
     */
    static PatchRequest assertComesBack(PatchRequest sent, PixelPatches patches, int placeBytes)
            throws MessageException {
        PatchRequest got = (PatchRequest) Message.parse(sent.encode());
        assertThat(got.positions()).isEqualTo(patches.positions());
        assertThat(got.decodePatches().pixels()).isEqualTo(patches.pixels());
        assertThat(got.encode()).isEqualTo(sent.encode());
        assertThat(Message.requestIdOf(sent.encode())).isEqualTo(sent.requestId());
        PatchRequest whole = PatchRequest.of(sent.requestId(), sent.grid(), patches, sent.codec());
        assertThat(sent.encode()).hasSize(whole.encode().length + placeBytes);
        return got;
    }

    /** Checks that a message with another byte breaks a rule. */
    static void assertBreaks(Message message, int at, String hexByte, Rule rule) {
        byte[] bytes = message.encode();
        bytes[at] = (byte) Integer.parseInt(hexByte, 16);
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> Message.parse(bytes))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
