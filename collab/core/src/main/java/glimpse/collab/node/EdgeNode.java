package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Classifies images on a device and, where the device isn't confident, asks a server, sending only the patches that
 * matter. One thread at a time; a second one is refused while an image is being classified.
 */
public final class EdgeNode {
    private final EdgeRunner runner;
    private final EdgeStep step;
    private final Channel channel;
    private final AtomicBoolean busy = new AtomicBoolean();
    private int nextRequestId;

    /**
     * Makes an edge.
     *
     * @param channel to the server; the edge doesn't close it
     * @throws IllegalArgumentException if the step's score names a layer that the model doesn't have
     */
    public EdgeNode(Classifier classifier, EdgeStep step, Channel channel) {
        this.runner = new EdgeRunner(classifier, Set.of(step.policy().score()));
        this.step = step;
        this.channel = channel;
    }

    /**
     * Classifies an image.
     *
     * @param name what a random selection depends on, besides its seed
     * @throws IOException if the server was needed and gave no prediction
     * @throws IllegalArgumentException if the model takes images without resizing and this one has another size
     * @throws IllegalStateException if another thread is using this edge
     */
    public CollaborativeResult classify(RgbImage image, String name) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is using this EdgeNode; make one for each thread");
        }
        try {
            return classify(runner.classifier().patches(image), name);
        } finally {
            busy.set(false);
        }
    }

    private CollaborativeResult classify(PixelPatches patches, String name) throws IOException {
        EdgeResult result = runner.classify(List.of(patches)).getFirst();
        if (step.keeps(result)) {
            return new CollaborativeResult.Confident(result.prediction());
        }
        SelectedPatches selected = step.select(result, name);
        int requestId = nextRequestId++;
        int grid = runner.classifier().transformer().config().grid();
        byte[] request = step.encode(requestId, grid, patches, selected);
        byte[] reply = channel.exchange(request);
        PredictionReply server = ServerReply.prediction(requestId, reply);
        return new CollaborativeResult.Offloaded(result.prediction(), selected, server, request.length, reply.length);
    }
}
