package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.engine.VitConfig;
import java.util.Objects;

/**
 * Turns requests into a model's input: parses, checks against the model, decodes and normalises, without running the
 * model. Immutable, safe for use by several threads at once.
 */
public final class RequestReader {
    private final Classifier classifier;

    /** Creates a reader for a model. */
    public RequestReader(Classifier classifier) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
    }

    /**
     * Reads one request.
     *
     * @param request any bytes
     * @throws RejectedRequestException if the bytes aren't a request, or one that the model can't take
     */
    public AcceptedRequest read(byte[] request) throws RejectedRequestException {
        try {
            PatchRequest matching = matching(Message.parse(request));
            return new AcceptedRequest(
                    matching.requestId(), classifier.preprocessing().normalise(matching.decodePatches()));
        } catch (MessageException e) {
            throw rejected(request, Reason.MALFORMED, e.rule() + ": " + e.getMessage(), e);
        } catch (ModelMismatchException e) {
            throw rejected(request, Reason.MODEL_MISMATCH, "model mismatch: " + e.getMessage(), e);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw rejected(request, Reason.FAILED, "the server failed: " + e.getMessage(), e);
        }
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

    private static RejectedRequestException rejected(byte[] request, Reason reason, String text, Throwable cause) {
        return new RejectedRequestException(new ErrorReply(Message.requestIdOf(request), reason, text), cause);
    }

    /** A request that this model can't take. */
    private static final class ModelMismatchException extends Exception {
        private static final long serialVersionUID = 1;

        ModelMismatchException(String message) {
            super(message);
        }
    }
}
