package glimpse.evaluation.run;

import glimpse.collab.node.Classifier;
import glimpse.collab.select.SelectionPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The edges' passes of evaluations that share a pass over the images: evaluations with the same edge and the same
 * policies, which differ in their servers, share one. Not thread-safe.
 */
final class EdgePasses {
    private final Map<Key, EdgePass> passes = new HashMap<>();

    private record Key(Classifier edge, Set<SelectionPolicy> policies) {}

    /**
     * Returns the pass of an edge.
     *
     * @throws IllegalArgumentException if a score names a layer that the model doesn't have
     */
    EdgePass of(Classifier edge, Set<SelectionPolicy> policies) {
        return passes.computeIfAbsent(new Key(edge, policies), key -> EdgePass.of(key.edge(), key.policies()));
    }

    /** Forgets the images of a batch. */
    void forget() {
        passes.values().forEach(EdgePass::forget);
    }
}
