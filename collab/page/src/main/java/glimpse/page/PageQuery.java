package glimpse.page;

import glimpse.collab.audit.Audit;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a query asks for: {@code select}, {@code until}, {@code gate} and {@code codec} in the syntax of the command
 * line's options, and {@code ask=true} to ask the server. Rounds without {@code until} are all sent.
 *
 * @param step what the edge is to do
 * @param ask whether to ask the server, if the edge isn't confident
 */
record PageQuery(EdgeStep step, boolean ask) {
    private static final int MAX_LENGTH = 1000;

    /**
     * Parses a query.
     *
     * @param defaults what holds where the query says nothing
     */
    static PageQuery parse(String query, EdgeStep defaults) throws PageException {
        if (query.length() > MAX_LENGTH) {
            throw new PageException(
                    PageException.BAD_REQUEST, "the query is longer than " + MAX_LENGTH + " characters");
        }
        PageQuery parsed = new PageQuery(defaults, false);
        try {
            for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    throw new PageException(PageException.BAD_REQUEST, "'" + pair + "' in the query has no value");
                }
                parsed = parsed.with(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw new PageException(PageException.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return parsed;
    }

    private PageQuery with(String name, String value) throws PageException {
        OffloadGate gate = step.gate();
        SelectionPolicy policy = step.policy();
        PayloadCodec codec = step.codec();
        Optional<StopRule> until = step.until();
        switch (name) {
            case "select" -> policy = new SelectionPolicy(policy.score(), PatchSelection.parse(value));
            case "until" -> until = Optional.of(StopRule.parseOne(value));
            case "gate" -> gate = OffloadGate.parseOne(value);
            case "codec" -> codec = PayloadCodec.parse(value);
            case "ask" -> {
                return new PageQuery(step, Boolean.parseBoolean(value));
            }
            default ->
                throw new PageException(
                        PageException.BAD_REQUEST,
                        "'" + name + "' in the query is unknown, expected select, until, gate, codec or ask");
        }
        return new PageQuery(new EdgeStep(gate, policy, codec, until, Audit.NONE), ask);
    }
}
