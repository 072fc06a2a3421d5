package glimpse.collab.codec;

import java.io.IOException;

/** Bytes that are no message: which rule they break, and how. */
public final class MessageException extends IOException {
    private static final long serialVersionUID = 1;

    private final Rule rule;

    /** The rules of the format, each of which malformed bytes can break. */
    public enum Rule {
        /** The message ends before its header does. */
        TOO_SHORT,
        /** The first two bytes aren't {@code GL}. */
        MAGIC,
        /** The version isn't one that is known. */
        VERSION,
        /** The kind isn't one that is known. */
        KIND,
        /** The grid's side is 0. */
        GRID,
        /** The patch size is out of range. */
        PATCH_SIZE,
        /** The channels are neither 1 nor 3. */
        CHANNELS,
        /** The payload's codec isn't one that is known. */
        CODEC,
        /** There are more patches than the grid has positions. */
        PATCH_COUNT,
        /** The message ends before its positions do. */
        POSITIONS_TOO_SHORT,
        /** The bitmap has another number of ones than there are patches, or a one beyond the grid. */
        BITMAP,
        /** The listed positions don't ascend or leave the grid. */
        POSITION_LIST,
        /** The payload isn't as long as its codec and the number of patches demand. */
        PAYLOAD_LENGTH,
        /** The payload can't be decoded. */
        PAYLOAD,
        /** A reply has no class, the same class twice, or a class out of range. */
        CLASSES,
        /** A reply's probability isn't a number from 0 to 1, or is higher than the one before. */
        PROBABILITY,
        /** A refusal's reason isn't one that is known. */
        REASON,
        /** A refusal's text is too long or isn't UTF-8. */
        TEXT,
        /** There are bytes after the message's end. */
        TRAILING_BYTES
    }

    /** Makes an exception for a broken rule. */
    public MessageException(Rule rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** The rule that is broken. */
    public Rule rule() {
        return rule;
    }
}
