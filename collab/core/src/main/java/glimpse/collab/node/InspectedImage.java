package glimpse.collab.node;

import glimpse.engine.AttentionMap;
import java.util.Objects;

/**
 * What the edge's model made of one image, and where it looked. Immutable.
 *
 * @param result the prediction and the scores
 * @param readout the attention of the last map, of which the first row is the readout row, for each head
 */
public record InspectedImage(EdgeResult result, AttentionMap readout) {
    /** Checks that nothing is null. */
    public InspectedImage {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(readout, "readout");
    }
}
