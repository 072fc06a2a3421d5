package glimpse.collab.node;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import java.util.List;

/** The result of classifying one image by edge and server together. Immutable. */
public sealed interface CollaborativeResult {
    /** Returns the edge's own prediction. */
    Prediction edge();

    /** Returns the most probable classes, most probable first: the server's if it was asked, otherwise the edge's. */
    List<ClassProbability> top();

    /**
     * The edge was confident and sent nothing.
     *
     * @param edge the edge's prediction, which stands
     */
    record Confident(Prediction edge) implements CollaborativeResult {
        @Override
        public List<ClassProbability> top() {
            return edge.top(PredictionReply.TOP_CLASSES);
        }
    }

    /**
     * The edge wasn't confident: the server's prediction stands.
     *
     * @param edge the edge's prediction
     * @param selected the patches that were sent
     * @param server the server's reply
     * @param upBytes bytes of the request
     * @param downBytes bytes of the reply
     */
    record Offloaded(Prediction edge, SelectedPatches selected, PredictionReply server, int upBytes, int downBytes)
            implements CollaborativeResult {
        @Override
        public List<ClassProbability> top() {
            return server.top();
        }
    }
}
