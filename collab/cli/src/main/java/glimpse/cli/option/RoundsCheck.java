package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.evaluation.plan.FileFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that {@code --select} or {@code --file} and {@code --until} fit each other. */
final class RoundsCheck {
    static final String UNTIL = "--until";

    private RoundsCheck() {}

    /**
     * Checks that rounds are at least two and have a rule, and that a rule has rounds.
     *
     * @param ruled whether {@code --until} is given
     */
    static void require(List<PatchSelection> selections, List<FileFormat> files, boolean ruled) {
        Map<String, Integer> rounds = new LinkedHashMap<>(); // by option and value
        for (PatchSelection selection : selections) {
            if (selection instanceof Rounds some) {
                rounds.put("--select " + some.spec(), some.selections().size());
            }
        }
        for (FileFormat file : files) {
            if (file instanceof FileFormat.Scans some) {
                rounds.put("--file " + some.spec(), some.scans());
            }
        }
        rounds.forEach((option, count) -> {
            if (count < 2) {
                throw new UsageException(option + ": has one round, expected at least two");
            }
            if (!ruled) {
                throw new UsageException(option + ": needs " + UNTIL + ", which says when the server is sure, such as "
                        + UNTIL + " min-entropy:0.3");
            }
        });
        if (ruled && rounds.isEmpty()) {
            throw new UsageException(UNTIL + ": ends rounds, expected --select rounds:SELECTION,SELECTION,...");
        }
    }
}
