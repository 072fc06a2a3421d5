package glimpse.evaluation.run;

import glimpse.collab.node.EdgeResult;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.EarlierResults;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A batch of images on its way to rows: the edge classifies all of them, then the server is asked for what the plan
 * asks for and no earlier evaluation left. Not thread-safe.
 */
final class ImageBatch {
    private final List<Decoded> batch;
    private final Dataset images;
    private final EvaluationPlan plan;
    private final List<Upload> uploads;
    private final EarlierResults earlier;
    private final int classes;
    private final List<Step> steps = new ArrayList<>(); // one per image, once the edge has run

    private ImageBatch(List<Decoded> batch, Dataset images, EvaluationPlan plan, EarlierResults earlier, int classes) {
        this.batch = batch;
        this.images = images;
        this.plan = plan;
        this.uploads = plan.allUploads();
        this.earlier = earlier;
        this.classes = classes;
    }

    /** How far an image is. */
    private sealed interface Step {
        record Failed(int index, String reason) implements Step {}

        record EdgeAlone(Decoded.Patches image, EdgeResult edge) implements Step {}

        record Asked(Decoded.Patches image, EdgeResult edge, Map<Upload, ServerResult> known, ImageUploads asked)
                implements Step {}
    }

    /**
     * Begins a batch.
     *
     * @param batch the images, decoded or not
     * @param images the data set that they are from
     * @param earlier what earlier evaluations left
     * @param classes number of classes of both models
     */
    static ImageBatch of(
            List<Decoded> batch, Dataset images, EvaluationPlan plan, EarlierResults earlier, int classes) {
        return new ImageBatch(batch, images, plan, earlier, classes);
    }

    /** Runs the edge and returns the requests to the server. */
    List<EncodedRequest> classify(EdgePass edge) {
        List<Decoded.Patches> decoded = new ArrayList<>();
        for (Decoded one : batch) {
            if (one instanceof Decoded.Patches image) {
                decoded.add(image);
            }
        }
        Iterator<EdgePass.Answer> answers = edge.classify(decoded, images).iterator();
        List<EncodedRequest> requests = new ArrayList<>();
        for (Decoded one : batch) {
            Step step = switch (one) {
                case Decoded.Failure(int index, String reason) -> new Step.Failed(index, reason);
                case Decoded.Patches image -> step(image, answers.next());
            };
            steps.add(step);
            if (step instanceof Step.Asked asked) {
                requests.addAll(asked.asked().requests());
            }
        }
        return requests;
    }

    private Step step(Decoded.Patches image, EdgePass.Answer answer) {
        return switch (answer) {
            case EdgePass.Answer.Failure(String reason) -> new Step.Failed(image.index(), reason);
            case EdgePass.Answer.Result(EdgeResult result, UploadEncoder encoder) -> asked(image, result, encoder);
        };
    }

    private Step asked(Decoded.Patches image, EdgeResult result, UploadEncoder encoder) {
        int index = image.index();
        Map<Upload, ServerResult> known = earlier.of(index);
        if (known.isEmpty() && !plan.asks(result.confidence())) {
            return new Step.EdgeAlone(image, result);
        }
        List<Upload> missing =
                uploads.stream().filter(upload -> !known.containsKey(upload)).toList();
        try {
            return new Step.Asked(image, result, known, ImageUploads.of(encoder, missing));
        } catch (UncheckedIOException e) { // of a file that another encoder made
            return new Step.Failed(index, "" + e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            return new Step.Failed(index, EdgePass.reason(e));
        }
    }

    /**
     * Returns the results.
     *
     * @param replies the server's, one for each request
     * @throws IOException if a reply is malformed
     */
    List<ImageResult> results(Map<EncodedRequest, byte[]> replies) throws IOException {
        ResultAssembler assembler = new ResultAssembler(images, uploads, classes, replies);
        List<ImageResult> results = new ArrayList<>();
        for (Step step : steps) {
            results.add(
                    switch (step) {
                        case Step.Failed(int index, String reason) ->
                            new ImageResult.Failed(index, images.name(index), images.label(index), reason);
                        case Step.EdgeAlone(var image, var edge) -> assembler.edgeAlone(image, edge);
                        case Step.Asked(var image, var edge, var known, var asked) ->
                            assembler.result(image, edge, known, asked);
                    });
        }
        return results;
    }
}
