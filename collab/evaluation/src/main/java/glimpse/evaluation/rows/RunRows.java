package glimpse.evaluation.rows;

import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a run: those that an earlier evaluation left, and the file that rows are appended to. */
public final class RunRows implements AutoCloseable {
    private final Path path;
    private final EarlierResults earlier;
    private final ImageResultFile file;
    private int next; // index of the first image whose row isn't written

    private RunRows(Path path, EarlierResults earlier, ImageResultFile file) {
        this.path = path;
        this.earlier = earlier;
        this.file = file;
    }

    /**
     * Reads a file of rows and those set aside for it. Nothing is changed if the run can't use what they hold.
     *
     * @throws RunFolderException if they hold results of images or uploads that the run doesn't have
     */
    static Found find(Path path, EvaluationPlan plan, Dataset images, ResultRanges ranges) throws IOException {
        StoredRows stored = StoredRows.read(path, ranges);
        List<StoredRows> all = new ArrayList<>(List.of(stored));
        for (Path aside : AsideFiles.of(path)) {
            all.add(StoredRows.read(aside, ranges));
        }
        return new Found(
                path,
                new ImageResultFormat(plan.allUploads(), ranges),
                stored,
                EarlierResults.of(path, all, images, plan));
    }

    /** What was found, before anything is written. */
    record Found(Path path, ImageResultFormat format, StoredRows stored, EarlierResults earlier) {
        RunRows open() throws IOException {
            return new RunRows(path, earlier, ImageResultFile.open(path, format, stored));
        }
    }

    /** Returns the results that earlier evaluations left. */
    public EarlierResults earlier() {
        return earlier;
    }

    /** Returns whether no earlier evaluation left the row of an image. */
    public boolean lacks(int index) {
        return earlier.row(index).isEmpty();
    }

    /**
     * Appends computed rows, and before each of them those that are there already; see {@link ImageResultFile#append}.
     *
     * @param computed in the images' order, behind those that were appended before; at least one
     * @throws IOException if they aren't in that order, one is missing, or they can't be written
     */
    public void append(List<ImageResult> computed) throws IOException {
        List<ImageResult> all = new ArrayList<>();
        for (ImageResult one : computed) {
            if (one.index() < next) {
                throw new IOException(
                        path + ": the row of " + one.name() + " came twice or after that of a later image");
            }
            while (next < one.index()) {
                all.add(earlierRow(next++));
            }
            all.add(one);
            next++;
        }
        file.append(all);
    }

    /**
     * Appends the rest of the rows that are there already, ends the file and returns all rows. Files that were set
     * aside are deleted, unless they hold results of an image that has failed since.
     *
     * @throws IOException if there isn't a row for each image
     */
    public List<ImageResult> finish(int images) throws IOException {
        List<ImageResult> rest = new ArrayList<>();
        while (next < images) {
            rest.add(earlierRow(next++));
        }
        file.append(rest);
        List<ImageResult> rows = file.finish(images);
        boolean lost = rows.stream().anyMatch(row -> row instanceof ImageResult.Failed && earlier.has(row.index()));
        if (!lost) {
            AsideFiles.delete(path);
        }
        return rows;
    }

    private ImageResult earlierRow(int index) throws IOException {
        return earlier.row(index)
                .orElseThrow(() -> new IOException(path + ": there is no row for image " + (index + 1)
                        + ", although rows for all images were to come"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
