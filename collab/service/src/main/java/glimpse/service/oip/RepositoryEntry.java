package glimpse.service.oip;

/**
 * A model of a repository.
 *
 * @param model its name
 * @param isReady whether it is loaded
 */
public record RepositoryEntry(String model, boolean isReady) {
    /** Returns the protocol's name of the state. */
    public String state() {
        return isReady ? "READY" : "UNAVAILABLE";
    }

    /** Returns why the model isn't ready; empty if it is. */
    public String reason() {
        return isReady ? "" : "not loaded";
    }
}
