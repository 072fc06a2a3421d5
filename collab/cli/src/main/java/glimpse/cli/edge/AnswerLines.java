package glimpse.cli.edge;

import glimpse.collab.audit.DriftAlarm;
import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.TraceParent;
import glimpse.collab.channel.Traffic;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.CollaborativeResult.Audited;
import glimpse.collab.node.CollaborativeResult.Fallback;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.EdgeNode;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Classifies images, each as one line of JSON. Thread-safe: images take turns. */
public final class AnswerLines {
    private static final int MOST_CHARACTERS = 300; // of a warning

    private final EdgeNode edge;
    private final ByteCountingChannel channel;
    private final ClassIndex classes;
    private final int patches;
    private final Optional<DriftAlarm> alarm;
    private final Consumer<String> warnings;
    private boolean serverReplies = true; // guarded by this

    /**
     * Prepares to answer.
     *
     * @param edge classifies; nobody else uses it
     * @param channel that the edge uses, directly or through another, and nobody else
     * @param classes of both models
     * @param patches of each image
     * @param alarm watches the images, if the edge was calibrated
     * @param warnings takes a line when the server stops giving predictions, when it begins again, and when the alarm
     *     is raised
     */
    public AnswerLines(
            EdgeNode edge,
            ByteCountingChannel channel,
            ClassIndex classes,
            int patches,
            Optional<DriftAlarm> alarm,
            Consumer<String> warnings) {
        this.edge = edge;
        this.channel = channel;
        this.classes = classes;
        this.patches = patches;
        this.alarm = alarm;
        this.warnings = warnings;
    }

    /**
     * Returns the line for an image. It belongs to the trace that the caller works within, if there is one.
     *
     * @param name identifies the image for a random selection
     * @param decode the time it took to read the image
     * @throws IOException if the edge's output isn't a number
     * @throws IllegalArgumentException if the model takes images of one size only and this one has another
     */
    public synchronized String of(ImageVersion version, RgbImage image, String name, Duration decode)
            throws IOException {
        Traffic before = channel.traffic();
        TraceParent trace = TraceParent.current().map(TraceParent::child).orElseGet(TraceParent::begin);
        CollaborativeResult result = trace.call(() -> edge.classify(image, name));
        warn(result);
        Optional<Boolean> drift = alarm.map(one -> watch(one, result));
        Traffic crossed = channel.traffic().minus(before);
        return AnswerLine.of(version, result, classes, patches, drift, trace.traceId(), crossed, decode);
    }

    /** Returns whether the alarm has been raised, by this image or an earlier one. */
    private boolean watch(DriftAlarm watching, CollaborativeResult result) {
        watching.add(result.confident(), result instanceof Audited audited ? audited.disagrees() : Optional.empty())
                .ifPresent(reason -> warnings.accept("the calibration's promise no longer holds: " + reason));
        return watching.raised().isPresent();
    }

    /** Returns the line for an image that has no answer. */
    public static String ofError(ImageVersion version, String error) {
        return AnswerLine.ofError(version, error);
    }

    private void warn(CollaborativeResult answer) {
        CollaborativeResult result = answer instanceof Audited(CollaborativeResult asked) ? asked : answer;
        if (result instanceof Fallback fallback && serverReplies) {
            serverReplies = false;
            warnings.accept(VisibleText.message(
                    "the server gives no predictions, the edge's own stand: " + fallback.detail(), MOST_CHARACTERS));
        } else if (result instanceof Offloaded && !serverReplies) {
            serverReplies = true;
            warnings.accept("the server gives predictions again");
        }
    }
}
