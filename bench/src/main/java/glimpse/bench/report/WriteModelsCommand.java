package glimpse.bench.report;

import glimpse.bench.DeitSize;
import glimpse.bench.peer.PeerModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench write-models}: writes the models and images that all peers read. */
@Command(name = "write-models", description = "Writes the models and images that all peers read.", sortOptions = false)
final class WriteModelsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder to write them to.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        PeerModels models = new PeerModels(folder);
        for (DeitSize size : DeitSize.values()) {
            models.write(size);
        }
        return 0;
    }
}
