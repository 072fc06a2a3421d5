package glimpse.cli.front;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.model.ModelSource;
import glimpse.cli.model.PairOptions;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The edge's model, and the models of one or several servers. */
public final class ServersOption {
    private static final String EDGE = "--edge";
    private static final String SERVER = "--server";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";
    private static final Pattern NAMED = Pattern.compile("(" + NAME + ")=(.+)");

    @Option(
            names = EDGE,
            paramLabel = "FILE",
            description = "Model of the edge: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/edge.")
    private @Nullable String edge;

    @Option(
            names = SERVER,
            paramLabel = "[NAME=]FILE",
            description =
                    "Model of the server: a file written by glimpse convert, hf:OWNER/NAME or fashion-mnist/server."
                            + " Repeat it with names to compare several; each has its results in a folder of its name in DIR.")
    private List<String> servers = new ArrayList<>();

    /** Made by the command line, which sets the options. */
    public ServersOption() {}

    /**
     * A server and the edge.
     *
     * @param name the server's
     * @param pair both models
     */
    public record Server(String name, Pair pair) {}

    /** Returns whether there are several servers. */
    public boolean isSeveral() {
        return servers.size() > 1;
    }

    /** Returns the files among the models, which nothing may overwrite. */
    public List<Path> files() {
        return ModelSource.files(
                EDGE + " or " + SERVER,
                Stream.concat(Stream.of(edge()), models().values().stream()).toList());
    }

    /** Checks that all files exist, before anything is loaded. */
    public void check() throws IOException {
        ModelSource.require(EDGE, edge());
        for (String model : models().values()) {
            ModelSource.require(SERVER, model);
        }
    }

    /**
     * Loads the models, the edge's once.
     *
     * @throws UsageException if two don't fit each other
     */
    public List<Server> load(Workers workers) throws IOException {
        PairOptions.Edge loaded = PairOptions.Edge.load(ModelSource.require(EDGE, edge()), workers);
        List<Server> all = new ArrayList<>();
        for (Map.Entry<String, String> model : models().entrySet()) {
            all.add(new Server(model.getKey(), loaded.with(ModelSource.require(SERVER, model.getValue()), workers)));
        }
        return all;
    }

    private String edge() {
        if (edge == null) {
            throw new UsageException("missing " + EDGE + " FILE, expected --edge and --server");
        }
        return edge;
    }

    /** Returns the servers' models by their names, in the order in which they were given. */
    private Map<String, String> models() {
        if (servers.isEmpty()) {
            throw new UsageException("missing " + SERVER + " FILE, expected --edge and --server");
        }
        Map<String, String> models = new LinkedHashMap<>();
        for (String server : servers) {
            Matcher named = NAMED.matcher(server);
            boolean hasName = named.matches() && !Files.exists(InputFiles.path(SERVER, server));
            if (!hasName && isSeveral()) {
                throw new UsageException(
                        SERVER + " " + server + ": has no name, expected NAME=FILE of each of several");
            }
            String name = hasName ? named.group(1) : "server";
            if (models.put(name, hasName ? named.group(2) : server) != null) {
                throw new UsageException(SERVER + " " + server + ": there are two servers of the name " + name);
            }
            if (name.equals(ChooseOnOptions.FOLDER)) {
                throw new UsageException(SERVER + " " + server + ": expected another name than " + name);
            }
        }
        return models;
    }
}
