package glimpse.evaluation.run;

import glimpse.evaluation.rows.ImageResult;
import java.util.List;

/**
 * What a run gave. Immutable.
 *
 * @param rows one per image, in the images' order
 * @param speed how fast those were computed that earlier evaluations hadn't left
 */
public record RunResult(List<ImageResult> rows, Speed speed) {
    /** Copies the rows. */
    public RunResult {
        rows = List.copyOf(rows);
    }
}
