package glimpse.evaluation.paper;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How long the passes of both models take, measured before a run starts, and what it will take by that with the patches
 * that its plan selects of some of the images. Immutable.
 *
 * @param edge the edge's pass on a whole image
 * @param server the server's passes, ascending by patches, the whole image last
 * @param secondsPerImage expected time of all passes of an image
 */
public record PassTimes(PassTime edge, List<PassTime> server, double secondsPerImage) {
    private static final int SAMPLE = 8;
    private static final int ROUNDS = 3;
    private static final double MAIN_SHARE = 148.0 / 196; // what the paper's main result keeps
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** Copies the list. */
    public PassTimes {
        server = List.copyOf(server);
    }

    /**
     * Runs both models on some of the images.
     *
     * @throws IOException if none of them can be decoded
     */
    public static PassTimes measure(Classifier edge, Classifier server, EvaluationPlan plan, Dataset images)
            throws IOException {
        List<Sample> sample = sample(edge, images);
        try (Session session = edge.transformer().newSession()) {
            session.warmUp(); // both models run the same code
        }
        EdgeRunner runner = EdgeRunner.of(edge, plan.policies());
        List<PixelPatches> pixels = sample.stream().map(Sample::pixels).toList();
        List<EdgeResult> results = runner.classify(pixels);
        int patches = edge.transformer().config().patches();
        PassTime edgeTime = new PassTime(
                patches,
                edge.transformer().config().multiplyAdds(patches),
                median(sample.size(), () -> runner.classify(pixels)));
        List<PassTime> serverTimes = serverTimes(server, pixels, patches);
        Workload workload = new Workload(
                edge.transformer().config(), List.of(server.transformer().config()), plan.allUploads());
        double millis = edgeTime.millis();
        for (int i = 0; i < results.size(); i++) {
            List<Integer> kept =
                    kept(plan.allUploads(), results.get(i), sample.get(i).name(), patches);
            for (int pass : workload.passes(kept)) {
                millis += millis(serverTimes, pass) / results.size();
            }
        }
        return new PassTimes(edgeTime, serverTimes, millis / MILLIS_PER_SECOND);
    }

    private record Sample(String name, PixelPatches pixels) {}

    /** Returns images from all over the data set. */
    private static List<Sample> sample(Classifier edge, Dataset images) throws IOException {
        List<Sample> sample = new ArrayList<>();
        IOException last = null;
        Dataset some = ImageSubset.spread(images, Math.min(SAMPLE, images.size()));
        for (int i = 0; i < some.size(); i++) {
            try {
                sample.add(new Sample(some.name(i), edge.patches(some.read(i))));
            } catch (IOException e) {
                last = e;
            } catch (IllegalArgumentException e) {
                last = new IOException(some.name(i) + ": " + e.getMessage(), e);
            }
        }
        if (sample.isEmpty() && last != null) {
            throw new IOException(
                    "none of " + some.size() + " images from all over the data set can be decoded, the last is "
                            + last.getMessage(),
                    last);
        }
        return sample;
    }

    private static List<Integer> kept(List<Upload> uploads, EdgeResult result, String name, int patches) {
        return uploads.stream()
                .map(upload -> upload instanceof Upload.Patches(SelectionPolicy policy, var codec)
                        ? policy.selection()
                                .select(result.scored(policy.score()), name)
                                .count()
                        : patches)
                .toList();
    }

    private static List<PassTime> serverTimes(Classifier server, List<PixelPatches> pixels, int patches) {
        SortedSet<Integer> counts =
                new TreeSet<>(List.of(0, patches / 4, patches / 2, (int) Math.round(MAIN_SHARE * patches), patches));
        List<PassTime> times = new ArrayList<>();
        try (Session session = server.transformer().newSession()) {
            for (int count : counts) {
                int[] first = IntStream.range(0, count).toArray();
                List<PatchSequence> batch = pixels.stream()
                        .map(image -> server.preprocessing().normalise(image.select(first)))
                        .toList();
                session.forward(batch, Capture.none());
                times.add(new PassTime(
                        count,
                        server.transformer().config().multiplyAdds(count),
                        median(batch.size(), () -> session.forward(batch, Capture.none()))));
            }
        }
        return times;
    }

    /** Returns the milliseconds per image, the median of some rounds. */
    private static double median(int images, Runnable pass) {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            pass.run();
            millis.add((System.nanoTime() - begin) / NANOS_PER_MILLI / images);
        }
        Collections.sort(millis);
        return millis.get(ROUNDS / 2);
    }

    /** Returns the server's time on this number of patches, between the two that were measured. */
    public double serverMillis(double patches) {
        return millis(server, patches);
    }

    private static double millis(List<PassTime> times, double patches) {
        for (int i = 1; i < times.size(); i++) {
            PassTime low = times.get(i - 1);
            PassTime high = times.get(i);
            if (patches <= high.patches()) {
                double along = (patches - low.patches()) / (high.patches() - low.patches());
                return low.millis() + along * (high.millis() - low.millis());
            }
        }
        return times.getLast().millis();
    }

    /** Returns how fast the models run. */
    public String speed() {
        return String.format(
                Locale.ROOT,
                "the edge takes %.1f ms per image and the server %.1f ms on all %d patches",
                edge.millis(),
                server.getLast().millis(),
                server.getLast().patches());
    }
}
