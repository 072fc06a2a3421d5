package glimpse.cli.run;

import glimpse.cli.file.OutputFiles;
import glimpse.cli.file.TemporaryFolder;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.progress.Progress;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Runs plans whose rows are a means, not the result: they are kept if a folder is named for them. */
public final class StoredRuns {
    private static final String ROWS = "--rows";

    @Option(
            names = ROWS,
            paramLabel = "DIR",
            description = "Keep what was computed in DIR, so that the command, if it is run again with another promise"
                    + " or budget, or was interrupted, computes only what is missing.")
    private @Nullable Path rows;

    @Option(names = "--fresh", description = "Start over: delete the rows that an earlier run left in DIR.")
    private boolean fresh;

    /** Made by the command line, which sets the options. */
    public StoredRuns() {}

    /** Checks the folder before anything is loaded. */
    public void check(List<Path> inputs) throws IOException {
        if (rows != null) {
            OutputFiles.requireRunFolder(ROWS, rows, inputs);
        }
    }

    /** A folder for rows, which is deleted when it is closed unless it was named. */
    public static final class Folder implements AutoCloseable {
        private final Path path;
        private final Optional<TemporaryFolder> temporary;
        private final boolean fresh;

        private Folder(Path path, Optional<TemporaryFolder> temporary, boolean fresh) {
            this.path = path;
            this.temporary = temporary;
            this.fresh = fresh;
        }

        /**
         * Runs a plan, or resumes it.
         *
         * @param name of the run's folder in this one
         * @return the rows of all images, in their order
         */
        public List<ImageResult> run(String name, EvaluationPlan plan, Pair pair, Dataset images, CommandSpec spec)
                throws IOException, InterruptedException {
            RunOptions.remarks(images, spec);
            try (RunFolder folder =
                            RunFolder.open(path.resolve(name), RunOptions.fingerprint(plan, pair, images), fresh);
                    Progress progress =
                            Progress.of(spec, RunOptions.timeLeft(plan, List.of(pair), OptionalDouble.empty()))) {
                return new RowRunner.InProcess()
                        .run(
                                plan,
                                List.of(new RowRunner.PairRun(pair, folder)),
                                images,
                                RunOptions.defaultBatchSize(pair.edge()),
                                progress)
                        .getFirst();
            }
        }

        @Override
        public void close() {
            temporary.ifPresent(TemporaryFolder::close);
        }
    }

    /** Opens the folder. */
    public Folder open() throws IOException {
        if (rows != null) {
            return new Folder(rows, Optional.empty(), fresh);
        }
        TemporaryFolder temporary = TemporaryFolder.create("glimpse-calibrate-");
        return new Folder(temporary.path(), Optional.of(temporary), false);
    }
}
