package glimpse.evaluation.calibration;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.ComplementingSelection;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What uploads in rounds share that differ in the weights of {@code diverse} alone.
 *
 * @param budgets what each round selects, without its weight
 */
record RoundsFamily(AttentionScore score, List<PatchSelection> budgets, PayloadCodec codec) {
    RoundsFamily {
        budgets = List.copyOf(budgets);
    }

    /** Returns an upload's family; empty unless it is in rounds of which one has a weight. */
    static Optional<RoundsFamily> of(Upload upload) {
        if (upload instanceof Upload.Patches(SelectionPolicy(AttentionScore score, var selection), PayloadCodec codec)
                && selection instanceof Rounds(List<PatchSelection> rounds)
                && rounds.stream().anyMatch(ComplementingSelection.class::isInstance)) {
            return Optional.of(new RoundsFamily(
                    score,
                    rounds.stream()
                            .map(round -> round instanceof ComplementingSelection some ? some.budget() : round)
                            .toList(),
                    codec));
        }
        return Optional.empty();
    }

    /** Returns the members of each family among uploads. */
    static Map<RoundsFamily, List<Upload>> divide(List<Upload> uploads) {
        Map<RoundsFamily, List<Upload>> families = new LinkedHashMap<>();
        uploads.forEach(upload -> of(upload)
                .ifPresent(family -> families.computeIfAbsent(family, key -> new ArrayList<>())
                        .add(upload)));
        return families;
    }

    /** Returns the rounds that have a weight, each as an upload of its own; none of an upload of another kind. */
    static List<Upload> complementing(Upload upload) {
        if (!(upload instanceof Upload.Patches(SelectionPolicy(AttentionScore score, var selection), var codec)
                && selection instanceof Rounds(List<PatchSelection> rounds))) {
            return List.of();
        }
        return rounds.stream()
                .filter(ComplementingSelection.class::isInstance)
                .map(round -> (Upload) new Upload.Patches(new SelectionPolicy(score, round), codec))
                .toList();
    }

    /**
     * Returns the member whose rounds, each by itself, let the server be right most often in all, among those whose
     * weights go one way from round to round; among all members if there is no such.
     *
     * @param members of one family, at least one
     * @param right how often the server is right with an upload; asked only if there are several members
     */
    static Upload best(List<Upload> members, ToIntFunction<Upload> right) {
        Upload best = members.getFirst();
        if (members.size() == 1) {
            return best;
        }
        int most = -1;
        boolean oneWay = members.stream().anyMatch(RoundsFamily::oneWay);
        for (Upload member : members) {
            if (oneWay(member) == oneWay) {
                int sum = complementing(member).stream().mapToInt(right).sum();
                if (sum > most) {
                    most = sum;
                    best = member;
                }
            }
        }
        return best;
    }

    private static boolean oneWay(Upload upload) {
        List<Float> weights = complementing(upload).stream()
                .map(round -> ((Upload.Patches) round).policy().selection())
                .map(selection -> ((ComplementingSelection) selection).weight())
                .toList();
        boolean rises = false;
        boolean falls = false;
        for (int i = 1; i < weights.size(); i++) {
            rises |= weights.get(i) > weights.get(i - 1);
            falls |= weights.get(i) < weights.get(i - 1);
        }
        return !(rises && falls);
    }
}
