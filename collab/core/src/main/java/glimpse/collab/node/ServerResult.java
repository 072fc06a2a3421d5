package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PredictionReply;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.Prediction;

/** What the server's model made of one image: logits, or why there are none. Immutable. */
public sealed interface ServerResult {
    /**
     * Returns the reply to a request.
     *
     * @param requestId the id of the request
     * @return a {@link PredictionReply}, or an {@link ErrorReply} of reason {@code FAILED}
     */
    Message reply(int requestId);

    /** The model's output. */
    final class Logits implements ServerResult {
        private final float[] values; // [classes]

        Logits(float[] values) {
            this.values = values;
        }

        /** Returns a copy of the logits, {@code [classes]}. */
        public float[] values() {
            return values.clone();
        }

        @Override
        public Message reply(int requestId) {
            Prediction prediction;
            try {
                prediction = Prediction.softmax(values);
            } catch (NonFiniteOutputException e) {
                return new ErrorReply(requestId, Reason.FAILED, "the model's output isn't a number");
            }
            return new PredictionReply(requestId, prediction.top(PredictionReply.TOP_CLASSES));
        }
    }

    /**
     * The forward pass threw.
     *
     * @param cause what it threw
     */
    record Failed(Throwable cause) implements ServerResult {
        @Override
        public Message reply(int requestId) {
            return new ErrorReply(requestId, Reason.FAILED, "the server failed: " + cause.getMessage());
        }
    }
}
