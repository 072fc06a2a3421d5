package glimpse.collab.codec.entropy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What a model knows before its first decision. Immutable, safe for use by several threads. */
public final class Priors {
    /** As how many decisions a prior counts, by its letter from a on. */
    private static final List<Integer> COUNTS = List.of(0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 48, 64, 96, 128, 159);

    private static final int ODDS_STEP = 8;
    private static final int WEIGHT_STEP = 256;

    private final int[] probabilities; // [contexts]
    private final int[] counts; // [contexts]
    private final int[] weights; // [sets][Model.MAX_CONTEXTS]

    /**
     * Holds priors.
     *
     * @param probabilities {@code [contexts]} of a 1, in units of 1/65536
     * @param counts {@code [contexts]}: as how many decisions they count
     * @param weights {@code [sets][Model.MAX_CONTEXTS]} in units of 1/65536
     */
    public Priors(int[] probabilities, int[] counts, int[] weights) {
        this.probabilities = probabilities.clone();
        this.counts = counts.clone();
        this.weights = weights.clone();
    }

    /**
     * Reads priors from text: a word for each context, which is a number of steps of log odds and the letter of a
     * count, then the weights of each set.
     */
    public static Priors parse(String text, int contexts, int sets) {
        Iterator<String> words =
                text.lines().flatMap(line -> Stream.of(line.split(" ", -1))).iterator();
        int[] probabilities = new int[contexts];
        int[] counts = new int[contexts];
        for (int i = 0; i < contexts; i++) {
            String word = words.next();
            int end = word.length() - 1;
            probabilities[i] = Logistic.probability(ODDS_STEP * Integer.parseInt(word.substring(0, end)));
            counts[i] = COUNTS.get(word.charAt(end) - 'a');
        }
        int[] weights = new int[sets * Model.MAX_CONTEXTS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = WEIGHT_STEP * Integer.parseInt(words.next());
        }
        return new Priors(probabilities, counts, weights);
    }

    /** Returns a copy of the probabilities, {@code [contexts]}. */
    public int[] probabilities() {
        return probabilities.clone();
    }

    /** Returns a copy of the counts, {@code [contexts]}. */
    public int[] counts() {
        return counts.clone();
    }

    /** Returns a copy of the weights, {@code [sets][Model.MAX_CONTEXTS]}. */
    public int[] weights() {
        return weights.clone();
    }
}
