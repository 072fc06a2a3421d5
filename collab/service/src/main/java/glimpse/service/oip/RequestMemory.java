package glimpse.service.oip;

/**
 * The memory that a request may take beside what is received: for its responses, until its client has them, and for
 * what a compressed message expands to. Thread-safe.
 */
public interface RequestMemory {
    /** As much as anybody wants. */
    RequestMemory UNBOUNDED = new RequestMemory() {
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
