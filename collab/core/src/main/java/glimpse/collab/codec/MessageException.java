package glimpse.collab.codec;

import java.io.IOException;

/** Thrown if bytes aren't a valid message: names the rule that they break, and how. */
public final class MessageException extends IOException {
    private static final long serialVersionUID = 1;

    private final Rule rule;

    /** The rules of the format. */
    public enum Rule {
        /** The message ends before its header does. */
        TOO_SHORT,
        /** The first two bytes aren't {@code GL}. */
        MAGIC,
        /** The version is unknown. */
        VERSION,
        /** The kind is unknown, or a reply stands in place of a request. */
        KIND,
        /** The grid's side is 0. */
        GRID,
        /** The patch size is out of range. */
        PATCH_SIZE,
        /** The channels are neither 1 nor 3. */
        CHANNELS,
        /**
         * The request's place in an upload is impossible: its flag is neither 0 nor 1, or its patches and the earlier
         * ones are more than the grid has positions or share one.
         */
        ROUND,
        /**
         * The packet's place is impossible: its number isn't below the number of packets, or another packet of the
         * request is of another kind or shares a patch with it.
         */
        PACKET,
        /** The payload's codec is unknown. */
        CODEC,
        /** There are more patches than the grid has positions. */
        PATCH_COUNT,
        /** The message ends before its positions do. */
        POSITIONS_TOO_SHORT,
        /** The number of ones in the bitmap isn't the number of patches, or a one lies beyond the grid. */
        BITMAP,
        /** The listed positions don't ascend strictly or lie outside the grid. */
        POSITION_LIST,
        /** The payload's length doesn't fit its codec and the patches. */
        PAYLOAD_LENGTH,
        /** The payload can't be decoded. */
        PAYLOAD,
        /** A prediction reply has no class, one class twice, or a class out of range. */
        CLASSES,
        /** A probability isn't a number from 0 to 1, or is higher than the one before. */
        PROBABILITY,
        /** An error reply's reason is unknown. */
        REASON,
        /** An error reply's text is too long or isn't UTF-8. */
        TEXT,
        /** Bytes follow the message's end. */
        TRAILING_BYTES
    }

    /** Creates an exception for a broken rule. */
    public MessageException(Rule rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Returns the rule that is broken. */
    public Rule rule() {
        return rule;
    }
}
