package glimpse.page.model;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.engine.ClassLabels;
import java.time.Duration;
import java.util.Objects;

/**
 * The two models that the page shows. Immutable.
 *
 * @param edgeName what the page calls the edge's model
 * @param edge the edge's model, with a readout row and a classifier
 * @param pass runs the edge's model
 * @param serverName what the page calls the server's model
 * @param serverLabels of the server's model; empty ones stand for those of the edge's
 * @param server leads to it; takes a limit, and several threads at once
 * @param limit the longest wait for the server, above 0
 */
public record ModelPair(
        String edgeName,
        Classifier edge,
        EdgePass pass,
        String serverName,
        ClassLabels serverLabels,
        Channel server,
        Duration limit) {
    /** Checks that nothing is null and that the edge can show what it looks at; fills in labels that aren't known. */
    public ModelPair {
        Objects.requireNonNull(edgeName, "edgeName");
        Objects.requireNonNull(pass, "pass");
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(serverLabels, "serverLabels");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(limit, "limit");
        if (!canBeEdge(edge)) {
            throw new IllegalArgumentException(edgeName
                    + ": the page needs a model with a classifier, and with the attention of a class token or of"
                    + " attention pooling");
        }
        if (serverLabels.isEmpty()) {
            serverLabels = edge.transformer().labels();
        }
    }

    /** Makes a pair whose server's labels aren't known here. */
    public ModelPair(
            String edgeName, Classifier edge, EdgePass pass, String serverName, Channel server, Duration limit) {
        this(edgeName, edge, pass, serverName, ClassLabels.none(), server, limit);
    }

    /** Returns whether the page can show a model as the edge's. */
    public static boolean canBeEdge(Classifier model) {
        return model.transformer().config().hasReadoutRow()
                && model.transformer().config().classes() > 0;
    }
}
