package glimpse.spark.rows;

import org.apache.spark.api.java.JavaSparkContext;

/** Counts the cores of a cluster, whose executors a standalone master starts only after the driver. */
final class ClusterCores {
    private static final int PATIENCE_MILLIS = 20_000; // then the cluster is busy, and Spark says so
    private static final int CALM_MILLIS = 250; // without another executor
    private static final int POLL_MILLIS = 25;

    private ClusterCores() {}

    /** Returns how many tasks run at a time. Waits for the first executors, without which no task runs anyway. */
    static int count(JavaSparkContext context) {
        int executors = 0;
        long begun = System.nanoTime();
        long changed = begun;
        while (!context.isLocal()
                && millisSince(begun) < PATIENCE_MILLIS
                && (executors == 0 || millisSince(changed) < CALM_MILLIS)) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            int now = context.sc().getExecutorMemoryStatus().size() - 1; // the driver is among them
            if (now != executors) {
                executors = now;
                changed = System.nanoTime();
            }
        }
        return Math.max(1, context.defaultParallelism());
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
