package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.HttpChannel;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.calibration.GateCounts;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.plan.OperatingPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCalibrationTest {
    private static final Pattern READY = Pattern.compile("ready at (http://127.0.0.1:\\d+) with ");
    private static final double TEMPERATURE = 2.5;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private Path tiny;

    @BeforeEach
    void write() throws IOException {
        tiny = TinyModel.write(folder.resolve("tiny.safetensors"), TinyModel.RGB, 1, List.of());
    }

    @Test
    void theServersPredictionsHaveTheTemperatureThatWasCalibrated() throws Exception {
        Path calibration = calibration(Sha256.ofFile(tiny));
        FutureTask<Integer> command = new FutureTask<>(
                () -> run("--port", "0", "--threads", "1", "--calibration", calibration.toString(), tiny.toString()));
        Thread thread = Thread.ofPlatform().start(command);
        Matcher ready = READY.matcher(err.toString());
        while (!ready.find() && !command.isDone()) {
            LockSupport.parkNanos(1_000_000);
            ready = READY.matcher(err.toString());
        }
        try (Workers workers = Workers.of(1);
                HttpChannel channel =
                        HttpChannel.to(URI.create(ready.group(1)), "tiny").build()) {
            Classifier model = Classifier.load(tiny, workers);
            byte[] request = PatchRequest.of(
                            1,
                            model.transformer().config().grid(),
                            model.patches(TestImages.random(1, 20, 20)),
                            PayloadCodec.raw())
                    .encode();
            assertThat(channel.exchange(request))
                    .isEqualTo(new ServerNode(model.at(TEMPERATURE))
                            .handle(List.of(request))
                            .getFirst())
                    .isNotEqualTo(new ServerNode(model).handle(List.of(request)).getFirst());
        }
        thread.interrupt();
        assertThat(command.get()).isZero();
    }

    @Test
    void aCalibrationOfAnotherModelIsRefused() throws IOException {
        Path calibration = calibration("cd".repeat(32));
        assertThat(run("--port", "0", "--calibration", calibration.toString(), tiny.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--calibration " + calibration + ": was made with another server's model (SHA-256 cdcdcd");
    }

    private Path calibration(String serverSha256) throws IOException {
        Path file = folder.resolve("pair.json");
        CalibrationFile.write(
                file,
                new Calibration(
                        new Calibration.CalibratedPair("ab".repeat(32), serverSha256, 1, TEMPERATURE),
                        OperatingPoint.parse("mean/all/raw/always"),
                        new Promise(0.1, OptionalDouble.empty()),
                        "images",
                        1,
                        new GateCounts(9, 0, 0, 0),
                        new TreeMap<>()));
        return file;
    }

    private int run(String... arguments) {
        return new CommandLine(new ServeCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    err.write(String.valueOf(e.getMessage()));
                    return 2;
                })
                .execute(arguments);
    }
}
