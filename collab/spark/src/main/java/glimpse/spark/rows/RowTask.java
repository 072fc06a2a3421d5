package glimpse.spark.rows;

import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Computes one slice. An attempt whose images can't be read fails, so that another executor tries; the last attempt
 * counts them as failed instead, and the others of the slice are evaluated.
 */
final class RowTask implements VoidFunction<Slice> {
    private static final long serialVersionUID = 1;
    private static final String MAX_FAILURES = "spark.task.maxFailures";
    private static final int SPARKS_DEFAULT = 4;

    private final Broadcast<RowWorker> worker;
    private final int mostAttempts;

    RowTask(Broadcast<RowWorker> worker, int mostAttempts) {
        this.worker = worker;
        this.mostAttempts = mostAttempts;
    }

    /**
     * Returns how often Spark tries a task: once if master and executor are one process, unless the master's URL says
     * otherwise.
     */
    static int mostAttempts(SparkConf configuration) {
        String master = configuration.get("spark.master", "");
        boolean once = master.equals("local") || (master.startsWith("local[") && !master.contains(","));
        return once ? 1 : configuration.getInt(MAX_FAILURES, SPARKS_DEFAULT);
    }

    @Override
    public void call(Slice slice) throws Exception {
        worker.value().compute(slice, TaskContext.get().attemptNumber() + 1 >= mostAttempts);
    }
}
