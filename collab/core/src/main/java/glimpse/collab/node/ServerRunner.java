package glimpse.collab.node;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Runs the server's model on the patches of images. Not safe for use by several threads at once. */
public final class ServerRunner {
    private final Session session;

    /** Creates a runner. */
    public ServerRunner(Classifier classifier) {
        Objects.requireNonNull(classifier, "classifier");
        this.session = classifier.transformer().newSession();
    }

    /**
     * Runs the model on a batch. Each image gets the result that it would get alone, to the bit: if the pass fails, the
     * images run one by one, so that an image that makes it fail doesn't affect the others. Never throws because of an
     * image.
     *
     * @return one result per image, in the same order
     */
    public List<ServerResult> run(List<PatchSequence> batch) {
        return run(batch, () -> false);
    }

    /**
     * Runs the model on a batch as {@link #run(List)} does, but stops between two blocks once nobody needs the results.
     *
     * @param cancelled asked by the calling thread before each of the model's blocks; true ends the pass
     * @return one result per image, in the same order
     * @throws CancellationException if {@code cancelled} was true; the runner can be used again
     */
    public List<ServerResult> run(List<PatchSequence> batch, BooleanSupplier cancelled) {
        List<ServerResult> results = new ArrayList<>();
        if (batch.isEmpty()) {
            return results;
        }
        try {
            Output output = session.forward(batch, Capture.none(), cancelled);
            for (int image = 0; image < batch.size(); image++) {
                results.add(new ServerResult.Logits(output.logits(image)));
            }
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) { // the next request must find a server
            results.clear();
            if (batch.size() == 1) {
                results.add(new ServerResult.Failed(e));
            } else {
                batch.forEach(image -> results.addAll(run(List.of(image), cancelled)));
            }
        }
        return results;
    }

    /** Runs the model until the virtual machine has compiled it, as {@link Session#warmUp} does. */
    public void warmUp() {
        session.warmUp();
    }
}
