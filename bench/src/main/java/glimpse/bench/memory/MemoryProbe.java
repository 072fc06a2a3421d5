package glimpse.bench.memory;

import glimpse.bench.RandomModel;
import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that loads a model, runs passes of one image with one thread, and prints what the heap then holds. */
final class MemoryProbe {
    private static final double NANOS_PER_MILLI = 1e6;

    private MemoryProbe() {}

    /**
     * Prints the bytes of live heap after a pass and, on a second line, the median milliseconds of further passes.
     *
     * @param arguments the model's file and the number of passes that are timed
     */
    public static void main(String[] arguments) throws IOException {
        int passes = Integer.parseInt(arguments[1]);
        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(Path.of(arguments[0]), workers);
            Session session = model.newSession();
            PatchSequence image =
                    RandomModel.sequence(model.config(), model.config().patches(), 1);
            session.forward(image, Capture.readoutRow());
            long live = liveBytes();
            System.out.println(live);
            System.out.println(medianMillis(session, image, passes));
        }
    }

    private static long liveBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static double medianMillis(Session session, PatchSequence image, int passes) {
        if (passes == 0) {
            return 0;
        }
        session.warmUp();
        double[] millis = new double[passes];
        for (int i = 0; i < passes; i++) {
            long begin = System.nanoTime();
            session.forward(image, Capture.readoutRow());
            millis[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        return millis[passes / 2];
    }
}
