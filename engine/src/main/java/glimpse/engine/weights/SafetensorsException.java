package glimpse.engine.weights;

import java.io.IOException;

/**
 * Thrown if a safetensors file breaks a rule of its format; the message says which file, where, and what was expected.
 */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Rule rule;

    SafetensorsException(Rule rule, String file, String what) {
        super(file + ": " + what + " [" + rule + "]");
        this.rule = rule;
    }

    /** Returns the rule that is broken. */
    public Rule rule() {
        return rule;
    }
}
