package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.FaultyServer.Behaviour;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Exchanges of one small request with a server that does as it is told. */
final class Exchanges {
    static final int ID = 0x89abcdef;
    static final byte[] REPLY = reply(ID);
    static final byte[] REQUEST = request(ID);

    private static final Duration LONG = Duration.ofSeconds(30);

    private Exchanges() {}

    static byte[] request(int id) {
        PixelPatches patches = PixelPatches.of(1, 1, new int[] {0}, new byte[] {1});
        return PatchRequest.of(id, 1, patches, PayloadCodec.raw()).encode();
    }

    static byte[] reply(int id) {
        return new PredictionReply(id, List.of(new ClassProbability(3, 0.5))).encode();
    }

    /** Never answers; counts down when it has been asked. */
    static Behaviour hanging(CountDownLatch asked) {
        CountDownLatch never = new CountDownLatch(1);
        return (request, out, connection) -> {
            asked.countDown();
            never.await();
        };
    }

    static ChannelException failure(HttpChannel channel) {
        return failure(channel, LONG);
    }

    static ChannelException failure(HttpChannel channel, Duration limit) {
        return catchThrowableOfType(ChannelException.class, () -> channel.exchange(REQUEST, limit));
    }

    /** Asks a server that behaves so, and returns the failure. */
    static ChannelException assertFails(FailureReason reason, Behaviour behaviour) throws IOException {
        return assertFails(reason, LONG, behaviour);
    }

    static ChannelException assertFails(FailureReason reason, Duration limit, Behaviour behaviour) throws IOException {
        try (FaultyServer server = new FaultyServer(behaviour);
                HttpChannel channel =
                        HttpChannel.to(server.uri(), "base").limit(limit).build()) {
            ChannelException e = failure(channel);
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            return e;
        }
    }
}
