package glimpse.page.model;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import java.time.Duration;
import java.util.Objects;

/**
 * The two models that the page shows. Immutable.
 *
 * @param edgeName what the page calls the edge's model
 * @param edge the edge's model, with a readout row and a classifier
 * @param pass runs the edge's model
 * @param serverName what the page calls the server's model
 * @param server leads to it; takes a limit, and several threads at once
 * @param limit the longest wait for the server, above 0
 */
public record ModelPair(
        String edgeName, Classifier edge, EdgePass pass, String serverName, Channel server, Duration limit) {
    /** Checks that nothing is null and that the edge can show what it looks at. */
    public ModelPair {
        Objects.requireNonNull(edgeName, "edgeName");
        Objects.requireNonNull(pass, "pass");
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(limit, "limit");
        if (!canBeEdge(edge)) {
            throw new IllegalArgumentException(edgeName
                    + ": the page needs a model with a classifier, and with the attention of a class token or of"
                    + " attention pooling");
        }
    }

    /** Returns whether the page can show a model as the edge's. */
    public static boolean canBeEdge(Classifier model) {
        return model.transformer().config().hasReadoutRow()
                && model.transformer().config().classes() > 0;
    }
}
