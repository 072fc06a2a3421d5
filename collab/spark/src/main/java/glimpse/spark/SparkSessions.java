package glimpse.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Starts Spark when a command needs it, and stops it at the end. Not thread-safe. */
final class SparkSessions implements AutoCloseable {
    private static final String TASK_FAILURES = "spark.task.maxFailures";
    private static final String MORE_FAILURES = "8"; // an executor that dies counts for each of its tasks
    private static final String LOG_LEVEL = "spark.log.level";

    private @Nullable SparkSession session;

    SparkSession session() {
        SparkSession started = session;
        if (started == null) {
            SparkConf configuration = new SparkConf().setIfMissing("spark.app.name", "glimpse");
            configuration.setIfMissing(TASK_FAILURES, MORE_FAILURES);
            configuration.setIfMissing(LOG_LEVEL, "WARN");
            started = SparkSession.builder().config(configuration).getOrCreate();
            session = started;
        }
        return started;
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
