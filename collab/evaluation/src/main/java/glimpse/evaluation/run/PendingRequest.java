package glimpse.evaluation.run;

/** A request to the server, and its reply once it has arrived. Not thread-safe. */
final class PendingRequest {
    private final byte[] bytes;
    private byte[] reply = {};

    PendingRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    void receive(byte[] received) {
        reply = received;
    }

    byte[] reply() {
        return reply;
    }
}
