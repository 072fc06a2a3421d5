package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.evaluation.plan.EvaluationPlan;
import java.util.List;
import picocli.CommandLine.Option;

/** The uploads among which a calibration chooses. */
public final class CandidateOptions {
    @Option(
            names = "--score",
            split = ",",
            paramLabel = "SCORE[,...]",
            hideParamSyntax = true,
            defaultValue = "mean",
            converter = Grid.OfScores.class,
            description = "Score patches by: " + AttentionScore.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Grid<AttentionScore>> scores;

    @Option(
            names = "--select",
            split = MethodOptions.SELECTIONS,
            paramLabel = "SELECTION[,...]",
            hideParamSyntax = true,
            defaultValue = "sum:0.97",
            converter = Grid.OfSelections.class,
            description = "Select the patches to upload:%n" + PatchSelection.SYNTAX
                    + ".%nOf those that differ in diverse's WEIGHT alone, the best is chosen; of others, the best within"
                    + " --budget. Rounds get the rule that suits them (--until).%nDefault: ${DEFAULT-VALUE}.")
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
    public CandidateOptions() {}

    /**
     * Returns the plan of every score with every selection and codec.
     *
     * @throws UsageException if a selection has one round alone
     */
    public EvaluationPlan plan() {
        RoundsCheck.requireSeveral(Grid.distinct(selections));
        return EvaluationPlan.of(MethodOptions.policies(scores, selections), Grid.distinct(codecs), List.of(), false);
    }
}
