package glimpse.collab.node;

import glimpse.engine.PatchSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch as the model takes it. An image that can't be normalised, since there isn't enough memory for example, fails
 * alone. Immutable.
 */
public final class NormalisedBatch {
    private final List<PatchSequence> images = new ArrayList<>();
    private final List<Optional<ServerResult>> failures = new ArrayList<>(); // per input, empty for those of images

    private NormalisedBatch() {}

    /** Normalises the images of a batch, and releases the inputs. */
    public static NormalisedBatch of(List<ModelInput> inputs) {
        NormalisedBatch batch = new NormalisedBatch();
        for (ModelInput input : inputs) {
            batch.failures.add(batch.add(input));
        }
        return batch;
    }

    private Optional<ServerResult> add(ModelInput input) {
        try {
            images.add(input.sequence());
            return Optional.empty();
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.of(new ServerResult.Failed(e));
        } finally {
            input.release(); // a pass takes long, and what waits would need the memory
        }
    }

    /** Returns the images for the model, in the inputs' order; fewer than inputs if some have failed, maybe none. */
    public List<PatchSequence> images() {
        return List.copyOf(images);
    }

    /**
     * Returns one result per input, in the same order.
     *
     * @param ofImages one result per image of {@link #images}, in the same order
     * @throws IllegalArgumentException if there are more or fewer
     */
    public List<ServerResult> results(List<ServerResult> ofImages) {
        if (ofImages.size() != images.size()) {
            throw new IllegalArgumentException(ofImages.size() + " results for " + images.size() + " images");
        }
        List<ServerResult> results = new ArrayList<>();
        int image = 0;
        for (Optional<ServerResult> failure : failures) {
            results.add(failure.isPresent() ? failure.get() : ofImages.get(image++));
        }
        return results;
    }
}
