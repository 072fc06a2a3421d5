package glimpse.collab.node;

import glimpse.collab.channel.Channel;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Classifies images on a device and, if the device isn't confident, asks a server, sending only the patches that
 * matter. Always answers: if the server gives no prediction, the edge's own stands, with the reason. For one thread at
 * a time: a call by a second thread throws while an image is being classified.
 */
public final class EdgeNode {
    private final EdgeRunner runner;
    private final EdgeStep step;
    private final Channel channel;
    private final Optional<Duration> deadline;
    private final LongSupplier clock;
    private final SecureRandom uploadIds = new SecureRandom(); // nobody else's request joins an upload
    private final AtomicBoolean busy = new AtomicBoolean();
    private int nextRequestId;
    private long confidentImages;

    /**
     * Creates an edge that waits for the server as long as the channel does.
     *
     * @param classifier the edge's model
     * @param step decides what is sent
     * @param channel leads to the server; the caller closes it
     * @throws IllegalArgumentException if the model can't provide the attention that the step's score needs
     */
    public EdgeNode(Classifier classifier, EdgeStep step, Channel channel) {
        this(classifier, step, channel, Optional.empty(), System::nanoTime);
    }

    /**
     * Creates an edge that answers each image within a deadline, as far as its own model and the channel keep to it.
     *
     * @param classifier the edge's model
     * @param step decides what is sent
     * @param channel leads to the server and takes a limit; the caller closes it
     * @param deadline the time per image, above 0: what the edge's own work leaves of it is the channel's limit
     * @throws IllegalArgumentException if the deadline isn't above 0, or the model can't provide the attention that the
     *     step's score needs
     */
    public EdgeNode(Classifier classifier, EdgeStep step, Channel channel, Duration deadline) {
        this(classifier, step, channel, Optional.of(deadline), System::nanoTime);
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("the deadline is " + deadline + ", expected a time above 0");
        }
    }

    EdgeNode(Classifier classifier, EdgeStep step, Channel channel, Optional<Duration> deadline, LongSupplier clock) {
        this.step = Objects.requireNonNull(step, "step");
        this.runner = EdgeRunner.of(classifier, Set.of(step.policy()));
        this.channel = Objects.requireNonNull(channel, "channel");
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * Does the edge's work on a blank image until the virtual machine has compiled it, so that the first image takes no
     * longer than later ones. Asks no server. Takes as long as some twenty images, the first of them slow.
     *
     * @throws IllegalStateException if another thread is using this edge
     */
    public void warmUp() {
        enter();
        try {
            runner.warmUp();
            PixelPatches blank = blank(runner.classifier().transformer().config());
            EdgeResult result = runner.classify(List.of(blank)).getFirst();
            var _ = step.keeps(result);
            int grid = runner.classifier().transformer().config().grid();
            byte[] _ = step.encode(0, grid, blank, step.select(result, grid, blank, ""));
        } catch (NonFiniteOutputException e) {
            // concerns the blank image alone
        } finally {
            busy.set(false);
        }
    }

    private static PixelPatches blank(VitConfig config) {
        int[] positions = new int[config.patches()];
        Arrays.setAll(positions, i -> i);
        return PixelPatches.of(
                config.patchSize(), config.channels(), positions, new byte[config.patches() * config.patchLength()]);
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is using this EdgeNode; make one for each thread");
        }
    }

    /**
     * Classifies an image.
     *
     * @param image of any size, unless the model's preprocessing doesn't resize
     * @param name identifies the image: a random selection depends on it and on the selection's seed
     * @return the edge's prediction, or the server's if the edge wasn't confident and the server replied
     * @throws IOException if the edge's output isn't a number
     * @throws IllegalArgumentException if the model takes images without resizing and this one has another size
     * @throws IllegalStateException if another thread is using this edge
     */
    public CollaborativeResult classify(RgbImage image, String name) throws IOException {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(name, "name");
        enter();
        try {
            Stopwatch watch = new Stopwatch(clock);
            return classify(runner.classifier().patches(image), name, watch);
        } finally {
            busy.set(false);
        }
    }

    private CollaborativeResult classify(PixelPatches patches, String name, Stopwatch watch) throws IOException {
        EdgeResult result;
        try {
            result = runner.classify(List.of(patches)).getFirst();
        } catch (NonFiniteOutputException e) {
            throw new IOException("the edge's output for " + name + " isn't a number", e);
        }
        Duration edge = watch.lap();
        if (!step.keeps(result)) {
            return offload(patches, result, name, watch, edge);
        }
        return step.audit().picks(name, confidentImages++)
                ? new CollaborativeResult.Audited(offload(patches, result, name, watch, edge))
                : new CollaborativeResult.Confident(
                        result.prediction(), new StageTimes(edge, Duration.ZERO, Duration.ZERO));
    }

    private CollaborativeResult offload(
            PixelPatches patches, EdgeResult result, String name, Stopwatch watch, Duration edge) {
        VitConfig config = runner.classifier().transformer().config();
        ServerDialogue dialogue = new ServerDialogue(
                step, config, channel, deadline, () -> nextRequestId++, uploadIds.nextLong(), patches, watch);
        return dialogue.ask(result.prediction(), step.selectRounds(result, config.grid(), patches, name), edge);
    }
}
