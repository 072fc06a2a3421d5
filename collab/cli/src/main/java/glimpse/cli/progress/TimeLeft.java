package glimpse.cli.progress;

import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.run.EvaluationListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Estimates the time that an evaluation has left from the work that is left: the mean work per image so far, and the
 * rate of the last batches: those of two minutes, in a long run of ten, so that a machine that others slow down shows.
 * Images of few patches pass quickly and say so. Until there are enough batches, a time per image that was expected
 * beforehand has a share in the estimate. Not thread-safe.
 */
public final class TimeLeft implements EvaluationListener {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SHORTEST_WINDOW_SECONDS = 120;
    private static final double LONGEST_WINDOW_SECONDS = 600;
    private static final double WINDOW_SHARE = 0.25; // of the time so far
    private static final double WARM_UP_SECONDS = 20;
    private static final double EXPECTED_WEIGHT_SECONDS = 10;

    private final ToLongFunction<ImageResult> work;
    private final OptionalDouble expectedSecondsPerImage;
    private final LongSupplier nanos;
    private final Deque<Batch> batches = new ArrayDeque<>(); // ends of batches within the window, and one before
    private int left;
    private int images;
    private double done;
    private double begun;

    /** What had been done when a batch was finished. */
    private record Batch(double seconds, double done) {}

    /**
     * Creates an estimate.
     *
     * @param work of an image, in any unit
     * @param expectedSecondsPerImage measured beforehand; empty if unknown
     */
    public TimeLeft(ToLongFunction<ImageResult> work, OptionalDouble expectedSecondsPerImage) {
        this(work, expectedSecondsPerImage, System::nanoTime);
    }

    /** Creates an estimate with another clock. */
    TimeLeft(ToLongFunction<ImageResult> work, OptionalDouble expectedSecondsPerImage, LongSupplier nanos) {
        this.work = work;
        this.expectedSecondsPerImage = expectedSecondsPerImage;
        this.nanos = nanos;
    }

    @Override
    public void started(int before, int total) {
        left = total - before;
        begun = seconds();
        batches.add(new Batch(begun, 0));
    }

    @Override
    public void imageFinished(ImageResult row) {
        images++;
        left--;
        done += work.applyAsLong(row);
    }

    @Override
    public void batchFinished() {
        double now = seconds();
        batches.add(new Batch(now, done));
        double warm = begun + Math.min(WARM_UP_SECONDS, (now - begun) / 3);
        double window = Math.clamp(WINDOW_SHARE * (now - begun), SHORTEST_WINDOW_SECONDS, LONGEST_WINDOW_SECONDS);
        double from = Math.max(warm, now - window);
        while (batches.size() > 2 && second(batches).seconds() <= from) {
            batches.remove();
        }
    }

    private static Batch second(Deque<Batch> batches) {
        return batches.stream().skip(1).findFirst().orElseThrow();
    }

    /** Returns the time left; empty if nothing is known yet. */
    public Optional<Duration> get() {
        double now = seconds();
        if (images == 0 || done == 0) {
            return expectedSecondsPerImage.isEmpty()
                    ? Optional.empty()
                    : Optional.of(duration(left * expectedSecondsPerImage.getAsDouble() - (now - begun)));
        }
        Batch first = batches.getFirst();
        Batch last = batches.getLast();
        double perImage = done / images;
        double unseen = 1 - (last.seconds() - begun) / SHORTEST_WINDOW_SECONDS;
        double weight = expectedSecondsPerImage.isPresent() ? EXPECTED_WEIGHT_SECONDS * Math.max(0, unseen) : 0;
        double expectedDone = weight == 0 ? 0 : weight * perImage / expectedSecondsPerImage.getAsDouble();
        double secondsPerWork =
                (last.seconds() - first.seconds() + weight) / (last.done() - first.done() + expectedDone);
        return Optional.of(duration(left * perImage * secondsPerWork - (now - last.seconds())));
    }

    private double seconds() {
        return nanos.getAsLong() / NANOS_PER_SECOND;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }

    /** Returns a duration in words, in two units: {@code 45 s}, {@code 6 min 20 s}, {@code 5 h 12 min}. */
    public static String text(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
