package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What edge and server made of a run's images. Immutable.
 *
 * @param images those that were evaluated, in the run's order
 * @param plan the run's
 */
public record Outcomes(List<Evaluated> images, EvaluationPlan plan) {
    /** Copies the images. */
    public Outcomes {
        images = List.copyOf(images);
    }

    /** Reads a run's rows. */
    public static Outcomes of(List<ImageResult> rows, EvaluationPlan plan) {
        return new Outcomes(ImageResult.evaluated(rows), plan);
    }

    /**
     * Returns what becomes of the images that a gate offloads, whichever it is.
     *
     * @param upload one of the plan's
     * @param until ends it if it is in rounds
     */
    public List<GatedImage> at(Upload upload, Optional<StopRule> until) {
        UploadResults results = new UploadResults(plan, new OperatingPoint(upload, OffloadGate.always(), until));
        return images.stream().map(image -> GatedImage.of(image, results)).toList();
    }

    /** Returns the same at a point's upload and rule. */
    public List<GatedImage> at(OperatingPoint point) {
        return at(point.upload(), point.until());
    }

    /** Returns how many images the server answers right if it is sent one of the plan's uploads, every round of it. */
    int serverRight(Upload upload) {
        int index = plan.indexOf(upload);
        return (int) images.stream()
                .filter(image ->
                        image.serverResults().get(index).top().getFirst().equals(image.label()))
                .count();
    }

    /** Returns the server's answers after each round of an upload but the last, of all images. */
    List<ServerResult> answersBeforeTheLast(Upload upload) {
        List<Upload> rounds = upload.rounds();
        int[] indices = rounds.subList(0, rounds.size() - 1).stream()
                .mapToInt(plan.allUploads()::indexOf)
                .toArray();
        return images.stream()
                .flatMap(image -> Arrays.stream(indices).mapToObj(image.serverResults()::get))
                .toList();
    }
}
