package glimpse.service;

import java.util.Optional;

/**
 * Whether a server shows the page, and which of its models plays the edge there. Immutable.
 *
 * @param shown whether there is a page
 * @param edge the name of the model; empty for the smallest
 */
public record PageOptions(boolean shown, Optional<String> edge) {
    /** The page, with the smallest model as the edge's. */
    public static final PageOptions DEFAULT = new PageOptions(true, Optional.empty());
}
