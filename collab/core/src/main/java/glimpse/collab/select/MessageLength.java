package glimpse.collab.select;

/** Tells how long the message with some of an image's patches is, to selections whose budget is one of bytes. */
@FunctionalInterface
public interface MessageLength {
    /**
     * Returns the length in bytes.
     *
     * @param positions of the patches, strictly ascending; may be empty
     */
    int bytes(int[] positions);
}
