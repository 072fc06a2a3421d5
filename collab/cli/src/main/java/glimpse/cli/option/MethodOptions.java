package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.engine.VitConfig;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The operating points to evaluate: uploads, gates, rules that end rounds, links and erasures, each of them several.
 *
 * <p>The defaults of {@code --select} and {@code --gate} are those of the command, which names a provider that calls
 * {@link #defaultOf}.
 */
public final class MethodOptions {
    private static final String GATE = "--gate";

    /** Ways to the server on which packets are lost. */
    public static final String ERASURE = "--erasure";

    @Mixin
    private UploadOptions uploads = new UploadOptions();

    @Option(
            names = GATE,
            split = ",(?=\\p{Alpha})", // a comma before a number continues the gate: min-entropy:0.8,1.0
            paramLabel = "GATE[,...]",
            hideParamSyntax = true,
            converter = Grid.OfGates.class,
            description =
                    "Decide whether to offload by this gate:%n" + OffloadGate.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Grid<OffloadGate>> gates;

    @Option(
            names = RoundsCheck.UNTIL,
            split = ",(?=\\p{Alpha})",
            paramLabel = "RULE[,...]",
            hideParamSyntax = true,
            converter = Grid.OfStopRules.class,
            description = "End the rounds of --select rounds:... once the server's answer is as sure as this:%n"
                    + StopRule.SYNTAX + ".")
    private List<Grid<StopRule>> rules = List.of();

    @Option(
            names = "--link",
            split = ",",
            paramLabel = "LINK[,...]",
            hideParamSyntax = true,
            converter = Grid.OfLinks.class,
            description = "Also estimate latency and radio time on these links:%n" + Links.SYNTAX + ".")
    private List<Grid<Link>> links = List.of();

    @Option(
            names = ERASURE,
            split = ",",
            paramLabel = "ERASURE[,...]",
            hideParamSyntax = true,
            converter = Grid.OfErasures.class,
            description =
                    "Also send each upload that isn't in rounds in packets that may be lost and aren't sent again:%n"
                            + Erasure.SYNTAX + ".%nWith --link: the times of that, and of sending again what is lost.")
    private List<Grid<Erasure>> erasures = List.of();

    /** Made by the command line, which sets the options. */
    public MethodOptions() {}

    /** Returns an argument's default where it differs between commands, null for every other argument. */
    public static @Nullable String defaultOf(ArgSpec argument, String selections, String gates) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return switch (option.longestName()) {
            case UploadOptions.SELECT -> selections;
            case GATE -> gates;
            default -> null;
        };
    }

    /** Returns the plan of every score with every selection and codec, and of whole images in these formats. */
    public EvaluationPlan plan(List<FileFormat> files, boolean serverBaseline) {
        RoundsCheck.require(uploads.selections(), files, !rules.isEmpty());
        return uploads.plan(files, serverBaseline).with(erasures());
    }

    /** Returns the ways on which packets are lost, each once. */
    public List<Erasure> erasures() {
        return Grid.distinct(erasures);
    }

    /** Returns the gates, each once. */
    public List<OffloadGate> gates() {
        return Grid.distinct(gates);
    }

    /** Returns the rules that end rounds, each once. */
    public List<StopRule> rules() {
        return Grid.distinct(rules);
    }

    /** Returns the links, each once, as they are and with each erasure. */
    public List<Link> links() {
        List<Link> all = new ArrayList<>();
        for (Link link : Grid.distinct(links)) {
            all.add(link);
            erasures().forEach(erasure -> all.add(link.with(erasure)));
        }
        return all;
    }

    /** Checks that the edge's model has every layer that a score of the plan needs. */
    public static void requireLayers(EvaluationPlan plan, VitConfig config) {
        requireLayers(plan, config, UploadOptions.SCORE);
    }

    /**
     * Checks that the edge's model has every layer that a score of the plan needs.
     *
     * @param option which the error names
     */
    public static void requireLayers(EvaluationPlan plan, VitConfig config, String option) {
        for (Upload upload : plan.uploads()) {
            if (upload instanceof Upload.Patches patches) {
                try {
                    patches.policy().score().capture(config);
                } catch (IllegalArgumentException e) {
                    throw new UsageException(option + ": " + e.getMessage());
                }
            }
        }
    }
}
