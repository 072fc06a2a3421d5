package glimpse.evaluation.run;

import glimpse.evaluation.rows.ImageResult;
import java.io.IOException;
import java.util.List;

/** Where the rows of a run come from: this process, or others. */
public interface RowSource {
    /**
     * Computes the rows of some images. Whatever fails for one image alone is that image's row.
     *
     * @param indices the images' indices, ascending
     * @param sink takes the rows, in the same order
     * @throws IOException if no more rows can be had
     */
    void compute(int[] indices, Sink sink) throws IOException, InterruptedException;

    /** Takes rows. */
    interface Sink {
        /**
         * Takes the next rows and writes them.
         *
         * @throws IOException if they can't be written
         */
        void accept(List<ImageResult> rows) throws IOException;
    }
}
