package glimpse.page.picture;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.InspectedImage;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Decodes pictures and runs the edge's model on them, one at a time, which bounds the memory. Thread-safe. */
public final class Examiner {
    private static final int MAX_PIXELS = 50_000_000;
    private static final DecodeOptions DECODING =
            DecodeOptions.defaults().withMaxPixels(MAX_PIXELS).withOrientationApplied();

    private final AttentionScore score;
    private final Lock turn = new ReentrantLock();
    private @Nullable EdgeRunner runner; // guarded by turn; replaced with the model

    /** Creates an examiner. */
    public Examiner(AttentionScore score) {
        this.score = score;
    }

    /**
     * Examines a picture.
     *
     * @param edge the model
     * @param file a JPEG or PNG file, whose orientation is applied
     * @throws ImageFormatException if the file can't be decoded, or the model's output for it isn't a number
     * @throws IllegalArgumentException if the model can't provide the attention, or takes pictures of one size only
     */
    public ExaminedPicture examine(Classifier edge, byte[] file) throws ImageFormatException {
        turn.lock();
        try {
            long began = System.nanoTime();
            RgbImage image = decode(file);
            long decoded = System.nanoTime();
            PixelPatches patches = edge.patches(image);
            InspectedImage inspected = runner(edge).inspect(patches);
            long passed = System.nanoTime();
            return new ExaminedPicture(
                    edge,
                    image.width(),
                    image.height(),
                    file.length,
                    patches,
                    inspected,
                    Duration.ofNanos(decoded - began),
                    Duration.ofNanos(passed - decoded));
        } catch (NonFiniteOutputException e) {
            throw new ImageFormatException("the model's output for this picture isn't a number", e);
        } finally {
            turn.unlock();
        }
    }

    private static RgbImage decode(byte[] file) throws ImageFormatException {
        try {
            return RgbImage.decode(file, DECODING);
        } catch (OutOfMemoryError e) { // the next picture may be smaller
            throw new ImageFormatException("the picture takes more memory than there is", e);
        } catch (StackOverflowError | InternalError e) {
            throw new ImageFormatException(
                    "the picture can't be decoded: " + e.getClass().getSimpleName(), e);
        }
    }

    private EdgeRunner runner(Classifier edge) {
        EdgeRunner current = runner;
        if (current == null || !current.classifier().equals(edge)) {
            current = new EdgeRunner(edge, Set.of(score));
            runner = current;
        }
        return current;
    }
}
