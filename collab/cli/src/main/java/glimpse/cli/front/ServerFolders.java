package glimpse.cli.front;

import glimpse.cli.front.ServersOption.Server;
import glimpse.cli.run.RowRunner.PairRun;
import glimpse.cli.run.RunOptions;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.EvaluationPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Folders for the results of servers that are evaluated together. Not thread-safe.
 *
 * @param runs a pair and its open folder for each server, in the servers' order
 */
public record ServerFolders(List<PairRun> runs) implements AutoCloseable {
    /** Copies the list. */
    public ServerFolders {
        runs = List.copyOf(runs);
    }

    /**
     * Opens the folders, all of them or none.
     *
     * @param name of a server's folder in that of the results
     */
    public static ServerFolders open(
            List<Server> servers,
            Function<Server, String> name,
            RunOptions options,
            EvaluationPlan plan,
            Dataset images)
            throws IOException {
        List<PairRun> runs = new ArrayList<>();
        try {
            for (Server server : servers) {
                runs.add(new PairRun(server.pair(), options.open(name.apply(server), plan, server.pair(), images)));
            }
            return new ServerFolders(runs);
        } catch (IOException | RuntimeException e) {
            new ServerFolders(runs).close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        for (PairRun run : runs) {
            run.folder().close();
        }
    }
}
