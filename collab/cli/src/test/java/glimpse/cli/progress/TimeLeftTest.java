package glimpse.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.rows.ImageResult;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
    private static final int BATCH = 8;
    private static final double NANOS = 1e9;

    private double seconds;

    /** A run whose work is known: each image's work, and the seconds that a unit of it takes at a moment. */
    private final class Run {
        private final long[] work;
        private final IntToDoubleFunction secondsPerWork; // by image
        private final TimeLeft left;
        private int next;

        Run(long[] work, int before, OptionalDouble expected, IntToDoubleFunction secondsPerWork) {
            this.work = work.clone();
            this.next = before;
            this.secondsPerWork = secondsPerWork;
            this.left = new TimeLeft(row -> this.work[row.index()], expected, () -> (long) (seconds * NANOS));
            left.started(before, work.length);
        }

        void until(double end) {
            while (seconds < end && next < work.length) {
                int first = next;
                int last = Math.min(work.length, first + BATCH);
                seconds += truth(first, last);
                for (next = first; next < last; next++) {
                    left.imageFinished(new ImageResult.Failed(next, "image" + next, 0, "counts by its index"));
                }
                left.batchFinished();
            }
        }

        double truth() {
            return truth(next, work.length);
        }

        private double truth(int from, int to) {
            return IntStream.range(from, to)
                    .mapToDouble(i -> work[i] * secondsPerWork.applyAsDouble(i))
                    .sum();
        }

        double estimate() {
            return left.get().map(Duration::toMillis).orElseThrow() / 1000.0;
        }
    }

    @Test
    void afterAMinuteItIsRightWithinATenthAndStaysSo() {
        Random random = new Random(3);
        long[] work = random.longs(5000, 400, 1600).toArray();
        Run run = new Run(work, 0, OptionalDouble.empty(), image -> 0.001);
        for (int second = 60; second < 4500; second += 60) {
            run.until(second);
            assertThat(run.estimate()).isBetween(0.9 * run.truth(), 1.1 * run.truth());
        }
    }

    @Test
    void aSlowBeginningIsForgotten() {
        long[] work = IntStream.range(0, 2000).mapToLong(i -> 1000).toArray();
        Run run = new Run(work, 0, OptionalDouble.empty(), image -> image < 2 * BATCH ? 0.0012 : 0.0003);
        run.until(60); // of which the first two batches took 19
        assertThat(run.estimate()).isBetween(0.9 * run.truth(), 1.1 * run.truth());
    }

    @Test
    void anImageOfFewPatchesCountsForLittle() {
        // the last batch is of cheap images: the rate of images doubles, that of work doesn't
        long[] work = IntStream.range(0, 4000)
                .mapToLong(i -> i % 100 < 50 ? 1500 : 500)
                .toArray();
        Run run = new Run(work, 0, OptionalDouble.empty(), image -> 0.001);
        run.until(95);
        assertThat(run.estimate()).isBetween(0.95 * run.truth(), 1.05 * run.truth());
    }

    @Test
    void aChangeOfTheMachinesSpeedIsFollowed() {
        long[] work = IntStream.range(0, 20_000).mapToLong(i -> 1000).toArray();
        Run run = new Run(work, 0, OptionalDouble.empty(), image -> image < 2000 ? 0.001 : 0.002);
        run.until(2000);
        assertThat(run.estimate()).isBetween(0.0, 0.8 * run.truth());
        run.until(2700); // ten minutes later
        assertThat(run.estimate()).isBetween(0.9 * run.truth(), 1.1 * run.truth());
    }

    /** As when a build began beside a run of six minutes. */
    @Test
    void inAShortRunAChangeIsFollowedInTwoMinutes() {
        long[] work = IntStream.range(0, 600).mapToLong(i -> 1000).toArray();
        Run run = new Run(work, 0, OptionalDouble.of(0.66), image -> image < 360 ? 0.00066 : 0.001);
        run.until(60);
        assertThat(run.estimate()).isBetween(0.97 * 0.66 * (600 - 96), 1.03 * 0.66 * (600 - 96));
        run.until(360 * 0.66 + 125);
        assertThat(run.estimate()).isBetween(0.9 * run.truth(), 1.1 * run.truth());
    }

    @Test
    void beforeTheFirstBatchItIsWhatWasExpected() {
        long[] work = IntStream.range(0, 100).mapToLong(i -> 1000).toArray();
        Run run = new Run(work, 40, OptionalDouble.of(2), image -> 0.001);
        assertThat(run.estimate()).isEqualTo(120);
        seconds += 10;
        assertThat(run.estimate()).isEqualTo(110);
        assertThat(new TimeLeft(row -> 1, OptionalDouble.empty()).get()).isEmpty();
    }

    @Test
    void aResumedRunCountsOnlyWhatItDoesItself() {
        long[] work = IntStream.range(0, 4000).mapToLong(i -> 1000).toArray();
        Run run = new Run(work, 3000, OptionalDouble.empty(), image -> 0.001);
        run.until(60);
        assertThat(run.estimate()).isBetween(0.95 * run.truth(), 1.05 * run.truth());
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "119,119 s", "380,6 min 20 s", "18720,5 h 12 min"})
    void itIsToldInTwoUnits(long seconds, String text) {
        assertThat(TimeLeft.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
