package glimpse.evaluation.calibration;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.BytesSelection;
import glimpse.collab.select.ComplementingSelection;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fits the weight of {@code top:COUNT+diverse:WEIGHT} or {@code bytes:COUNT+diverse:WEIGHT} for each count: those with
 * which the server is right most often, in all, among weights that go one way as the count grows. The more patches, the
 * less it matters which are left out; a single direction keeps chance from deciding between neighbours. Of uploads in
 * rounds that differ in their rounds' weights alone, one is left in the same way; each weight is judged by what it
 * selects at once.
 */
public final class DiversityWeights {
    private DiversityWeights() {}

    /** What uploads share that differ in counts and weights alone. */
    private record Family(AttentionScore score, boolean ofBytes, PayloadCodec codec) {}

    private record Member(Family family, int count, float weight) {}

    /**
     * Returns what to evaluate in order to fit the weights: the candidates, but of those in rounds that differ in
     * weights alone the rounds, each as an upload of its own, since there are far fewer.
     */
    public static List<Upload> judges(List<Upload> candidates) {
        Set<Upload> judges = new LinkedHashSet<>();
        Map<RoundsFamily, List<Upload>> families = RoundsFamily.divide(candidates);
        for (Upload upload : candidates) {
            Optional<RoundsFamily> family = RoundsFamily.of(upload);
            if (family.isPresent()
                    && families.getOrDefault(family.get(), List.of()).size() > 1) {
                judges.addAll(RoundsFamily.complementing(upload));
            } else {
                judges.add(upload);
            }
        }
        return List.copyOf(judges);
    }

    /**
     * Leaves one weight per count.
     *
     * @param outcomes of {@link #judges}
     * @return the candidates that are left: those with the weights that fit best, and all of other kinds
     */
    public static List<Upload> fit(List<Upload> candidates, Outcomes outcomes) {
        Map<Family, SortedMap<Integer, SortedMap<Float, Integer>>> right = new LinkedHashMap<>();
        for (Upload upload : candidates) {
            member(upload)
                    .ifPresent(member -> right.computeIfAbsent(member.family(), key -> new TreeMap<>())
                            .computeIfAbsent(member.count(), key -> new TreeMap<>())
                            .put(member.weight(), outcomes.serverRight(upload)));
        }
        Map<Family, NavigableMap<Integer, Float>> best = new LinkedHashMap<>();
        right.forEach((family, counts) -> best.put(family, monotone(counts)));
        Map<RoundsFamily, Upload> bestRounds = new LinkedHashMap<>();
        RoundsFamily.divide(candidates)
                .forEach(
                        (family, members) -> bestRounds.put(family, RoundsFamily.best(members, outcomes::serverRight)));
        return candidates.stream()
                .filter(upload -> member(upload)
                        .map(member -> Float.valueOf(member.weight())
                                .equals(best.getOrDefault(member.family(), new TreeMap<>())
                                        .get(member.count())))
                        .or(() -> RoundsFamily.of(upload).map(family -> upload.equals(bestRounds.get(family))))
                        .orElse(true))
                .toList();
    }

    /** Returns the weight by count of the uploads that differ from this one in them alone, itself included. */
    public static SortedMap<Integer, Float> of(Upload upload, List<Upload> uploads) {
        SortedMap<Integer, Float> weights = new TreeMap<>();
        Optional<Family> family = member(upload).map(Member::family);
        for (Upload other : uploads) {
            member(other)
                    .filter(member -> family.equals(Optional.of(member.family())))
                    .ifPresent(member -> weights.put(member.count(), member.weight()));
        }
        return weights;
    }

    private static Optional<Member> member(Upload upload) {
        if (upload instanceof Upload.Patches(SelectionPolicy(AttentionScore score, var selection), PayloadCodec codec)
                && selection instanceof ComplementingSelection(PatchSelection budget, float weight)) {
            return switch (budget) {
                case PatchSelection.Top(int count) ->
                    Optional.of(new Member(new Family(score, false, codec), count, weight));
                case BytesSelection(int bytes) ->
                    Optional.of(new Member(new Family(score, true, codec), bytes, weight));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /**
     * Returns the weights with the largest sum of right answers that never rise with the count, or never fall,
     * whichever is larger; each count's own best where the counts have too few weights in common for that.
     *
     * @param right right answers by count and weight; a count may lack a weight
     */
    static NavigableMap<Integer, Float> monotone(SortedMap<Integer, SortedMap<Float, Integer>> right) {
        SortedSet<Float> ascending = new TreeSet<>();
        right.values().forEach(weights -> ascending.addAll(weights.keySet()));
        Path falling = path(right, List.copyOf(ascending).reversed());
        Path rising = path(right, List.copyOf(ascending));
        if (falling.right() < 0 && rising.right() < 0) {
            return bestOfEach(right);
        }
        return falling.right() >= rising.right() ? falling.weights() : rising.weights();
    }

    private static NavigableMap<Integer, Float> bestOfEach(SortedMap<Integer, SortedMap<Float, Integer>> right) {
        NavigableMap<Integer, Float> best = new TreeMap<>();
        right.forEach((count, weights) -> weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(most -> best.put(count, most.getKey())));
        return best;
    }

    private record Path(long right, NavigableMap<Integer, Float> weights) {}

    /** Finds the best weights that go through a list in its order as the count grows. */
    private static Path path(SortedMap<Integer, SortedMap<Float, Integer>> right, List<Float> order) {
        List<Path> upTo = new ArrayList<>(); // [weights of the order], the best that end at this one or before
        order.forEach(weight -> upTo.add(new Path(0, new TreeMap<>())));
        for (Map.Entry<Integer, SortedMap<Float, Integer>> one : right.entrySet()) {
            Optional<Path> best = Optional.empty();
            for (int i = 0; i < order.size(); i++) {
                Integer here = one.getValue().get(order.get(i));
                if (here != null && upTo.get(i).right() >= 0) {
                    NavigableMap<Integer, Float> weights =
                            new TreeMap<>(upTo.get(i).weights());
                    weights.put(one.getKey(), order.get(i));
                    Path path = new Path(upTo.get(i).right() + here, weights);
                    best = best.filter(other -> other.right() >= path.right()).or(() -> Optional.of(path));
                }
                upTo.set(i, best.orElse(new Path(-1, new TreeMap<>()))); // -1: there is none
            }
        }
        return upTo.getLast();
    }
}
