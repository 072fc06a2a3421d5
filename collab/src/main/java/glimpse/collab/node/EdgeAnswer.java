package glimpse.collab.node;

import glimpse.collab.codec.Answer;
import glimpse.collab.gate.ClassProbability;
import glimpse.collab.gate.Probabilities;
import glimpse.collab.select.KeptPatches;
import java.util.List;

/**
 * What edge and server together say of an image. Immutable.
 */
public sealed interface EdgeAnswer {
    /** The edge's own answer. */
    Probabilities edge();

    /** The most probable classes, by whoever has the last word; most probable first. */
    List<ClassProbability> top();

    /** The edge was sure: nothing was sent. */
    record Confident(Probabilities edge) implements EdgeAnswer {
        @Override
        public List<ClassProbability> top() {
            return edge.top(Answer.USUAL_CLASSES);
        }
    }

    /**
     * The edge wasn't sure: the server has the last word.
     *
     * @param kept the patches that were sent
     * @param server the server's answer
     * @param upBytes bytes of the request
     * @param downBytes bytes of the reply
     */
    record Offloaded(Probabilities edge, KeptPatches kept, Answer server, int upBytes, int downBytes)
            implements EdgeAnswer {
        @Override
        public List<ClassProbability> top() {
            return server.top();
        }
    }
}
