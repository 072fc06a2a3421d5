package glimpse.cli.option;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import picocli.CommandLine.Option;

/** The one selection policy of a command: a score and which scores are selected. */
public final class PolicyOptions {
    @Option(
            names = "--score",
            paramLabel = "SCORE",
            defaultValue = "mean",
            converter = SpecOf.Score.class,
            description = "Score patches by: " + AttentionScore.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private AttentionScore score;

    @Option(
            names = "--select",
            paramLabel = "SELECTION",
            defaultValue = "sum:0.97",
            converter = SpecOf.Selection.class,
            description = "Select the patches to upload:%n" + PatchSelection.SYNTAX + ".%nDefault: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private PatchSelection selection;

    /** Made by the command line, which sets the options. */
    public PolicyOptions() {}

    /** Returns the policy. */
    public SelectionPolicy policy() {
        return new SelectionPolicy(score, selection);
    }
}
