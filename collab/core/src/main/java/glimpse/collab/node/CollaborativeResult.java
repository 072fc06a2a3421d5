package glimpse.collab.node;

import glimpse.collab.channel.FailureReason;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import java.util.List;
import java.util.Optional;

/** The result of classifying one image by edge and server together. Immutable. */
public sealed interface CollaborativeResult {
    /** Returns the edge's own prediction. */
    Prediction edge();

    /** Returns the most probable classes, most probable first: the server's if it replied, otherwise the edge's. */
    List<ClassProbability> top();

    /** Returns how long each stage took. */
    StageTimes times();

    /** Returns whether the edge was confident, so that its prediction stood before anything was asked. */
    default boolean confident() {
        return this instanceof Confident || this instanceof Audited;
    }

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
     * @param selected the patches that the server's prediction is from
     * @param server the server's last prediction
     * @param exchanges number of requests that the server answered, 1 unless the upload was in rounds
     * @param upBytes bytes of those requests
     * @param downBytes bytes of the predictions
     * @param cutShort why a further round got no prediction, so that the one before it stands; empty if none was needed
     * @param times how long each stage took
     */
    record Offloaded(
            Prediction edge,
            SelectedPatches selected,
            PredictionReply server,
            int exchanges,
            int upBytes,
            int downBytes,
            Optional<ServerAnswer.Failed> cutShort,
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

    /**
     * The edge was confident, and the server was asked all the same, to learn whether it agrees. The edge's prediction
     * stands.
     *
     * @param asked the result if the edge hadn't been confident: offloaded or fallback
     */
    record Audited(CollaborativeResult asked) implements CollaborativeResult {
        /** Checks that the server was asked. */
        public Audited {
            if (!(asked instanceof Offloaded || asked instanceof Fallback)) {
                throw new IllegalArgumentException("asked is " + asked + ", expected offloaded or fallback");
            }
        }

        @Override
        public Prediction edge() {
            return asked.edge();
        }

        @Override
        public List<ClassProbability> top() {
            return edge().top(PredictionReply.TOP_CLASSES);
        }

        @Override
        public StageTimes times() {
            return asked.times();
        }

        /** Returns whether the server predicts another class than the edge; empty if it gave no prediction. */
        public Optional<Boolean> disagrees() {
            return asked instanceof Offloaded server
                    ? Optional.of(
                            server.top().getFirst().index() != top().getFirst().index())
                    : Optional.empty();
        }
    }
}
