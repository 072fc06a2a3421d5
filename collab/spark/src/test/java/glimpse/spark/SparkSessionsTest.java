package glimpse.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {
    private static final String EXECUTOR_OPTIONS = "spark.executor.defaultJavaOptions";

    @Test
    void executorsRunTheKernelsFast() {
        SparkConf configuration = SparkSessions.withDefaults(new SparkConf(false));
        assertThat(configuration.get(EXECUTOR_OPTIONS))
                .isEqualTo("-XX:ObjectAlignmentInBytes=64 -XX:LoopStripMiningIter=0 -XX:-UseCountedLoopSafepoints");
    }

    @Test
    void tasksOfQueriesSeeTheContextsFiles() {
        assertThat(SparkSessions.withDefaults(new SparkConf(false)).get("spark.sql.artifact.isolation.enabled"))
                .isEqualTo("false");
    }

    @Test
    void whatIsSetStays() {
        SparkConf given = new SparkConf(false).set(EXECUTOR_OPTIONS, "-Xss2m").set("spark.task.maxFailures", "3");
        SparkConf configuration = SparkSessions.withDefaults(given);
        assertThat(configuration.get(EXECUTOR_OPTIONS)).isEqualTo("-Xss2m");
        assertThat(configuration.get("spark.task.maxFailures")).isEqualTo("3");
    }
}
