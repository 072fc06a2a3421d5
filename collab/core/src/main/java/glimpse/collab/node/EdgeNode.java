package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Classifies images on a device and, if the device isn't confident, asks a server, sending only the patches that
 * matter. For one thread at a time: a call by a second thread throws while an image is being classified.
 */
public final class EdgeNode {
    private final EdgeRunner runner;
    private final EdgeStep step;
    private final Channel channel;
    private final AtomicBoolean busy = new AtomicBoolean();
    private int nextRequestId;

    /**
     * Creates an edge.
     *
     * @param classifier the edge's model
     * @param step decides what is sent
     * @param channel leads to the server; the caller closes it
     * @throws IllegalArgumentException if the model can't provide the attention that the step's score needs
     */
    public EdgeNode(Classifier classifier, EdgeStep step, Channel channel) {
        this.step = Objects.requireNonNull(step, "step");
        this.runner = new EdgeRunner(classifier, Set.of(step.policy().score()));
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /**
     * Classifies an image.
     *
     * @param image of any size, unless the model's preprocessing doesn't resize
     * @param name identifies the image: a random selection depends on it and on the selection's seed
     * @return the edge's prediction, or the server's if the edge wasn't confident
     * @throws IOException if the edge's output isn't a number, or the edge wasn't confident and the server gave no
     *     prediction that fits the edge's classes
     * @throws IllegalArgumentException if the model takes images without resizing and this one has another size
     * @throws IllegalStateException if another thread is using this edge
     */
    public CollaborativeResult classify(RgbImage image, String name) throws IOException {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(name, "name");
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
        if (!result.isNumber()) {
            throw new IOException("the edge's output for " + name + " isn't a number");
        }
        if (step.keeps(result)) {
            return new CollaborativeResult.Confident(result.prediction());
        }
        SelectedPatches selected = step.select(result, name);
        int requestId = nextRequestId++;
        VitConfig config = runner.classifier().transformer().config();
        byte[] request = step.encode(requestId, config.grid(), patches, selected);
        byte[] reply = channel.exchange(request);
        PredictionReply server = ServerReply.prediction(requestId, config.classes(), reply);
        return new CollaborativeResult.Offloaded(result.prediction(), selected, server, request.length, reply.length);
    }
}
