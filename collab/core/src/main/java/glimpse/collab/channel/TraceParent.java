package glimpse.collab.channel;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a distributed trace, as the {@code traceparent} header names it (W3C Trace Context). While a thread works
 * within a step, {@link HttpChannel} tells the server so; without one, every request is a trace of its own.
 *
 * @param traceId of the whole trace: 32 lower-case hexadecimal digits, not all 0
 * @param spanId of the step: 16 lower-case hexadecimal digits, not all 0
 * @param sampled whether whoever began the trace asks for it to be recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final ScopedValue<TraceParent> CURRENT = ScopedValue.newInstance();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    // later versions may append fields, version ff is invalid
    private static final Pattern TEXT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(" + TRACE_ID + ")-(" + SPAN_ID + ")-([0-9a-f]{2})(-.*)?");
    private static final String VERSION = "00";
    private static final int SAMPLED = 1;
    private static final int HEXADECIMAL = 16;

    /**
     * Checks the ids.
     *
     * @throws IllegalArgumentException if one has another form
     */
    public TraceParent {
        if (!TRACE_ID.matcher(traceId).matches() || !SPAN_ID.matcher(spanId).matches()) {
            throw new IllegalArgumentException("the ids of a trace are '" + traceId + "' and '" + spanId
                    + "', expected 32 and 16 lower-case hexadecimal digits that aren't all 0");
        }
    }

    /** Begins a trace with random ids, to be recorded. */
    public static TraceParent begin() {
        return new TraceParent(randomId(TRACE_BYTES), randomId(SPAN_BYTES), true);
    }

    /**
     * Reads a header's value as strictly as the standard asks.
     *
     * @return empty if it is invalid; such a header is to be ignored
     */
    public static Optional<TraceParent> parse(String header) {
        Matcher matcher = TEXT.matcher(header);
        if (!matcher.matches() || (matcher.group(1).equals(VERSION) && matcher.group(5) != null)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), HEXADECIMAL) & SAMPLED) != 0;
        return Optional.of(new TraceParent(matcher.group(2), matcher.group(3), sampled));
    }

    /** Returns the step that this thread works within; empty if there is none. */
    public static Optional<TraceParent> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Returns a step of the same trace with a random id. */
    public TraceParent child() {
        return new TraceParent(traceId, randomId(SPAN_BYTES), sampled);
    }

    /** Does some work within this step. */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(Objects.requireNonNull(work, "work"));
    }

    private static String randomId(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        id[bytes - 1] |= 1; // not all 0
        return HexFormat.of().formatHex(id);
    }

    /** Returns the header's value. */
    @Override
    public String toString() {
        return VERSION + "-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
