package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.audit.Audit;
import glimpse.evaluation.calibration.Calibration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --audit}: how much of its work an edge with a calibration has the server check. */
public final class AuditOption {
    private static final String AUDIT = "--audit";
    private static final double DEFAULT = 0.02;

    @Option(
            names = AUDIT,
            paramLabel = "SHARE",
            converter = NumberOf.Share.class,
            description =
                    "With --calibration, send this share (0..1) of the confident images all the same, for the alarm"
                            + " that says when the promise no longer holds. Default: " + DEFAULT + ".")
    private @Nullable Double share;

    /** Made by the command line, which sets the option. */
    public AuditOption() {}

    /**
     * Returns which confident images are audited: none without a calibration.
     *
     * @throws UsageException if the option is given without a calibration
     */
    public Audit audit(Optional<Calibration> calibration) {
        if (calibration.isPresent()) {
            return new Audit(Objects.requireNonNullElse(share, DEFAULT));
        }
        if (share != null) {
            throw new UsageException(AUDIT + ": goes with --calibration FILE, which says what to expect");
        }
        return Audit.NONE;
    }
}
