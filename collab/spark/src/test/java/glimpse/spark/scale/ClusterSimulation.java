package glimpse.spark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Simulates the queue of a cluster: one driver that hands out slices of images one after another, and cores that
 * compute them. Prints the tables of SCALE.md; the same seed gives the same tables.
 */
final class ClusterSimulation {
    private static final long SEED = 1;
    private static final int CORES_PER_EXECUTOR = 8;
    private static final int IMAGES = 13_151_276; // ImageNet-21k, winter 2021

    private ClusterSimulation() {}

    /**
     * What the simulation assumes.
     *
     * @param secondsPerImage of one core, without waiting for the file
     * @param fileSeconds waiting for one file; of an archive, for its part
     * @param dispatchSeconds the driver's work for one task
     * @param modelBytes of both models, which every executor fetches
     * @param driverBytesPerSecond at which the driver sends them
     * @param slowShare share of the executors that run at half speed
     */
    record Assumptions(
            double secondsPerImage,
            double fileSeconds,
            double dispatchSeconds,
            double modelBytes,
            double driverBytesPerSecond,
            double slowShare) {}

    /**
     * What happened.
     *
     * @param seconds until the last slice was done
     * @param efficiency the share of that time in which the cores computed images
     */
    record Outcome(double seconds, double efficiency) {}

    private record Core(double free, double speed) implements Comparable<Core> {
        @Override
        public int compareTo(Core other) {
            return Double.compare(free, other.free);
        }
    }

    /** Runs one job. */
    static Outcome run(int images, int sliceImages, int cores, Assumptions assumptions, long seed) {
        Random random = new Random(seed);
        PriorityQueue<Core> queue = new PriorityQueue<>();
        double speed = 1;
        for (int core = 0; core < cores; core++) {
            int executor = core / CORES_PER_EXECUTOR;
            if (core % CORES_PER_EXECUTOR == 0) {
                speed = random.nextDouble() < assumptions.slowShare ? 0.5 : 1;
            }
            double fetched = assumptions.modelBytes * (executor + 1) / assumptions.driverBytesPerSecond;
            queue.add(new Core(fetched, speed));
        }
        int slices = Math.ceilDiv(images, sliceImages);
        double driverFree = 0;
        double end = 0;
        double computed = 0;
        for (int slice = 0; slice < slices; slice++) {
            Core core = queue.remove();
            driverFree = Math.max(driverFree, core.free) + assumptions.dispatchSeconds;
            int size = Math.min(sliceImages, images - slice * sliceImages);
            // images differ by a tenth or so: their patches are as many, their files aren't
            double noise = 1 + 0.1 * random.nextGaussian() / Math.sqrt(size);
            double work = size * assumptions.secondsPerImage * noise;
            double done = driverFree + (work + size * assumptions.fileSeconds) / core.speed;
            computed += work;
            end = Math.max(end, done);
            queue.add(new Core(done, core.speed));
        }
        return new Outcome(end, computed / (end * cores));
    }

    public static void main(String[] arguments) {
        Assumptions pair = new Assumptions(0.271, 0, 0.002, 370e6, 1.25e9, 0);
        System.out.println("Efficiency by cores and images per slice: DeiT-Tiny and DeiT-Base, ImageNet-21k");
        table(List.of(8, 128, 700), pair, IMAGES);
        Assumptions tiny = new Assumptions(0.0285, 0, 0.002, 23e6, 1.25e9, 0);
        System.out.println("The same with DeiT-Tiny alone");
        table(List.of(8, 128, 700), tiny, IMAGES);

        System.out.println("What bends it: DeiT-Tiny alone, 1,000 cores, 700 images per slice");
        bend("nothing", tiny, 700);
        bend("each image is a file, 20 ms", with(tiny, 0.020, 0.002, 23e6, 0), 700);
        bend("each image is a file, 100 ms", with(tiny, 0.100, 0.002, 23e6, 0), 700);
        bend("the driver takes 20 ms a task", with(tiny, 0, 0.020, 23e6, 0), 700);
        bend("the driver takes 20 ms a task, 8 images per slice", with(tiny, 0, 0.020, 23e6, 0), 8);
        bend("models of 2.4 GB", with(tiny, 0, 0.002, 2.4e9, 0), 700);
        bend("5 % of the executors at half speed", with(tiny, 0, 0.002, 23e6, 0.05), 700);
        bend("the same, 20,000 images per slice", with(tiny, 0, 0.002, 23e6, 0.05), 20_000);
    }

    private static Assumptions with(Assumptions base, double file, double dispatch, double model, double slow) {
        return new Assumptions(base.secondsPerImage, file, dispatch, model, base.driverBytesPerSecond, slow);
    }

    private static void table(List<Integer> sizes, Assumptions assumptions, int images) {
        StringBuilder head = new StringBuilder("| cores |");
        sizes.forEach(size -> head.append(' ').append(size).append(" |"));
        System.out.println(head + "\n|" + "---|".repeat(sizes.size() + 1));
        for (int cores : List.of(100, 1000, 10_000)) {
            List<String> cells = new ArrayList<>();
            for (int size : sizes) {
                Outcome outcome = run(images, size, cores, assumptions, SEED);
                cells.add(String.format(
                        Locale.ROOT, "%.0f %%, %.2f h", 100 * outcome.efficiency, outcome.seconds / 3600));
            }
            System.out.println("| " + cores + " | " + String.join(" | ", cells) + " |");
        }
        System.out.println();
    }

    private static void bend(String what, Assumptions assumptions, int size) {
        Outcome outcome = run(IMAGES, size, 1000, assumptions, SEED);
        System.out.printf(
                Locale.ROOT, "| %s | %.0f %% | %.2f h |%n", what, 100 * outcome.efficiency, outcome.seconds / 3600);
    }
}
