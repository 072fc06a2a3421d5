package glimpse.evaluation.rows;

import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The results that earlier evaluations left in a folder, by image and upload: of fewer or the same images and uploads,
 * in any order. An image of another length is another image. Failures are no results, so that failed images are tried
 * again. Immutable.
 */
public final class EarlierResults {
    private final Dataset images;
    private final EvaluationPlan plan;
    private final List<Upload> uploads;
    private final List<Found> files;

    /** The evaluated images of one file. */
    private record Found(List<Upload> uploads, Map<String, Evaluated> byName) {}

    private EarlierResults(Dataset images, EvaluationPlan plan, List<Found> files) {
        this.images = images;
        this.plan = plan;
        this.uploads = plan.allUploads();
        this.files = List.copyOf(files);
    }

    /**
     * Checks that nothing is lost if the files are replaced by the rows of a run.
     *
     * @param path the run's file of rows, for errors
     * @param files the files' rows, the newest first
     * @param images the images of the run
     * @param plan the run's
     * @throws RunFolderException if a file has results of an image or an upload that the run doesn't have
     */
    static EarlierResults of(Path path, List<StoredRows> files, Dataset images, EvaluationPlan plan)
            throws RunFolderException {
        List<Upload> uploads = plan.allUploads();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            names.add(images.name(i));
        }
        List<Found> found = new ArrayList<>();
        for (StoredRows file : files) {
            Map<String, Evaluated> byName = new HashMap<>();
            for (ImageResult row : file.rows()) {
                if (row instanceof Evaluated evaluated) {
                    if (!names.contains(row.name())) {
                        throw new RunFolderException(
                                path + ": holds results of images that aren't among these, such as " + row.name()
                                        + "; add them, choose another folder or discard them with --fresh");
                    }
                    byName.putIfAbsent(row.name(), evaluated);
                }
            }
            if (byName.isEmpty()) {
                continue;
            }
            for (Upload upload : file.uploads()) {
                if (!uploads.contains(upload)) {
                    throw new RunFolderException(path + ": holds results of " + upload.spec()
                            + ", which this run doesn't evaluate; add it, choose another folder or discard them with"
                            + " --fresh");
                }
            }
            found.add(new Found(file.uploads(), byName));
        }
        return new EarlierResults(images, plan, found);
    }

    /** Returns no results. */
    public static EarlierResults none(Dataset images, EvaluationPlan plan) {
        return new EarlierResults(images, plan, List.of());
    }

    /** Returns the server's results of an image, by upload, in no order. */
    public Map<Upload, ServerResult> of(int index) {
        Map<Upload, ServerResult> results = new LinkedHashMap<>();
        for (Found file : files) {
            row(file, index).ifPresent(row -> {
                for (int i = 0; i < row.serverResults().size(); i++) {
                    results.putIfAbsent(file.uploads.get(i), row.serverResults().get(i));
                }
            });
        }
        return results;
    }

    /**
     * Returns the row of an image if all its results are there: the server's, too, unless the plan doesn't ask for them
     * and there are none.
     */
    Optional<Evaluated> row(int index) {
        for (Found file : files) {
            Optional<Evaluated> row = row(file, index);
            if (row.isPresent()
                    && file.uploads.equals(uploads)
                    && !row.get().serverResults().isEmpty()) {
                return row.map(same -> row(same, index, same.serverResults()));
            }
        }
        Map<Upload, ServerResult> results = of(index);
        Optional<Evaluated> any =
                files.stream().flatMap(file -> row(file, index).stream()).findFirst();
        if (results.isEmpty() && any.isPresent() && !plan.asks(any.get().confidence())) {
            return any.map(same -> row(same, index, List.of()));
        }
        if (results.size() < uploads.size()) {
            return Optional.empty();
        }
        List<ServerResult> ordered =
                uploads.stream().map(results::get).map(Objects::requireNonNull).toList();
        return any.map(same -> row(same, index, ordered));
    }

    /** Returns whether there is any result of an image. */
    boolean has(int index) {
        return files.stream().anyMatch(file -> row(file, index).isPresent());
    }

    private Optional<Evaluated> row(Found file, int index) {
        OptionalLong fileBytes = images.fileBytes(index);
        return Optional.ofNullable(file.byName.get(images.name(index)))
                .filter(row -> fileBytes.isEmpty() || row.fileBytes().equals(fileBytes));
    }

    /** Places a row in this run: its place in the list and its label may have changed. */
    private Evaluated row(Evaluated row, int index, List<ServerResult> results) {
        return new Evaluated(
                index, row.name(), images.label(index), row.fileBytes(), row.edgeTop(), row.confidence(), results);
    }
}
