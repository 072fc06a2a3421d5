package glimpse.collab.evaluate;

/** One message to the server and what comes back. One thread at a time. */
final class Exchange {
    private final byte[] request;
    private byte[] reply = {};

    Exchange(byte[] request) {
        this.request = request;
    }

    byte[] request() {
        return request;
    }

    void receive(byte[] received) {
        reply = received;
    }

    byte[] reply() {
        return reply;
    }
}
