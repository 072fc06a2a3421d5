package glimpse.collab.node;

import glimpse.collab.channel.RequestHandler;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PredictionReply;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Prediction;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Classifies images from the patches it is sent. Bytes in, bytes out: whatever is wrong with a request becomes an error
 * reply, never an exception. Safe for use by several threads, which take turns.
 */
public final class ServerNode implements RequestHandler {
    private final Classifier classifier;
    private final Session session;
    private final Lock turn = new ReentrantLock();

    /** Makes a server of a model. */
    public ServerNode(Classifier classifier) {
        this.classifier = classifier;
        this.session = classifier.transformer().newSession();
    }

    @Override
    public List<byte[]> handle(List<byte[]> requests) {
        byte[][] replies = new byte[requests.size()][];
        List<Integer> accepted = new ArrayList<>(); // indices of requests
        List<PatchSequence> batch = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            try {
                batch.add(classifier
                        .preprocessing()
                        .normalise(matching(Message.parse(requests.get(i))).decodePatches()));
                accepted.add(i);
            } catch (MessageException e) {
                replies[i] = error(requests.get(i), Reason.MALFORMED, e.rule() + ": " + e.getMessage());
            } catch (ModelMismatchException e) {
                replies[i] = error(requests.get(i), Reason.MODEL_MISMATCH, "model mismatch: " + e.getMessage());
            }
        }
        classify(batch, accepted, requests, replies);
        return List.of(replies);
    }

    private void classify(List<PatchSequence> batch, List<Integer> accepted, List<byte[]> requests, byte[][] replies) {
        if (batch.isEmpty()) {
            return;
        }
        turn.lock();
        try {
            Output output = session.forward(batch, Capture.none());
            for (int i = 0; i < accepted.size(); i++) {
                byte[] request = requests.get(accepted.get(i));
                replies[accepted.get(i)] = reply(request, output.logits(i));
            }
        } catch (RuntimeException e) { // the next request must find a server
            for (int i : accepted) {
                replies[i] = error(requests.get(i), Reason.FAILED, "the server failed: " + e.getMessage());
            }
        } finally {
            turn.unlock();
        }
    }

    private static byte[] reply(byte[] request, float[] logits) {
        Prediction prediction = Prediction.softmax(logits);
        if (Double.isNaN(prediction.probability(0))) {
            return error(request, Reason.FAILED, "the model's output isn't a number");
        }
        return new PredictionReply(Message.requestIdOf(request), prediction.top(PredictionReply.TOP_CLASSES)).encode();
    }

    private PatchRequest matching(Message message) throws MessageException, ModelMismatchException {
        if (!(message instanceof PatchRequest request)) {
            throw new MessageException(MessageException.Rule.KIND, "a reply came where a request was expected");
        }
        VitConfig config = classifier.transformer().config();
        requireSame("grid", request.grid(), config.grid());
        requireSame("patch size", request.patchSize(), config.patchSize());
        requireSame("number of channels", request.channels(), config.channels());
        return request;
    }

    private static void requireSame(String what, int got, int expected) throws ModelMismatchException {
        if (got != expected) {
            throw new ModelMismatchException("the " + what + " is " + got + ", the server's model has " + expected);
        }
    }

    private static byte[] error(byte[] request, Reason reason, String text) {
        return new ErrorReply(Message.requestIdOf(request), reason, text).encode();
    }

    /** A request that this server's model can't take. */
    private static final class ModelMismatchException extends Exception {
        private static final long serialVersionUID = 1;

        ModelMismatchException(String message) {
            super(message);
        }
    }
}
