package glimpse.cli.option;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.EdgeStep;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The one operating point of an edge: score, selection, gate, rounds' end and codec. */
public final class StepOptions {
    @Mixin
    private PolicyOptions policy = new PolicyOptions();

    @Option(
            names = "--gate",
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
            names = "--codec",
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
        return new EdgeStep(gate, policy.policy(), codec, Optional.ofNullable(rule));
    }
}
