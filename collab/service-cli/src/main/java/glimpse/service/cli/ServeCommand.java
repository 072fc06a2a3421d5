package glimpse.service.cli;

import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.model.ModelSource;
import glimpse.cli.option.CalibrationOptions;
import glimpse.cli.option.ThreadsOption;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.Calibration.CalibratedPair;
import glimpse.evaluation.data.ImageFileReader;
import glimpse.service.GlimpseServer;
import glimpse.service.PageOptions;
import glimpse.service.Protection;
import glimpse.service.ServerOptions;
import glimpse.service.Telemetry;
import glimpse.service.TlsFiles;
import glimpse.service.http.Tokens;
import glimpse.service.model.ModelContent;
import glimpse.service.model.ModelFile;
import glimpse.service.model.ServedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse serve}: the server of collaborative inference. */
@Command(
        name = "serve",
        sortOptions = false,
        description = {
            "Serves models over HTTP/1.1 and HTTP/2: an edge sends the patches that matter and gets the prediction. A model"
                    + " whose file is replaced is loaded again. The access log, one line of JSON per request, goes to"
                    + " standard output."
        },
        exitCodeList = {
            "0:The server was stopped.",
            "1:The server failed, or its address isn't available.",
            "2:The input is invalid."
        },
        footer = {"", "Example:", "  glimpse serve base.safetensors --port 8080"})
public final class ServeCommand implements Callable<Integer> {
    private static final long HEAP_CHECK_MILLIS = 100;

    private static final Set<String> HTTP = Set.of("http", "https");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..*",
            description =
                    "Model to serve under its file's name without the extension: a file written by glimpse convert,"
                            + " fashion-mnist/edge or fashion-mnist/server.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--name", paramLabel = "N=FILE", description = "Serve the model in FILE under the name N.")
    private Map<String, String> named = new LinkedHashMap<>();

    @Option(names = "--model-control", description = "Let clients load and unload models.")
    private boolean modelControl;

    @Option(names = "--no-page", description = "Don't show the page at /.")
    private boolean withoutPage;

    @Option(
            names = "--page-edge",
            paramLabel = "NAME",
            description = "Let this model play the edge's on the page. Default: the smallest.")
    private @Nullable String pageEdge;

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--otlp-endpoint",
            paramLabel = "URL",
            description = "Send the spans of requests to an OpenTelemetry collector, over HTTP: http://HOST:4318, for"
                    + " example.")
    private @Nullable URI otlpEndpoint;

    /** Made by the command line, which sets the options. */
    public ServeCommand() {}

    @Override
    public Integer call() throws IOException {
        ServerOptions options = options();
        LibraryLogs.limit();
        try (Workers workers = threads.workers();
                GlimpseServer server = GlimpseServer.start(options, workers)) {
            Thread drain = Thread.ofPlatform().name("glimpse-drain").unstarted(server::close);
            Runtime.getRuntime().addShutdownHook(drain); // SIGTERM
            options.telemetry().log().accept(started(server, options));
            untilInterrupted();
            Runtime.getRuntime().removeShutdownHook(drain);
        }
        return ExitCode.OK;
    }

    private static void untilInterrupted() {
        ServerHeap heap = ServerHeap.ofVirtualMachine();
        try {
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(HEAP_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                heap.check();
            }
        } catch (InterruptedException e) {
            // whoever runs this command stops it
        }
    }

    private ServerOptions options() throws IOException {
        Optional<TlsFiles> tls = listen.tls();
        Optional<Tokens> tokens = listen.tokens();
        listen.check(tls, tokens);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<ModelFile> models = calibrated(models());
        return new ServerOptions(
                models,
                listen.address(),
                new Protection(tls, tokens, listen.insecure()),
                limits.queue(),
                limits.http(),
                ImageFileReader::decode,
                modelControl,
                ServerOptions.RELOAD_PERIOD,
                page(models),
                new Telemetry(
                        line -> print(out, line),
                        line -> print(err, spec.qualifiedName() + ": " + line),
                        otlpEndpoint()));
    }

    /** Gives models the temperatures that were calibrated, of which one must be the server's. */
    private List<ModelFile> calibrated(List<ModelFile> models) throws IOException {
        Optional<CalibratedPair> read = calibration.read().map(Calibration::pair);
        if (read.isEmpty()) {
            return models;
        }
        CalibratedPair pair = read.get();
        List<String> hashes = new ArrayList<>();
        for (ModelFile model : models) {
            hashes.add(model.content().sha256());
        }
        if (!hashes.contains(pair.serverSha256())) {
            try {
                pair.requireServer(hashes.getFirst());
            } catch (IllegalArgumentException e) {
                throw calibration.other(e);
            }
        }
        Map<String, Double> temperatures = new LinkedHashMap<>();
        temperatures.put(pair.edgeSha256(), pair.edgeTemperature());
        temperatures.put(pair.serverSha256(), pair.serverTemperature());
        return models.stream().map(model -> model.at(temperatures)).toList();
    }

    private PageOptions page(List<ModelFile> models) {
        String edge = pageEdge;
        if (edge != null
                && (withoutPage
                        || models.stream().noneMatch(model -> model.name().equals(edge)))) {
            throw UsageException.invalid(
                    "--page-edge", edge, withoutPage ? "no --no-page beside it" : "the name of a model to serve");
        }
        return new PageOptions(!withoutPage, Optional.ofNullable(edge));
    }

    private Optional<URI> otlpEndpoint() {
        if (otlpEndpoint != null
                && (otlpEndpoint.getHost() == null || !HTTP.contains(String.valueOf(otlpEndpoint.getScheme())))) {
            throw UsageException.invalid("--otlp-endpoint", otlpEndpoint, "http://HOST:PORT or https://HOST:PORT");
        }
        return Optional.ofNullable(otlpEndpoint);
    }

    private static void print(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }

    private List<ModelFile> models() throws IOException {
        List<ModelFile> models = new ArrayList<>();
        try {
            for (String file : files) {
                ModelSource source = ModelSource.require("MODEL", file);
                models.add(
                        new ModelFile(ModelFile.of(Path.of(source.shortName())).name(), content(source)));
            }
            for (Map.Entry<String, String> one : named.entrySet()) {
                models.add(new ModelFile(one.getKey(), content(ModelSource.require("--name", one.getValue()))));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (models.isEmpty()) {
            throw new UsageException("no model, expected MODEL... or --name N=FILE");
        }
        long names = models.stream().map(ModelFile::name).distinct().count();
        if (names < models.size()) {
            throw new UsageException("two models have the same name; give them different ones with --name N=FILE");
        }
        return models;
    }

    private static ModelContent content(ModelSource source) {
        return source.builtIn()
                .map(bytes -> ModelContent.of(source.name(), bytes))
                .orElseGet(() -> ModelContent.of(source.path()));
    }

    private static String started(GlimpseServer server, ServerOptions options) {
        String scheme = options.protection().tls().isPresent() ? "https" : "http";
        List<String> names =
                server.models().all().stream().map(ServedModel::name).toList();
        return "ready at " + scheme + "://" + options.address().getHostString() + ":"
                + server.address().getPort() + " with " + String.join(", ", names);
    }
}
