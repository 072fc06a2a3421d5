package glimpse.cli.command;

import glimpse.cli.edge.AnswerFile;
import glimpse.cli.edge.AnswerLines;
import glimpse.cli.edge.Answering;
import glimpse.cli.edge.Answers;
import glimpse.cli.edge.DropFolder;
import glimpse.cli.edge.Termination;
import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.file.OutputFiles;
import glimpse.cli.listen.AccessCheck;
import glimpse.cli.listen.EdgeListener;
import glimpse.cli.listen.EdgeRequests;
import glimpse.cli.model.ModelClasses;
import glimpse.cli.model.ModelOption;
import glimpse.cli.model.ModelSource;
import glimpse.cli.option.AuditOption;
import glimpse.cli.option.CalibrationOptions;
import glimpse.cli.option.EdgeListenOptions;
import glimpse.cli.option.ServerOptions;
import glimpse.cli.option.StepOptions;
import glimpse.cli.option.ThreadsOption;
import glimpse.collab.audit.DriftAlarm;
import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.HttpChannel;
import glimpse.collab.channel.ResilientChannel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.Calibration.CalibratedPair;
import glimpse.evaluation.listing.ImageListing;
import glimpse.page.Page;
import glimpse.page.PageSettings;
import glimpse.page.model.ModelPair;
import glimpse.page.model.OwnEdgePass;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse edge}: classifies images here, and asks a server about those of which this model isn't confident. */
@Command(
        name = "edge",
        sortOptions = false,
        description = {
            "Classifies images and asks a server, sending only the patches that matter, where this model isn't confident."
                    + " Prints one line of JSON per image: the answer, where it comes from (edge, server or fallback),"
                    + " bytes and milliseconds.",
            "If the server gives no prediction, this model's own stands (fallback), with the reason."
        },
        exitCodeList = {
            "0:Every image was answered.",
            "1:The command failed.",
            "2:The input is invalid. An image that can't be read has a line that says why, and the others are answered.",
            "143:SIGTERM ended a watch or a listener, after the answers under way."
        },
        footer = {
            "",
            "Example:",
            "  glimpse edge --model tiny.safetensors --server https://server:8443 --server-model base cat.jpg",
            "  glimpse edge --model tiny.safetensors --server https://server:8443 --server-model base \\",
            "      --watch /srv/camera --out answers.jsonl",
            "  glimpse edge --model tiny.safetensors --server https://server:8443 --server-model base \\",
            "      --listen 8081"
        })
public final class EdgeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(arity = "0..*", paramLabel = "IMAGE|DIR", description = "JPEG, PNG or WebP files, or folders of them.")
    private List<Path> images = List.of();

    @Option(
            names = "--watch",
            paramLabel = "DIR",
            description = "Answer the images in DIR and each one that is put there, until SIGTERM.")
    private @Nullable Path watched;

    @Mixin
    private EdgeListenOptions listen = new EdgeListenOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Append the lines to FILE instead of printing them. An image that has its line there is"
                    + " skipped, so that after a restart each image still has exactly one.")
    private @Nullable Path out;

    @Mixin
    private StepOptions stepOptions = new StepOptions();

    @Mixin
    private CalibrationOptions calibrationOptions = new CalibrationOptions();

    @Mixin
    private AuditOption auditOption = new AuditOption();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    /** Made by the command line, which sets the options. */
    public EdgeCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<InetSocketAddress> address = listen.address();
        long inputs = Stream.of(!images.isEmpty(), watched != null, address.isPresent())
                .filter(given -> given)
                .count();
        if (inputs != 1) {
            throw new UsageException("expected either images, --watch DIR or --listen [ADDRESS:]PORT");
        }
        if (watched != null && !Files.isDirectory(watched)) {
            throw new UsageException("--watch " + watched + ": no such folder");
        }
        if (address.isPresent() && out != null) {
            throw new UsageException("--out doesn't go with --listen, which answers whoever asks");
        }
        ModelSource source = model.source();
        Optional<Calibration> calibration = calibrationOptions.read();
        Optional<CalibratedPair> pair = calibration.map(Calibration::pair);
        requireCalibrated(pair, source);
        EdgeStep step = stepOptions.step(
                calibration, auditOption.audit(calibration), spec.commandLine().getParseResult());
        try (HttpChannel http = server.channel(pair.map(CalibratedPair::serverSha256));
                ByteCountingChannel counting = new ByteCountingChannel(http);
                ResilientChannel channel = new ResilientChannel(counting, server.deadline());
                Workers workers = threads.workers()) {
            Classifier classifier = source.load(workers)
                    .at(pair.map(CalibratedPair::edgeTemperature).orElse(1.0));
            EdgeNode edge = edge(classifier, step, channel);
            edge.warmUp(); // the first image has a deadline, too
            AnswerLines lines = new AnswerLines(
                    edge,
                    counting,
                    ModelClasses.of(source.name(), classifier),
                    classifier.transformer().config().patches(),
                    calibration.map(one -> new DriftAlarm(one.counts().rates())),
                    this::warn);
            if (address.isPresent()) {
                // a channel of its own: the lines count what crosses the other
                return listen(
                        address.get(),
                        lines,
                        page(source.shortName(), classifier, step, new ResilientChannel(http, server.deadline())));
            }
            try (Answers answers = answers(source)) {
                Answering answering = new Answering(lines, answers);
                return watched == null ? answerAll(answering) : watch(watched, answering, answers);
            }
        }
    }

    private Page page(String name, Classifier classifier, EdgeStep step, ResilientChannel channel) {
        ModelPair pair = new ModelPair(
                name,
                classifier,
                new OwnEdgePass(classifier, step.policy().score()),
                server.describe(),
                channel,
                server.deadline());
        return new Page(
                () -> Optional.of(pair), new PageSettings(step, false, Optional.of(EdgeRequests.CLASSIFY_PATH)));
    }

    private int listen(InetSocketAddress address, AnswerLines lines, Page page)
            throws IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        AccessCheck access =
                new AccessCheck(listen.token(), address.getAddress().isLoopbackAddress());
        try (Termination _ = Termination.listen(stopped::countDown);
                EdgeListener listener = EdgeListener.start(address, new EdgeRequests(access, page, lines))) {
            warn("ready at http://" + address.getHostString() + ":"
                    + listener.address().getPort());
            stopped.await();
        }
        return ExitCode.OK;
    }

    private EdgeNode edge(Classifier classifier, EdgeStep step, ResilientChannel channel) {
        try {
            return new EdgeNode(classifier, step, channel, server.deadline());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--score: " + e.getMessage());
        }
    }

    private void requireCalibrated(Optional<CalibratedPair> pair, ModelSource source) throws IOException {
        if (pair.isPresent()) {
            try {
                pair.get().requireEdge(source.sha256());
            } catch (IllegalArgumentException e) {
                throw calibrationOptions.other(e);
            }
        }
    }

    private void warn(String message) {
        ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), message);
    }

    private Answers answers(ModelSource source) throws IOException {
        if (out != null) {
            AnswerFile file = AnswerFile.open(OutputFiles.require("--out", out, source.inputs()));
            return new Answers(file, file.earlier());
        }
        PrintWriter printer = spec.commandLine().getOut();
        return new Answers(
                new Answers.Destination() {
                    @Override
                    public void append(String line) {
                        printer.println(line);
                        printer.flush();
                    }

                    @Override
                    public void close() {}
                },
                List.of());
    }

    private int answerAll(Answering answering) throws IOException {
        boolean good = true;
        try (Termination termination = Termination.listen(() -> {})) {
            for (Path image : images) {
                if (Files.isDirectory(image)) {
                    ImageListing listing = ImageListing.of(image);
                    listing.remarks().forEach(this::warn);
                    for (ImageListing.ImageFile file : listing.files()) {
                        good &= termination.requested() || answering.answer(file.path(), file.name());
                    }
                } else {
                    good &= termination.requested() || answering.answer(image, image.toString());
                }
            }
        }
        return good ? ExitCode.OK : ExitCode.INVALID_INPUT;
    }

    private int watch(Path watched, Answering answering, Answers answers) throws IOException, InterruptedException {
        try (DropFolder folder = DropFolder.open(watched, answers);
                Termination termination = Termination.listen(folder)) {
            warn("ready, watching " + watched);
            for (Optional<Path> file = folder.next(); file.isPresent(); file = folder.next()) {
                if (termination.requested()) {
                    break;
                }
                answering.answer(file.get(), String.valueOf(file.get().getFileName()));
            }
        }
        return ExitCode.OK;
    }
}
