package glimpse.collab.node;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import glimpse.collab.fixture.TinyModel;
import glimpse.engine.Workers;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;

/** The reader of requests that a server's model can take. */
public final class RequestFuzzTargets implements FuzzTargets {
    /** A model of 16 x 16 RGB pixels. */
    private static final class Model {
        static final Classifier CLASSIFIER = TinyModel.load(TinyModel.RGB, 1, Workers.of(1));
    }

    /** Makes the list; called by the service loader. */
    public RequestFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("request", RequestFuzzTargets::request, RejectedRequestException.class));
    }

    /** What is refused has a reply that an edge can read, and no failure of the server as its reason. */
    private static void request(byte[] input) throws RejectedRequestException, MessageException {
        try {
            new RequestReader(Model.CLASSIFIER).read(input);
        } catch (RejectedRequestException e) {
            ErrorReply reply = e.reply();
            Texts.requireEqual(reply, Message.parse(reply.encode()));
            if (reply.reason() == ErrorReply.Reason.FAILED) {
                throw new AssertionError(reply.text(), e);
            }
            throw e;
        }
    }
}
