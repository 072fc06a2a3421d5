package glimpse.evaluation.run;

/**
 * An encoded request to the server, which several uploads of an image may share, and evaluations with other servers,
 * too; equal to itself alone. Immutable as long as nobody changes its bytes.
 */
final class EncodedRequest {
    private final byte[] bytes;

    EncodedRequest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the request's bytes without a copy. */
    byte[] bytes() {
        return bytes;
    }
}
