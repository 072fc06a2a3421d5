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
        Map<String, Integer> rounds = rounds(selections, files);
        requireSeveral(rounds);
        rounds.keySet().stream().findFirst().filter(option -> !ruled).ifPresent(option -> {
            throw new UsageException(option + ": needs " + UNTIL + ", which says when the server is sure, such as "
                    + UNTIL + " min-entropy:0.3");
        });
        if (ruled && rounds.isEmpty()) {
            throw new UsageException(UNTIL + ": ends rounds, expected --select rounds:SELECTION,SELECTION,...");
        }
    }

    /** Checks that rounds are at least two. */
    static void requireSeveral(List<PatchSelection> selections) {
        requireSeveral(rounds(selections, List.of()));
    }

    private static void requireSeveral(Map<String, Integer> rounds) {
        rounds.forEach((option, count) -> {
            if (count < 2) {
                throw new UsageException(option + ": has one round, expected at least two");
            }
        });
    }

    /** Returns the number of rounds by option and value. */
    private static Map<String, Integer> rounds(List<PatchSelection> selections, List<FileFormat> files) {
        Map<String, Integer> rounds = new LinkedHashMap<>();
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
        return rounds;
    }
}
