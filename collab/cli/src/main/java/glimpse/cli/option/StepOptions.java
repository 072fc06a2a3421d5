package glimpse.cli.option;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeStep;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The one operating point of an edge: score, selection, gate and codec. */
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
        return new EdgeStep(gate, policy.policy(), codec);
    }
}
