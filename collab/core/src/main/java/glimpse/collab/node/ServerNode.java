package glimpse.collab.node;

import glimpse.collab.channel.RequestHandler;
import glimpse.engine.PatchSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Classifies images from the patches that a request holds. Bytes in, bytes out: whatever is wrong with a request
 * becomes an error reply, never an exception, and never affects another request of the batch. Safe for use by several
 * threads: they read their requests at once and take turns with the model.
 */
public final class ServerNode implements RequestHandler {
    private final RequestReader reader;
    private final ServerRunner runner;
    private final Lock turn = new ReentrantLock();

    /** Creates a server that runs one model. */
    public ServerNode(Classifier classifier) {
        this(classifier, new PartialUploads());
    }

    /**
     * Creates a server that runs one model.
     *
     * @param uploads keeps the patches of uploads of which another round may follow
     */
    public ServerNode(Classifier classifier, PartialUploads uploads) {
        this.reader = new RequestReader(classifier, uploads);
        this.runner = new ServerRunner(classifier);
    }

    @Override
    public List<byte[]> handle(List<byte[]> requests) {
        byte[][] replies = new byte[requests.size()][];
        List<Integer> indices = new ArrayList<>(); // of the accepted requests
        List<AcceptedRequest> accepted = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            try {
                accepted.add(reader.read(requests.get(i)));
                indices.add(i);
            } catch (RejectedRequestException e) {
                replies[i] = e.reply().encode();
            }
        }
        NormalisedBatch batch =
                NormalisedBatch.of(accepted.stream().map(AcceptedRequest::input).toList());
        List<ServerResult> results = batch.results(run(batch.images()));
        for (int i = 0; i < accepted.size(); i++) {
            replies[indices.get(i)] =
                    results.get(i).reply(accepted.get(i).requestId()).encode();
        }
        return List.of(replies);
    }

    private List<ServerResult> run(List<PatchSequence> batch) {
        turn.lock();
        try {
            return runner.run(batch);
        } finally {
            turn.unlock();
        }
    }
}
