package glimpse.spark;

import glimpse.spark.function.GlimpseFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Starts Spark when a command needs it, and stops it at the end. Not thread-safe. */
final class SparkSessions implements AutoCloseable {
    private static final String TASK_FAILURES = "spark.task.maxFailures";
    private static final String MORE_FAILURES = "8"; // an executor that dies counts for each of its tasks
    private static final String LOG_LEVEL = "spark.log.level";
    private static final String EXECUTOR_OPTIONS = "spark.executor.defaultJavaOptions";

    /** Vector loads don't cross cache lines, and the kernels' loops have no safepoints, whatever the collector is. */
    private static final String FAST_KERNELS =
            "-XX:ObjectAlignmentInBytes=64 -XX:LoopStripMiningIter=0 -XX:-UseCountedLoopSafepoints";

    private @Nullable SparkSession session;

    SparkSession session() {
        SparkSession started = session;
        if (started == null) {
            started =
                    SparkSession.builder().config(withDefaults(new SparkConf())).getOrCreate();
            session = started;
        }
        return started;
    }

    /** Returns a configuration with what it doesn't set. */
    static SparkConf withDefaults(SparkConf configuration) {
        return configuration
                .setIfMissing("spark.app.name", "glimpse")
                .setIfMissing(TASK_FAILURES, MORE_FAILURES)
                .setIfMissing(LOG_LEVEL, "WARN")
                .setIfMissing(EXECUTOR_OPTIONS, FAST_KERNELS)
                .setIfMissing(GlimpseFunction.ISOLATION, "false");
    }

    JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session().sparkContext());
    }

    @Override
    public void close() {
        SparkSession started = session;
        if (started != null) {
            started.stop();
        }
    }
}
