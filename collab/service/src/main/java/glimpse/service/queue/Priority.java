package glimpse.service.queue;

/** Who goes first. */
public enum Priority {
    /** Somebody waits for the reply: goes before bulk. */
    INTERACTIVE,
    /** Nobody waits: gets what interactive requests leave, and at least every fourth batch. */
    BULK
}
