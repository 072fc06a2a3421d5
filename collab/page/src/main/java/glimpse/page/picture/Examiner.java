package glimpse.page.picture;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.InspectedImage;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import glimpse.page.model.EdgePass;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Decodes pictures, one at a time, which bounds the memory, and lets the edge's model see them. Thread-safe. */
public final class Examiner {
    private static final int MAX_PIXELS = 50_000_000;
    private static final DecodeOptions DECODING =
            DecodeOptions.defaults().withMaxPixels(MAX_PIXELS).withOrientationApplied();

    private final Lock turn = new ReentrantLock();

    /** What is kept of a decoded picture. */
    private record Decoded(int width, int height, PixelPatches patches) {}

    /**
     * Examines a picture.
     *
     * @param edge the model
     * @param pass runs it
     * @param file a JPEG or PNG file, whose orientation is applied
     * @throws ImageFormatException if the file can't be decoded, or the model's output for it isn't a number
     * @throws ChannelException if the model has no time for it
     * @throws IllegalArgumentException if the model can't provide the attention, or takes pictures of one size only
     */
    public ExaminedPicture examine(Classifier edge, EdgePass pass, byte[] file)
            throws ImageFormatException, ChannelException {
        long began = System.nanoTime();
        Decoded decoded = decodeInTurn(edge, file);
        long seen = System.nanoTime();
        try {
            InspectedImage inspected = pass.inspect(decoded.patches());
            return new ExaminedPicture(
                    edge,
                    decoded.width(),
                    decoded.height(),
                    file.length,
                    decoded.patches(),
                    inspected,
                    Duration.ofNanos(seen - began),
                    Duration.ofNanos(System.nanoTime() - seen));
        } catch (NonFiniteOutputException e) {
            throw new ImageFormatException("the model's output for this picture isn't a number", e);
        }
    }

    private Decoded decodeInTurn(Classifier edge, byte[] file) throws ImageFormatException {
        turn.lock();
        try {
            RgbImage image = decode(file);
            return new Decoded(image.width(), image.height(), edge.patches(image));
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
}
