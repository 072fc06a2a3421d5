package glimpse.cli.front;

import glimpse.cli.error.UsageException;
import glimpse.cli.option.NumberOf;
import glimpse.evaluation.front.Questions;
import java.util.List;
import picocli.CommandLine.Option;

/** The budgets and accuracies that operating points are chosen for. */
public final class FrontOptions {
    private static final String COSTS = "--costs";
    private static final String BYTES = "--bytes";
    private static final String REACH = "--reach";
    private static final List<Double> DEFAULT_COSTS = List.of(0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4);
    private static final List<Integer> DEFAULT_BYTES = List.of(400, 700, 1000, 1500, 2000, 3000, 5000);
    private static final List<Double> DEFAULT_ACCURACIES = List.of(0.9, 0.92, 0.93);

    @Option(
            names = COSTS,
            split = ",",
            paramLabel = "SHARE[,...]",
            hideParamSyntax = true,
            converter = NumberOf.Share.class,
            description =
                    "With --choose-on: budgets of the paper's cost, the share of all patches that is sent. Default:"
                            + " 0.02,0.05,0.1,0.15,0.2,0.3,0.4.")
    private List<Double> costs = List.of();

    @Option(
            names = BYTES,
            split = ",",
            paramLabel = "COUNT[,...]",
            hideParamSyntax = true,
            converter = NumberOf.AtLeastOne.class,
            description = "With --choose-on: budgets of bytes per image, on average. Default:"
                    + " 400,700,1000,1500,2000,3000,5000.")
    private List<Integer> bytes = List.of();

    @Option(
            names = REACH,
            split = ",",
            paramLabel = "SHARE[,...]",
            hideParamSyntax = true,
            converter = NumberOf.OpenShare.class,
            description =
                    "With --choose-on: top-1 accuracies of which to find the least communication that reaches them."
                            + " Default: 0.9,0.92,0.93.")
    private List<Double> accuracies = List.of();

    /** Made by the command line, which sets the options. */
    public FrontOptions() {}

    /** Checks that nothing is asked of images that there aren't. */
    public void check(boolean given) {
        if (!given && !(costs.isEmpty() && bytes.isEmpty() && accuracies.isEmpty())) {
            String option = !costs.isEmpty() ? COSTS : !bytes.isEmpty() ? BYTES : REACH;
            throw new UsageException(option + ": goes with " + ChooseOnOptions.CHOOSE_ON + " PATH");
        }
    }

    /** Returns the questions. */
    Questions questions() {
        return new Questions(
                costs.isEmpty()
                        ? DEFAULT_COSTS
                        : costs.stream().distinct().sorted().toList(),
                bytes.isEmpty()
                        ? DEFAULT_BYTES
                        : bytes.stream().distinct().sorted().toList(),
                accuracies.isEmpty()
                        ? DEFAULT_ACCURACIES
                        : accuracies.stream().distinct().sorted().toList());
    }
}
