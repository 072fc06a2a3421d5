package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --calibration}: what was fitted for a pair of models. */
public final class CalibrationOptions {
    private static final String CALIBRATION = "--calibration";

    @Option(
            names = CALIBRATION,
            paramLabel = "FILE",
            description =
                    "Use what glimpse calibrate fitted for this pair of models: temperatures, and where it applies"
                            + " the upload, the gate and the rule that ends rounds.")
    private @Nullable Path file;

    /** Made by the command line, which sets the options. */
    public CalibrationOptions() {}

    /**
     * Reads the calibration, if there is one.
     *
     * @throws UsageException if its content is invalid
     */
    public Optional<Calibration> read() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(CalibrationFile.read(InputFiles.require(CALIBRATION, file)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(CALIBRATION + " " + e.getMessage());
        }
    }

    /** Returns the file, which nothing may overwrite, if it is given. */
    public List<Path> files() {
        return file == null ? List.of() : List.of(file);
    }

    /**
     * Returns a pair at the temperatures of the calibration.
     *
     * @throws UsageException if it was made for other models
     */
    public Pair apply(Optional<Calibration> calibration, Pair pair) {
        if (calibration.isEmpty()) {
            return pair;
        }
        Calibration.CalibratedPair calibrated = calibration.get().pair();
        try {
            calibrated.requireEdge(Objects.requireNonNull(pair.hashes().get("edge_sha256")));
            calibrated.requireServer(Objects.requireNonNull(pair.hashes().get("server_sha256")));
        } catch (IllegalArgumentException e) {
            throw other(e);
        }
        return pair.at(calibrated.edgeTemperature(), calibrated.serverTemperature());
    }

    /** Returns the error that a calibration was made for other models. */
    public UsageException other(IllegalArgumentException e) {
        return new UsageException(CALIBRATION + " " + file + ": " + e.getMessage());
    }
}
