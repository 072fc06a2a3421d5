package glimpse.collab.node;

import glimpse.collab.channel.RequestHandler;
import glimpse.collab.codec.Answer;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.Refusal;
import glimpse.collab.codec.Refusal.Reason;
import glimpse.collab.gate.Probabilities;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Classifies from the patches it gets, and from nothing else. Bytes in, bytes out: whatever is wrong with a request
 * becomes a refusal, never an exception. Safe for use by several threads, which take turns.
 */
public final class ServerNode implements RequestHandler {
    private final Model model;
    private final Session session;
    private final Lock turn = new ReentrantLock();

    /** Makes a server of a model. */
    public ServerNode(Model model) {
        this.model = model;
        this.session = model.transformer().newSession();
    }

    @Override
    public List<byte[]> answer(List<byte[]> requests) {
        byte[][] replies = new byte[requests.size()][];
        List<Integer> accepted = new ArrayList<>(); // indices of requests
        List<PatchSequence> batch = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            try {
                batch.add(model.preprocessing()
                        .normalise(suitable(Message.parse(requests.get(i))).decodePatches()));
                accepted.add(i);
            } catch (MessageException e) {
                replies[i] = refusal(requests.get(i), Reason.MALFORMED, e.rule() + ": " + e.getMessage());
            } catch (UnsuitableException e) {
                replies[i] = refusal(requests.get(i), Reason.UNSUITABLE, "unsuitable: " + e.getMessage());
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
                replies[accepted.get(i)] = answer(request, output.logits(i));
            }
        } catch (RuntimeException e) { // the next request must find a server
            for (int i : accepted) {
                replies[i] = refusal(requests.get(i), Reason.FAILED, "the server failed: " + e.getMessage());
            }
        } finally {
            turn.unlock();
        }
    }

    private static byte[] answer(byte[] request, float[] logits) {
        Probabilities probabilities = Probabilities.softmax(logits);
        if (Double.isNaN(probabilities.probability(0))) {
            return refusal(request, Reason.FAILED, "the server's answer isn't a number");
        }
        return new Answer(Message.requestIdOf(request), probabilities.top(Answer.USUAL_CLASSES)).encode();
    }

    private PatchRequest suitable(Message message) throws MessageException, UnsuitableException {
        if (!(message instanceof PatchRequest request)) {
            throw new MessageException(MessageException.Rule.KIND, "a reply came where a request was expected");
        }
        VitConfig config = model.transformer().config();
        requireSame("grid", request.grid(), config.grid());
        requireSame("patch size", request.patchSize(), config.patchSize());
        requireSame("number of channels", request.channels(), config.channels());
        return request;
    }

    private static void requireSame(String what, int got, int expected) throws UnsuitableException {
        if (got != expected) {
            throw new UnsuitableException("the " + what + " is " + got + ", the server's model has " + expected);
        }
    }

    private static byte[] refusal(byte[] request, Reason reason, String text) {
        return new Refusal(Message.requestIdOf(request), reason, text).encode();
    }

    /** A request for another model. */
    private static final class UnsuitableException extends Exception {
        private static final long serialVersionUID = 1;

        UnsuitableException(String message) {
            super(message);
        }
    }
}
