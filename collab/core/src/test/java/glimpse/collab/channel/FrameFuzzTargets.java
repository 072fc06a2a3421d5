package glimpse.collab.channel;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The reader of a TCP stream. */
public final class FrameFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public FrameFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("frame", FrameFuzzTargets::frames, IOException.class));
    }

    private static void frames(byte[] input) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (Optional<byte[]> message = Frame.read(in); message.isPresent(); message = Frame.read(in)) {
            Frame.write(written, message.get());
        }
        Texts.requireEqual(ByteBuffer.wrap(input), ByteBuffer.wrap(written.toByteArray()));
    }
}
