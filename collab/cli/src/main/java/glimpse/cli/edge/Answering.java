package glimpse.cli.edge;

import glimpse.cli.option.InputFiles;
import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.TraceParent;
import glimpse.collab.channel.Traffic;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.CollaborativeResult.Fallback;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.EdgeNode;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.io.VisibleText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Answers images one after the other, each once. For one thread. */
public final class Answering {
    private static final int MOST_CHARACTERS = 300; // of a warning

    private final EdgeNode edge;
    private final ByteCountingChannel channel;
    private final ClassIndex classes;
    private final int patches;
    private final Answers answers;
    private final Consumer<String> warnings;
    private boolean serverReplies = true;

    /**
     * Prepares to answer.
     *
     * @param edge classifies
     * @param channel that the edge uses, directly or through another
     * @param classes of both models
     * @param patches of each image
     * @param answers take the lines
     * @param warnings takes a line when the server stops giving predictions, and when it begins again
     */
    public Answering(
            EdgeNode edge,
            ByteCountingChannel channel,
            ClassIndex classes,
            int patches,
            Answers answers,
            Consumer<String> warnings) {
        this.edge = edge;
        this.channel = channel;
        this.classes = classes;
        this.patches = patches;
        this.answers = answers;
        this.warnings = warnings;
    }

    /**
     * Answers an image, unless it has its answer.
     *
     * @param name identifies the image for a random selection
     * @return whether the image could be read
     * @throws IOException if the answer can't be written
     */
    public boolean answer(Path file, String name) throws IOException {
        ImageVersion version = ImageVersion.of(file).orElseGet(() -> new ImageVersion(file.toString(), 0, 0));
        if (answers.contains(version)) {
            return true;
        }
        String line;
        boolean good = false;
        try {
            line = line(version, file, name);
            good = true;
        } catch (NoSuchFileException e) {
            line = AnswerLine.ofError(version, file + ": no such file");
        } catch (IOException e) {
            line = AnswerLine.ofError(version, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            line = AnswerLine.ofError(version, file + ": " + e.getMessage());
        } catch (OutOfMemoryError e) { // the next image may be smaller
            line = AnswerLine.ofError(version, file + ": takes more memory than there is");
        }
        answers.add(version, line);
        return good;
    }

    private String line(ImageVersion version, Path file, String name) throws IOException {
        long began = System.nanoTime();
        RgbImage image = InputFiles.readImage(file);
        Duration decode = Duration.ofNanos(System.nanoTime() - began);
        Traffic before = channel.traffic();
        TraceParent trace = TraceParent.begin();
        CollaborativeResult result = trace.call(() -> edge.classify(image, name));
        warn(result);
        Traffic crossed = channel.traffic().minus(before);
        return AnswerLine.of(version, result, classes, patches, trace.traceId(), crossed, decode);
    }

    private void warn(CollaborativeResult result) {
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
