package glimpse.collab.node;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Runs the server's model on the patches of images. Not safe for use by several threads at once. */
public final class ServerRunner {
    private final Classifier classifier;
    private final VisionTransformer transformer;
    private final Session session;

    /** Creates a runner. */
    public ServerRunner(Classifier classifier) {
        Objects.requireNonNull(classifier, "classifier");
        this.classifier = classifier;
        this.transformer = classifier.transformer();
        this.session = transformer.newSession();
    }

    /**
     * Runs the model on a batch. Each image gets the result that it would get alone, to the bit: if the pass fails, the
     * images run one by one, so that an image that makes it fail doesn't affect the others. Never throws because of an
     * image.
     *
     * @return one result per image, in the same order
     */
    public List<ServerResult> run(List<PatchSequence> batch) {
        return run(batch, PassOutputs.LOGITS, () -> false);
    }

    /**
     * Runs the model on a batch as {@link #run(List)} does, but gives more of each image, and stops between two blocks
     * once nobody needs the results.
     *
     * @param outputs what it gives of each image
     * @param cancelled asked by the calling thread before each of the model's blocks; true ends the pass
     * @return one result per image, in the same order
     * @throws CancellationException if {@code cancelled} was true; the runner can be used again
     */
    public List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
        List<ServerResult> results = new ArrayList<>();
        if (batch.isEmpty()) {
            return results;
        }
        try {
            results.addAll(forward(batch, outputs, cancelled));
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) { // the next request must find a server
            results.clear();
            if (batch.size() == 1) {
                results.add(new ServerResult.Failed(e));
            } else {
                batch.forEach(image -> results.addAll(run(List.of(image), outputs, cancelled)));
            }
        }
        return results;
    }

    private List<ServerResult> forward(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
        if (outputs.equals(PassOutputs.LOGITS)) {
            return read(session.forward(batch, Capture.none(), cancelled), outputs);
        }
        try (Session captures = transformer.newSession()) { // its buffers are large and rarely needed
            return read(captures.forward(batch, outputs.capture(transformer.config()), cancelled), outputs);
        }
    }

    private List<ServerResult> read(Output output, PassOutputs outputs) {
        List<ServerResult> results = new ArrayList<>();
        for (int image = 0; image < output.size(); image++) {
            results.add(outputs.read(output, image, classifier));
        }
        return results;
    }

    /** Runs the model until the virtual machine has compiled it, as {@link Session#warmUp} does. */
    public void warmUp() {
        session.warmUp();
    }
}
