package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.nio.ByteBuffer;

/**
 * Which part of an upload in rounds a request is: the server sees its patches together with those of earlier requests
 * of the same upload. Immutable.
 *
 * @param uploadId chosen by the edge at random, the same in all requests of an upload
 * @param earlierPatches number of patches in the requests before, 0..65,535; 0 begins the upload anew
 * @param more whether another request may follow, so that the server keeps the patches for a while
 */
public record UploadRound(long uploadId, int earlierPatches, boolean more) implements RequestPart {
    /** The bytes that a round adds to a request. */
    public static final int BYTES = 11;

    private static final int MAX_PATCHES = 0xffff;

    /** Checks the number of patches. */
    public UploadRound {
        if (earlierPatches < 0 || earlierPatches > MAX_PATCHES) {
            throw new IllegalArgumentException(
                    "there are " + earlierPatches + " earlier patches, expected 0.." + MAX_PATCHES);
        }
    }

    static UploadRound read(MessageReader reader) throws MessageException {
        reader.require(BYTES, Rule.TOO_SHORT, "a request's round");
        long uploadId = reader.i64();
        int earlierPatches = reader.u16();
        int more = reader.u8();
        if (more > 1) {
            throw new MessageException(Rule.ROUND, "whether another round may follow is " + more + ", expected 0 or 1");
        }
        return new UploadRound(uploadId, earlierPatches, more == 1);
    }

    void write(ByteBuffer to) {
        to.putLong(uploadId).putShort((short) earlierPatches).put((byte) (more ? 1 : 0));
    }
}
