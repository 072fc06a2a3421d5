package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import java.util.List;

/** Checks that {@code --select} and {@code --until} fit each other. */
final class RoundsCheck {
    static final String UNTIL = "--until";

    private RoundsCheck() {}

    /**
     * Checks that rounds are at least two and have a rule, and that a rule has rounds.
     *
     * @param ruled whether {@code --until} is given
     */
    static void require(List<PatchSelection> selections, boolean ruled) {
        boolean rounds = false;
        for (PatchSelection selection : selections) {
            if (selection instanceof Rounds some) {
                rounds = true;
                if (some.selections().size() < 2) {
                    throw new UsageException("--select " + some.spec()
                            + ": has one round, expected at least two, such as " + some.spec() + ",all");
                }
                if (!ruled) {
                    throw new UsageException("--select " + some.spec() + ": needs " + UNTIL
                            + ", which says when the server is sure, such as " + UNTIL + " min-entropy:0.3");
                }
            }
        }
        if (ruled && !rounds) {
            throw new UsageException(UNTIL + ": ends rounds, expected --select rounds:SELECTION,SELECTION,...");
        }
    }
}
