package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.collab.codec.Answer;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.KeptPatches;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Classifies images, and asks a server where it isn't sure, sending the patches that matter. One thread at a time.
 */
public final class EdgeNode {
    private final EdgeObserver observer;
    private final AttentionScore score;
    private final PatchSelection selection;
    private final OffloadGate gate;
    private final PayloadCodec codec;
    private final Channel channel;
    private int nextRequestId;

    /**
     * Makes an edge.
     *
     * @param channel to the server; the edge doesn't close it
     * @throws IllegalArgumentException if the score names a layer that the model doesn't have
     */
    public EdgeNode(
            Model model,
            AttentionScore score,
            PatchSelection selection,
            OffloadGate gate,
            PayloadCodec codec,
            Channel channel) {
        this.observer = new EdgeObserver(model, Set.of(score));
        this.score = score;
        this.selection = selection;
        this.gate = gate;
        this.codec = codec;
        this.channel = channel;
    }

    /**
     * Classifies an image.
     *
     * @param name what a random selection depends on, beside its seed
     * @throws IOException if the server was needed and didn't answer
     * @throws IllegalArgumentException if the model takes images as they are and this one has another size
     */
    public EdgeAnswer classify(RgbImage image, String name) throws IOException {
        PixelPatches patches = observer.model().patches(image);
        Observation observation = observer.observe(List.of(patches)).getFirst();
        if (gate.confident(observation.probabilities().confidence())) {
            return new EdgeAnswer.Confident(observation.probabilities());
        }
        KeptPatches kept = selection.select(observation.scores(score), name);
        int requestId = nextRequestId++;
        int grid = observer.model().transformer().config().grid();
        byte[] request = PatchRequest.of(requestId, grid, patches.select(kept.positions()), codec)
                .encode();
        byte[] reply = channel.exchange(request);
        Answer answer = ServerReply.answer(requestId, reply);
        return new EdgeAnswer.Offloaded(observation.probabilities(), kept, answer, request.length, reply.length);
    }
}
