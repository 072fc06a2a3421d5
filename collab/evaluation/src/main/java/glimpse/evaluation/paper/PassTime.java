package glimpse.evaluation.paper;

/**
 * How long a pass takes on this machine. Immutable.
 *
 * @param patches number of patches in the pass
 * @param multiplyAdds its multiply-adds, computed from the model's configuration
 * @param millis milliseconds per image
 */
public record PassTime(int patches, long multiplyAdds, double millis) {}
