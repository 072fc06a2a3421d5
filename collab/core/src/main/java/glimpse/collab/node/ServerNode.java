package glimpse.collab.node;

import glimpse.collab.channel.RequestHandler;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PredictionReply;
import glimpse.engine.Capture;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Prediction;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Classifies images from the patches that a request holds. Bytes in, bytes out: whatever is wrong with a request
 * becomes an error reply, never an exception, and never affects another request of the batch. Safe for use by several
 * threads, which take turns.
 */
public final class ServerNode implements RequestHandler {
    private final Classifier classifier;
    private final Session session;
    private final Lock turn = new ReentrantLock();

    /** Creates a server that runs one model. */
    public ServerNode(Classifier classifier) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
        this.session = classifier.transformer().newSession();
    }

    @Override
    public List<byte[]> handle(List<byte[]> requests) {
        byte[][] replies = new byte[requests.size()][];
        List<Integer> accepted = new ArrayList<>(); // indices of requests
        List<PatchSequence> batch = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            byte[] request = requests.get(i);
            try {
                batch.add(read(request));
                accepted.add(i);
            } catch (MessageException e) {
                replies[i] = error(request, Reason.MALFORMED, e.rule() + ": " + e.getMessage());
            } catch (ModelMismatchException e) {
                replies[i] = error(request, Reason.MODEL_MISMATCH, "model mismatch: " + e.getMessage());
            } catch (RuntimeException | OutOfMemoryError e) {
                replies[i] = failed(request, e);
            }
        }
        turn.lock();
        try {
            classify(batch, accepted, requests, replies);
        } finally {
            turn.unlock();
        }
        return List.of(replies);
    }

    private PatchSequence read(byte[] request) throws MessageException, ModelMismatchException {
        return classifier
                .preprocessing()
                .normalise(matching(Message.parse(request)).decodePatches());
    }

    private void classify(List<PatchSequence> batch, List<Integer> accepted, List<byte[]> requests, byte[][] replies) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Output output = session.forward(batch, Capture.none());
            for (int i = 0; i < accepted.size(); i++) {
                int index = accepted.get(i);
                replies[index] = reply(requests.get(index), output.logits(i));
            }
        } catch (RuntimeException | OutOfMemoryError e) { // the next request must find a server
            if (batch.size() == 1) {
                int index = accepted.getFirst();
                replies[index] = failed(requests.get(index), e);
                return;
            }
            // a request must get the reply that it would get alone
            for (int i = 0; i < batch.size(); i++) {
                classify(batch.subList(i, i + 1), accepted.subList(i, i + 1), requests, replies);
            }
        }
    }

    private static byte[] failed(byte[] request, Throwable cause) {
        return error(request, Reason.FAILED, "the server failed: " + cause.getMessage());
    }

    private static byte[] reply(byte[] request, float[] logits) {
        Prediction prediction;
        try {
            prediction = Prediction.softmax(logits);
        } catch (NonFiniteOutputException e) {
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
        if (request.patches() < config.fewestPatches()) {
            throw new ModelMismatchException("the number of patches is " + request.patches()
                    + ", the server's model needs at least " + config.fewestPatches());
        }
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
