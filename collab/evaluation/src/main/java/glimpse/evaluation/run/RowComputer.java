package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.node.Classifier;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.EarlierResults;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.run.ImagePrefetcher.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes rows of a plan: the edge once per image, the server once per different upload. An image that can't be
 * decoded or classified, or that the server rejects, gives a row with the reason. Not thread-safe.
 */
public final class RowComputer {
    private final Classifier edge;
    private final Channel channel;
    private final EvaluationPlan plan;
    private final EdgePass edgePass;

    /**
     * Creates a computer of rows.
     *
     * @param edge the edge's model
     * @param channel to the server; the computer doesn't close it
     * @throws IllegalArgumentException if a score names a layer that the edge's model doesn't have
     */
    public RowComputer(Classifier edge, Channel channel, EvaluationPlan plan) {
        this(edge, channel, plan, EdgePass.of(edge, plan.policies()));
    }

    /**
     * Creates a computer of rows.
     *
     * @param edgePass of that edge, with what the plan's policies need
     */
    RowComputer(Classifier edge, Channel channel, EvaluationPlan plan, EdgePass edgePass) {
        this.edge = edge;
        this.channel = channel;
        this.plan = plan;
        this.edgePass = edgePass;
    }

    /**
     * Computes the rows of one batch on the calling thread. They are those that a run has for these images.
     *
     * @param batch consecutive images of a data set
     * @param first the index of the first of them in the data set
     * @throws IOException if the channel breaks, or what it brings aren't replies to the requests
     */
    public List<ImageResult> rows(Dataset batch, int first) throws IOException {
        List<Decoded> decoded = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            decoded.addAll(ImagePrefetcher.decode(batch, List.of(edge.preprocessing()), i));
        }
        List<ImageResult> rows = rows(decoded, batch, EarlierResults.none(batch, plan), batch.size());
        edgePass.forget();
        return rows.stream().map(row -> row.at(first + row.index())).toList();
    }

    /** Computes the rows of decoded images, with as many requests at a time as given. */
    List<ImageResult> rows(List<Decoded> batch, Dataset images, EarlierResults earlier, int requestsAtOnce)
            throws IOException {
        ImageBatch evaluated = ImageBatch.of(
                batch, images, plan, earlier, edge.transformer().config().classes());
        return evaluated.results(exchange(evaluated.classify(edgePass), requestsAtOnce));
    }

    /** Returns the server's reply to each request. */
    private Map<EncodedRequest, byte[]> exchange(List<EncodedRequest> requests, int atOnce) throws IOException {
        Map<EncodedRequest, byte[]> all = new HashMap<>();
        for (int from = 0; from < requests.size(); from += atOnce) {
            List<EncodedRequest> some = requests.subList(from, Math.min(from + atOnce, requests.size()));
            List<byte[]> replies =
                    channel.exchangeAll(some.stream().map(EncodedRequest::bytes).toList());
            if (replies.size() != some.size()) {
                throw new IOException("the server sent " + replies.size() + " replies to " + some.size()
                        + " requests, expected one to each");
            }
            for (int i = 0; i < some.size(); i++) {
                all.put(some.get(i), replies.get(i));
            }
        }
        return all;
    }
}
