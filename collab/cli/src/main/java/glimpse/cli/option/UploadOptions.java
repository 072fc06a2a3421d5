package glimpse.cli.option;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The uploads of patches to evaluate or to choose from: scores, selections and codecs, each of them several. */
public final class UploadOptions {
    static final String SCORE = "--score";
    static final String SELECT = "--select";

    /** What divides the values of {@code --select}; other commas after {@code rounds:} are between its selections. */
    private static final String SELECTIONS = "(?<!rounds:.{0,999}),|,(?=(?:random-matched:)?rounds:)";

    @Option(
            names = SCORE,
            split = ",",
            paramLabel = "SCORE[,...]",
            hideParamSyntax = true,
            defaultValue = "mean",
            converter = Grid.OfScores.class,
            description = "Score patches by: " + AttentionScore.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Grid<AttentionScore>> scores;

    @Option(
            names = SELECT,
            split = SELECTIONS,
            paramLabel = "SELECTION[,...]",
            hideParamSyntax = true,
            defaultValue = "sum:0.97",
            converter = Grid.OfSelections.class,
            description = "Select the patches to upload:%n" + PatchSelection.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Grid<PatchSelection>> selections;

    @Option(
            names = "--codec",
            split = ",",
            paramLabel = "CODEC[,...]",
            hideParamSyntax = true,
            defaultValue = "raw",
            converter = Grid.OfCodecs.class,
            description = "Encode pixels as: " + PayloadCodec.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Grid<PayloadCodec>> codecs;

    /** Made by the command line, which sets the options. */
    public UploadOptions() {}

    /**
     * Returns the plan of every score with every selection and codec.
     *
     * @throws glimpse.cli.error.UsageException if a selection has one round alone
     */
    public EvaluationPlan plan() {
        RoundsCheck.requireSeveral(selections());
        return plan(List.of(), false);
    }

    /** Returns the plan of every score with every selection and codec, and of whole images in these formats. */
    EvaluationPlan plan(List<FileFormat> files, boolean serverBaseline) {
        List<SelectionPolicy> policies = new ArrayList<>();
        for (AttentionScore score : Grid.distinct(scores)) {
            for (PatchSelection selection : selections()) {
                policies.add(new SelectionPolicy(score, selection));
            }
        }
        return EvaluationPlan.of(policies, Grid.distinct(codecs), files, serverBaseline);
    }

    /** Returns the selections, each once. */
    List<PatchSelection> selections() {
        return Grid.distinct(selections);
    }
}
