package glimpse.collab.node;

import glimpse.collab.channel.FailureReason;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import java.util.List;

/** The result of classifying one image by edge and server together. Immutable. */
public sealed interface CollaborativeResult {
    /** Returns the edge's own prediction. */
    Prediction edge();

    /** Returns the most probable classes, most probable first: the server's if it replied, otherwise the edge's. */
    List<ClassProbability> top();

    /** Returns how long each stage took. */
    StageTimes times();

    /**
     * The edge was confident and sent nothing.
     *
     * @param edge the edge's prediction, which stands
     * @param times how long each stage took
     */
    record Confident(Prediction edge, StageTimes times) implements CollaborativeResult {
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
     * @param times how long each stage took
     */
    record Offloaded(
            Prediction edge,
            SelectedPatches selected,
            PredictionReply server,
            int upBytes,
            int downBytes,
            StageTimes times)
            implements CollaborativeResult {
        @Override
        public List<ClassProbability> top() {
            return server.top();
        }
    }

    /**
     * The edge wasn't confident, but the server gave no prediction: the edge's stands after all.
     *
     * @param edge the edge's prediction
     * @param selected the patches that were to be sent
     * @param reason why the server gave no prediction
     * @param detail the same as one line for a person to read
     * @param times how long each stage took
     */
    record Fallback(Prediction edge, SelectedPatches selected, FailureReason reason, String detail, StageTimes times)
            implements CollaborativeResult {
        @Override
        public List<ClassProbability> top() {
            return edge.top(PredictionReply.TOP_CLASSES);
        }
    }
}
