package glimpse.spark.rows;

import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResultFormat;
import glimpse.evaluation.run.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes the rows that tasks have committed, in the images' order, as soon as they are there. Not thread-safe. */
final class RowMerge {
    private static final int POLL_MILLIS = 50;
    private static final int MOST_CHARACTERS = 500;

    private final RowFiles files;
    private final ImageResultFormat format;
    private final RowSource.Sink sink;
    private final BitSet wanted = new BitSet();
    private final List<IndexRange> found = new ArrayList<>();

    /**
     * Looks for rows that were committed before.
     *
     * @param missing indices of the images whose rows are to be had
     */
    RowMerge(RowFiles files, ImageResultFormat format, int[] missing, RowSource.Sink sink) throws IOException {
        this.files = files;
        this.format = format;
        this.sink = sink;
        IntStream.of(missing).forEach(wanted::set);
        for (IndexRange range : files.find()) {
            if (rows(range).isPresent()) {
                found.add(range);
            } else {
                files.delete(range); // not what a task writes
            }
        }
    }

    /** Returns the images whose rows nobody has committed. */
    int[] lacking() {
        BitSet lacking = (BitSet) wanted.clone();
        found.forEach(range -> lacking.clear(range.first(), range.end()));
        return lacking.stream().toArray();
    }

    /**
     * Takes all rows.
     *
     * @param computed the ranges that a job computes
     * @param job the job; empty if there is nothing to compute
     * @throws IOException if the job fails, or rows can't be read or taken
     */
    void finish(List<IndexRange> computed, Optional<? extends Future<?>> job) throws IOException, InterruptedException {
        List<IndexRange> all =
                Stream.concat(found.stream(), computed.stream()).sorted().toList();
        for (IndexRange range : all) {
            while (!files.has(range) && job.isPresent() && !job.get().isDone()) {
                Thread.sleep(POLL_MILLIS);
            }
            if (!files.has(range)) {
                requireSuccess(job);
            }
            List<ImageResult> rows = rows(range)
                    .orElseThrow(() -> new IOException(files + "/" + range.fileName()
                            + ": isn't there, although a task has written it; --out must be a folder that the driver and"
                            + " all executors share"));
            List<ImageResult> next =
                    rows.stream().filter(row -> wanted.get(row.index())).toList();
            if (!next.isEmpty()) {
                sink.accept(next);
            }
            wanted.clear(range.first(), range.end()); // ranges of drivers with other slices may overlap
        }
        requireSuccess(job);
        if (!wanted.isEmpty()) {
            throw new IOException(files + ": no rows of image " + wanted.nextSetBit(0));
        }
    }

    private Optional<List<ImageResult>> rows(IndexRange range) throws IOException {
        return files.read(range)
                .flatMap(format::parseAll)
                .filter(rows -> rows.size() == range.count()
                        && IntStream.range(0, rows.size())
                                .allMatch(i -> rows.get(i).index() == range.first() + i));
    }

    private static void requireSuccess(Optional<? extends Future<?>> job) throws IOException, InterruptedException {
        if (job.isEmpty()) {
            return;
        }
        try {
            job.get().get();
        } catch (ExecutionException e) {
            throw new IOException("the Spark job failed: " + reason(e), e);
        }
    }

    /** Returns what a task said, without the stack trace that Spark puts into its message. */
    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        int trace = message.indexOf("\n\tat ");
        String plain = (trace < 0 ? message : message.substring(0, trace)).replaceAll("\\s+", " ");
        return plain.substring(0, Math.min(plain.length(), MOST_CHARACTERS));
    }
}
