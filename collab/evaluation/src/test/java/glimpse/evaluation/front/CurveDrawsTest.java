package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveDrawsTest {
    private static final int PATCHES = 16;

    /** Makes an upload that takes the same of every image, on whose first images the server errs. */
    private static Candidate sent(int images, int bytes, int wrong) {
        return candidate(
                "file/jpeg:50",
                IntStream.range(0, images)
                        .mapToObj(i -> image(i, 0, false, i >= wrong, bytes))
                        .toList());
    }

    private static GatedImage image(int index, double bits, boolean edgeRight, boolean serverRight, int bytes) {
        return new GatedImage(
                "image" + index, new Confidence(bits, 0, 0), edgeRight, serverRight, false, bytes / 50, bytes);
    }

    private static Candidate candidate(String upload, List<GatedImage> images) {
        return new Candidate(new OperatingPoint(Upload.parse(upload), OffloadGate.always()), images, images);
    }

    private static CurveDraws draws(int images, List<BestPoints.Point> points, double accuracy) {
        CurveDraws draws = new CurveDraws(points, Measure.BYTES, PATCHES, List.of(0.1, accuracy));
        Draws.forEach(images, draws::take);
        return draws;
    }

    private static CurveDraws sending(int images, double accuracy, Candidate... candidates) {
        List<BestPoints.Point> points = new ArrayList<>();
        for (Candidate candidate : candidates) {
            points.add(new BestPoints.Point(candidate, OffloadGate.always(), 0, 0));
        }
        return draws(images, points, accuracy);
    }

    /**
     * The large upload is right on all of 4 images, the small one on 2. Of the other two, 0, 1, 2, 3 or 4 are drawn in
     * 1, 4, 6, 4 or 1 of 16 draws: the small one has an accuracy of 1, .75, .5, .25 or 0 then, and .75 lies at once
     * there or further and further towards the large one, on a logarithmic scale.
     */
    @Test
    void anAmountIsInterpolatedInEachDraw() {
        CurveDraws draws = sending(4, 0.75, sent(4, 100, 2), sent(4, 400, 0));
        Reached reached = draws.reached(0.75, 200, Optional.empty());
        assertThat(reached.amount()).isEqualTo(200);
        assertThat(reached.missed()).isZero();
        assertThat(reached.interval().low()).isEqualTo(100, within(1e-9));
        assertThat(reached.interval().high()).isEqualTo(100 * Math.pow(4, 0.75), within(1e-9));
    }

    /** The large upload is wrong on 1 of 4 images, which is drawn twice or more often in 67 of 256 draws. */
    @Test
    void whereTheAccuracyIsOutOfReachTheAmountIsInfinite() {
        Reached reached = sending(4, 0.75, sent(4, 100, 2), sent(4, 400, 1)).reached(0.75, 400, Optional.empty());
        assertThat(reached.missed()).isEqualTo(67 / 256.0, within(0.03));
        assertThat(reached.interval()).isEqualTo(new Interval(100, Double.POSITIVE_INFINITY));
    }

    /** Both err on the same images, and one takes half of what the other does: so it does in every draw. */
    @Test
    void aQuotientOfPairedAmountsIsSurerThanEither() {
        CurveDraws half = sending(100, 0.8, sent(100, 100, 30), sent(100, 400, 10));
        CurveDraws all = sending(100, 0.8, sent(100, 200, 30), sent(100, 800, 10));
        Reached reached = half.reached(0.8, 200, Optional.empty());
        assertThat(reached.interval().low()).isLessThan(180);
        assertThat(reached.interval().high()).isGreaterThan(220);
        Reached.Ratio ratio = half.ratio(0.8, 0.5, all).orElseThrow();
        assertThat(ratio.interval().low()).isEqualTo(0.5, within(1e-9));
        assertThat(ratio.interval().high()).isEqualTo(0.5, within(1e-9));
        assertThat(ratio.isReal()).isTrue();
        Reached.Ratio same = half.ratio(0.8, 1, half).orElseThrow();
        assertThat(same.interval()).isEqualTo(new Interval(1, 1));
        assertThat(same.isReal()).isFalse();
    }

    @Test
    void aQuotientHasNoBoundWhereOneIsOutOfReach() {
        CurveDraws sure = sending(4, 0.75, sent(4, 100, 0));
        CurveDraws unsure = sending(4, 0.75, sent(4, 400, 1));
        Reached.Ratio little = sure.ratio(0.75, 0.25, unsure).orElseThrow();
        assertThat(little.interval()).isEqualTo(new Interval(0, 0.25));
        assertThat(little.missed()).isEqualTo(67 / 256.0, within(0.03));
        assertThat(unsure.ratio(0.75, 4, sure).orElseThrow().interval())
                .isEqualTo(new Interval(4, Double.POSITIVE_INFINITY));
        CurveDraws never = sending(4, 0.75, sent(4, 400, 4));
        assertThat(never.ratio(0.75, 1, never)).isEmpty();
        assertThat(never.reached(0.75, 400, Optional.empty()).missed()).isEqualTo(1);
    }

    /** All gates of one upload at once give what each gives by itself. */
    @Test
    void gatesAreMeasuredLikeTheirOutcomes() {
        Random random = new Random(3);
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            images.add(
                    image(i, random.nextInt(9), random.nextBoolean(), random.nextInt(3) > 0, 100 + random.nextInt(90)));
        }
        Candidate candidate = candidate("mean/top:4/raw", images);
        List<BestPoints.Point> points = new ArrayList<>();
        for (OffloadGate gate : List.of(
                OffloadGate.always(),
                OffloadGate.minEntropy(5),
                OffloadGate.minEntropy(2.5),
                OffloadGate.never(),
                OffloadGate.minEntropy(7))) {
            points.add(new BestPoints.Point(candidate, gate, 0, 0));
        }
        double[] expected = new double[Draws.COUNT];
        Draws.forEach(60, (number, times) -> {
            List<GatedImage> drawn = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                for (int time = 0; time < times[i]; time++) {
                    drawn.add(images.get(i));
                }
            }
            double amount = MeasuredCurve.of(
                            points.stream()
                                    .map(point ->
                                            Outcome.of(point.gate(), drawn).figures(PATCHES))
                                    .toList(),
                            Measure.BYTES)
                    .reaching(0.6);
            expected[number] = Double.isNaN(amount) ? Double.POSITIVE_INFINITY : amount;
        });
        assertThat(draws(60, points, 0.6).reached(0.6, 100, Optional.empty()).interval())
                .isEqualTo(Interval.ofDraws(expected));
    }
}
