package glimpse.service.oip;

/** The memory that responses may take until their clients have them. Thread-safe. */
public interface ResponseMemory {
    /** As much as anybody wants. */
    ResponseMemory UNBOUNDED = new ResponseMemory() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void giveBack(long bytes) {}
    };

    /** Takes so many bytes and returns whether there were as many; if not, takes none. */
    boolean take(long bytes);

    /** Gives back bytes that aren't needed any more, although the request goes on; at its end all are given back. */
    void giveBack(long bytes);
}
