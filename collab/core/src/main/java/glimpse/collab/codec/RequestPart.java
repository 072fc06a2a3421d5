package glimpse.collab.codec;

import java.nio.ByteBuffer;

/** Which part of an upload a request is, unless it is all of it. */
sealed interface RequestPart permits UploadRound, PacketPlace {
    /** Returns the version of requests that are such parts. */
    static int version(RequestPart part) {
        return switch (part) {
            case UploadRound _ -> Message.ROUNDS_VERSION;
            case PacketPlace _ -> Message.PACKET_VERSION;
        };
    }

    /** Returns the bytes that a part adds to a request. */
    static int bytes(RequestPart part) {
        return switch (part) {
            case UploadRound _ -> UploadRound.BYTES;
            case PacketPlace _ -> PacketPlace.BYTES;
        };
    }

    /** Writes a part where its request has it. */
    static void write(RequestPart part, ByteBuffer to) {
        switch (part) {
            case UploadRound round -> round.write(to);
            case PacketPlace place -> place.write(to);
        }
    }
}
