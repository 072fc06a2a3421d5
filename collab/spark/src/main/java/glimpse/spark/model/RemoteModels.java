package glimpse.spark.model;

import glimpse.cli.file.TemporaryFolder;
import glimpse.spark.file.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Models on other file systems than the driver's, which fetches them before it loads or shares them. */
public final class RemoteModels {
    private static final Set<String> OPTIONS = Set.of("--edge", "--server", "--model");

    private RemoteModels() {}

    /** Returns a command's arguments with files of this machine in place of URIs of models. */
    public static List<String> fetch(List<String> arguments, Configuration configuration) throws IOException {
        List<String> local = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!local.isEmpty() && OPTIONS.contains(local.getLast())) {
                local.add(fetch(argument, configuration));
            } else if (equals > 0 && OPTIONS.contains(argument.substring(0, equals))) {
                local.add(argument.substring(0, equals + 1) + fetch(argument.substring(equals + 1), configuration));
            } else {
                local.add(argument);
            }
        }
        return local;
    }

    /** Returns a model's name: a file of this machine if it was a URI, otherwise itself. */
    public static String fetch(String model, Configuration configuration) throws IOException {
        if (!model.contains("://")) {
            return model;
        }
        Path file = HadoopFiles.path(model, configuration);
        if (HadoopFiles.isLocal(file)) {
            return file.toString();
        }
        Path copy = TemporaryFolder.create(SharedModel.FOLDER).path().resolve("" + file.getFileName());
        Files.copy(file, copy);
        return copy.toString();
    }
}
