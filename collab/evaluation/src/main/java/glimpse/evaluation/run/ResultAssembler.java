package glimpse.evaluation.run;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.ServerReply;
import glimpse.engine.ClassProbability;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Assembles an image's result once all replies have arrived. */
final class ResultAssembler {
    private static final double LN_2 = Math.log(2);

    private ResultAssembler() {}

    /**
     * Returns the image's result; a failure if any reply is an error.
     *
     * @throws IOException if a reply is malformed
     */
    static ImageResult result(Decoded.Patches image, EdgeResult edge, ImageUploads uploads, Dataset images)
            throws IOException {
        int index = image.index();
        List<ServerResult> serverResults = new ArrayList<>();
        try {
            for (ImageUploads.Sent sent : uploads.all()) {
                serverResults.add(serverResult(index, sent));
            }
        } catch (ServerReply.ServerErrorException e) {
            return new ImageResult.Failed(index, images.name(index), images.label(index), "" + e.getMessage());
        }
        return new ImageResult.Evaluated(
                index,
                images.name(index),
                images.label(index),
                image.fileBytes(),
                indices(edge.prediction().top(PredictionReply.TOP_CLASSES)),
                edge.confidence(),
                serverResults);
    }

    private static ServerResult serverResult(int index, ImageUploads.Sent sent) throws IOException {
        byte[] reply = sent.request().reply();
        List<ClassProbability> top = ServerReply.prediction(index, reply).top();
        double minEntropyBits = -Math.log(top.getFirst().probability()) / LN_2;
        return new ServerResult(
                sent.selected().count(),
                sent.selected().lowestScore(),
                sent.selected().sumOfScores(),
                sent.upBytes(),
                reply.length,
                indices(top),
                minEntropyBits + 0.0); // -0.0, of probability 1, becomes 0.0
    }

    private static List<Integer> indices(List<ClassProbability> top) {
        return top.stream().map(ClassProbability::index).toList();
    }
}
