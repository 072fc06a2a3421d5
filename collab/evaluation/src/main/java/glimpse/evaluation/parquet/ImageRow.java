package glimpse.evaluation.parquet;

import java.util.Optional;

/**
 * What a row says about its image.
 *
 * @param path the name that its file had; empty if it is missing
 * @param label its class, which the hub's test sets have as -1
 */
public record ImageRow(Optional<String> path, long label) {}
