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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fits the weight of {@code top:COUNT+diverse:WEIGHT} or {@code bytes:COUNT+diverse:WEIGHT} for each count: those with
 * which the server is right most often, in all, among weights that go one way as the count grows. The more patches, the
 * less it matters which are left out; a single direction keeps chance from deciding between neighbours.
 */
public final class DiversityWeights {
    private DiversityWeights() {}

    /** What uploads share that differ in counts and weights alone. */
    private record Family(AttentionScore score, boolean ofBytes, PayloadCodec codec) {}

    private record Member(Family family, int count, float weight) {}

    /**
     * Leaves one weight per count.
     *
     * @param outcomes of each upload, on the same images
     * @return the uploads that are left: those with the weights that fit best, and all of other kinds
     */
    public static List<Upload> fit(Map<Upload, List<GatedImage>> outcomes) {
        Map<Family, SortedMap<Integer, SortedMap<Float, Integer>>> right = new LinkedHashMap<>();
        outcomes.forEach((upload, images) -> member(upload)
                .ifPresent(member -> right.computeIfAbsent(member.family(), key -> new TreeMap<>())
                        .computeIfAbsent(member.count(), key -> new TreeMap<>())
                        .put(member.weight(), (int)
                                images.stream().filter(GatedImage::serverRight).count())));
        Map<Family, NavigableMap<Integer, Float>> best = new LinkedHashMap<>();
        right.forEach((family, counts) -> best.put(family, monotone(counts)));
        return outcomes.keySet().stream()
                .filter(upload -> member(upload)
                        .map(member -> Float.valueOf(member.weight())
                                .equals(best.getOrDefault(member.family(), new TreeMap<>())
                                        .get(member.count())))
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
