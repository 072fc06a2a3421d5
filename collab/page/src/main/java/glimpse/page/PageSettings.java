package glimpse.page;

import glimpse.collab.node.EdgeStep;
import java.util.Objects;
import java.util.Optional;

/**
 * How a page is set up. Immutable.
 *
 * @param step the score of the patches, and what selection, rule that ends rounds, gate and codec begin with
 * @param together whether both models run in this process, rather than the server's on another machine
 * @param classifyPath where the same server takes pictures from programs; empty if it doesn't
 */
public record PageSettings(EdgeStep step, boolean together, Optional<String> classifyPath) {
    /** Checks that nothing is null. */
    public PageSettings {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(classifyPath, "classifyPath");
    }
}
