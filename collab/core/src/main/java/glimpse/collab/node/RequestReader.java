package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.UploadRound;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Turns requests into a model's input: parses, checks against the model, decodes and adds the patches of an upload's
 * earlier rounds, without running the model. Safe for use by several threads at once.
 */
public final class RequestReader {
    private final Classifier classifier;
    private final PartialUploads uploads;

    /** Creates a reader for a model. */
    public RequestReader(Classifier classifier) {
        this(classifier, new PartialUploads());
    }

    /**
     * Creates a reader for a model.
     *
     * @param uploads keeps the patches of uploads of which another round may follow; of this model alone
     */
    public RequestReader(Classifier classifier, PartialUploads uploads) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
        this.uploads = Objects.requireNonNull(uploads, "uploads");
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
                    matching.requestId(), ModelInput.of(patches(matching), classifier.preprocessing()));
        } catch (UploadGoneException e) {
            throw rejected(request, Reason.UPLOAD_GONE, String.valueOf(e.getMessage()), e);
        } catch (MessageException e) {
            throw rejected(request, Reason.MALFORMED, e.rule() + ": " + e.getMessage(), e);
        } catch (ModelMismatchException e) {
            throw rejected(request, Reason.MODEL_MISMATCH, "model mismatch: " + e.getMessage(), e);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw rejected(request, Reason.FAILED, "the server failed: " + e.getMessage(), e);
        }
    }

    /** Returns the patches that the model sees. */
    private PixelPatches patches(PatchRequest request) throws MessageException, UploadGoneException {
        if (request.round().isEmpty()) {
            return request.decodePatches();
        }
        UploadRound round = request.round().get();
        List<PixelPatches> rounds = new ArrayList<>();
        if (round.earlierPatches() > 0) {
            rounds.addAll(uploads.firstRounds(round.uploadId(), round.earlierPatches())
                    .orElseThrow(() -> new UploadGoneException(round)));
        }
        PixelPatches all = request.decodePatches();
        rounds.add(all);
        for (PixelPatches earlier : rounds.subList(0, rounds.size() - 1)) {
            all = joined(earlier, all);
        }
        if (round.more()) {
            uploads.keep(round.uploadId(), rounds);
        }
        return all;
    }

    private static PixelPatches joined(PixelPatches earlier, PixelPatches later) throws MessageException {
        try {
            return earlier.and(later);
        } catch (IllegalArgumentException e) { // of the same model, so they share a position
            throw new MessageException(MessageException.Rule.ROUND, "an earlier round and this one: " + e.getMessage());
        }
    }

    private PatchRequest matching(Message message) throws MessageException, ModelMismatchException {
        if (!(message instanceof PatchRequest request)) {
            throw new MessageException(MessageException.Rule.KIND, "a reply came where a request was expected");
        }
        if (request.packet().isPresent()) {
            throw new MessageException(
                    MessageException.Rule.VERSION,
                    "the version is " + Message.PACKET_VERSION + ", one packet of a request, expected a whole request");
        }
        VitConfig config = classifier.transformer().config();
        requireSame("grid", request.grid(), config.grid());
        requireSame("patch size", request.patchSize(), config.patchSize());
        requireSame("number of channels", request.channels(), config.channels());
        int patches = request.patches()
                + request.round().map(UploadRound::earlierPatches).orElse(0);
        if (patches < config.fewestPatches()) {
            throw new ModelMismatchException("the number of patches is " + patches
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

    /** A request whose earlier patches aren't here. */
    private static final class UploadGoneException extends Exception {
        private static final long serialVersionUID = 1;

        UploadGoneException(UploadRound round) {
            super("the server doesn't have the " + round.earlierPatches()
                    + " patches of the upload's earlier rounds, expected all patches in one request");
        }
    }

    /** A request that this model can't take. */
    private static final class ModelMismatchException extends Exception {
        private static final long serialVersionUID = 1;

        ModelMismatchException(String message) {
            super(message);
        }
    }
}
