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
        private final Classifier classifier;
        private final float[] values; // [classes]
        private final float[] attention; // [layers][heads][tokens]
        private final float[] patchTokens; // [patches][width]

        Logits(Classifier classifier, float[] values, float[] attention, float[] patchTokens) {
            this.classifier = classifier;
            this.values = values;
            this.attention = attention;
            this.patchTokens = patchTokens;
        }

        /** Returns a copy of the logits, {@code [classes]}. */
        public float[] values() {
            return values.clone();
        }

        /**
         * Returns the prediction that the logits amount to at the model's temperature.
         *
         * @throws NonFiniteOutputException if the logits aren't finite numbers
         */
        public Prediction prediction() {
            return classifier.predict(values);
        }

        /**
         * Returns a copy of the attention to all tokens of the query that the image is read out with,
         * {@code [layers][heads][tokens]}; empty if it wasn't asked for. Attention pooling counts as the only layer.
         */
        public float[] attention() {
            return attention.clone();
        }

        /**
         * Returns a copy of the patches' tokens after the last layer, {@code [patches][width]}, normalised by the last
         * LayerNorm unless that is of the patches' mean; empty if they weren't asked for.
         */
        public float[] patchTokens() {
            return patchTokens.clone();
        }

        @Override
        public Message reply(int requestId) {
            Prediction ofImage;
            try {
                ofImage = prediction();
            } catch (NonFiniteOutputException e) {
                return new ErrorReply(requestId, Reason.FAILED, "the model's output isn't a number");
            }
            return new PredictionReply(requestId, ofImage.top(PredictionReply.TOP_CLASSES));
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
