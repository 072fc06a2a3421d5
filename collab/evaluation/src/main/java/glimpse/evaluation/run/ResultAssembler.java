package glimpse.evaluation.run;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.ServerReply;
import glimpse.engine.ClassProbability;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Assembles an image's result once all replies have arrived. */
final class ResultAssembler {
    private final Dataset images;
    private final List<Upload> uploads;
    private final int classes;
    private final Map<EncodedRequest, byte[]> replies;

    /**
     * Creates an assembler.
     *
     * @param uploads all uploads of the plan
     * @param classes number of classes of both models
     * @param replies the server's, one for each request
     */
    ResultAssembler(Dataset images, List<Upload> uploads, int classes, Map<EncodedRequest, byte[]> replies) {
        this.images = images;
        this.uploads = uploads;
        this.classes = classes;
        this.replies = replies;
    }

    /**
     * Returns the image's result; a failure if any reply is an error.
     *
     * @param known the results that are there already
     * @param asked the other uploads
     * @throws IOException if a reply is malformed
     */
    ImageResult result(Decoded.Patches image, EdgeResult edge, Map<Upload, ServerResult> known, ImageUploads asked)
            throws IOException {
        int index = image.index();
        Map<Upload, ServerResult> results = new HashMap<>(known);
        try {
            for (ImageUploads.Sent sent : asked.all()) {
                results.put(
                        sent.upload(),
                        sent.request().isPresent()
                                ? serverResult(
                                        index,
                                        sent,
                                        Objects.requireNonNull(
                                                replies.get(sent.request().get())))
                                : edgeResult(edge, sent));
            }
        } catch (ServerReply.ServerErrorException e) {
            return new ImageResult.Failed(index, images.name(index), images.label(index), "" + e.getMessage());
        }
        return evaluated(
                image,
                edge,
                uploads.stream().map(results::get).map(Objects::requireNonNull).toList());
    }

    /** Returns the result of an image that the server isn't asked about. */
    ImageResult edgeAlone(Decoded.Patches image, EdgeResult edge) {
        return evaluated(image, edge, List.of());
    }

    private ImageResult evaluated(Decoded.Patches image, EdgeResult edge, List<ServerResult> results) {
        int index = image.index();
        return new ImageResult.Evaluated(
                index,
                images.name(index),
                images.label(index),
                image.fileBytes(),
                indices(edge.prediction().top(PredictionReply.TOP_CLASSES)),
                edge.confidence(),
                results);
    }

    private ServerResult serverResult(int index, ImageUploads.Sent sent, byte[] reply) throws IOException {
        List<ClassProbability> top =
                ServerReply.prediction(index, classes, reply).top();
        Confidence confidence = Confidence.ofTop(top);
        return new ServerResult(
                sent.selected().count(),
                sent.selected().lowestScore(),
                sent.selected().sumOfScores(),
                sent.upBytes(),
                sent.upBytes() == 0 ? 0 : reply.length,
                indices(top),
                confidence.minEntropyBits(),
                sent.upload().isInRounds() ? confidence.margin() : Double.NaN,
                sent.delivery());
    }

    /** The edge's prediction, which stands where nothing arrives. */
    private static ServerResult edgeResult(EdgeResult edge, ImageUploads.Sent sent) {
        return new ServerResult(
                sent.selected().count(),
                sent.selected().lowestScore(),
                sent.selected().sumOfScores(),
                sent.upBytes(),
                0,
                indices(edge.prediction().top(PredictionReply.TOP_CLASSES)),
                edge.confidence().minEntropyBits(),
                Double.NaN,
                sent.delivery());
    }

    private static List<Integer> indices(List<ClassProbability> top) {
        return top.stream().map(ClassProbability::index).toList();
    }
}
