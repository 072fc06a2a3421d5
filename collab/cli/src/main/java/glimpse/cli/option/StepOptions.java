package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.audit.Audit;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The one operating point of an edge: score, selection, gate, rounds' end and codec. */
public final class StepOptions {
    private static final String GATE = "--gate";
    private static final String CODEC = "--codec";

    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Option(
            names = GATE,
            paramLabel = "GATE",
            defaultValue = "min-entropy:0.8",
            converter = SpecOf.Gate.class,
            description =
                    "Decide whether to offload by this gate:%n" + OffloadGate.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private OffloadGate gate;

    @Option(
            names = RoundsCheck.UNTIL,
            paramLabel = "RULE",
            converter = SpecOf.Rule.class,
            description = "End the rounds of --select rounds:... once the server's answer is as sure as this:%n"
                    + StopRule.SYNTAX + ".")
    private @Nullable StopRule rule;

    @Option(
            names = CODEC,
            paramLabel = "CODEC",
            defaultValue = "raw",
            converter = SpecOf.Codec.class,
            description = "Encode pixels as: " + PayloadCodec.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private PayloadCodec codec;

    /** Made by the command line, which sets the options. */
    public StepOptions() {}

    /** Returns what an edge does with each image. */
    public EdgeStep step() {
        RoundsCheck.require(List.of(policy.policy().selection()), List.of(), rule != null);
        return new EdgeStep(gate, policy.policy(), codec, Optional.ofNullable(rule), Audit.NONE);
    }

    /**
     * Returns what an edge does with each image: what a calibration says, if there is one.
     *
     * @param given the options that were given
     * @throws UsageException if options say something else, which the calibration's promise isn't about, or its upload
     *     isn't one of patches
     */
    public EdgeStep step(Optional<Calibration> calibration, Audit audit, ParseResult given) {
        if (calibration.isEmpty()) {
            return step();
        }
        for (String option : List.of("--score", "--select", GATE, RoundsCheck.UNTIL, CODEC)) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException(option
                        + ": doesn't go with --calibration, which says what is sent, and promises for that alone");
            }
        }
        OperatingPoint point = calibration.get().point();
        if (!(point.upload() instanceof Upload.Patches(SelectionPolicy calibrated, PayloadCodec itsCodec))) {
            throw new UsageException(
                    "--calibration: the upload is " + point.upload().spec() + ", expected patches");
        }
        return new EdgeStep(point.gate(), calibrated, itsCodec, point.until(), audit);
    }
}
