package glimpse.collab.codec.mosaic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a model knows before its first decision, fitted to photographs. It is part of the format: the numbers in
 * {@code priors.txt} beside this class. Not to be changed.
 */
final class Priors {
    /** As how many decisions a prior counts, by its letter from a on. */
    private static final List<Integer> COUNTS = List.of(0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 48, 64, 96, 128, 159);

    /** Those of the format. */
    static final Priors STANDARD = read();

    private static final int ODDS_STEP = 8;
    private static final int WEIGHT_STEP = 256;

    final int[] probabilities; // [contexts]
    final int[] counts; // [contexts]
    final int[] weights; // [sets][Model.MAX_CONTEXTS]

    Priors(int[] probabilities, int[] counts, int[] weights) {
        this.probabilities = probabilities;
        this.counts = counts;
        this.weights = weights;
    }

    private static Priors read() {
        try (InputStream in = Objects.requireNonNull(Priors.class.getResourceAsStream("priors.txt"), "priors.txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the words of each context, then those of each set. */
    static Priors parse(String text) {
        Iterator<String> words =
                text.lines().flatMap(line -> Stream.of(line.split(" ", -1))).iterator();
        int[] probabilities = new int[Contexts.COUNT];
        int[] counts = new int[Contexts.COUNT];
        for (int i = 0; i < probabilities.length; i++) {
            String word = words.next();
            int end = word.length() - 1;
            probabilities[i] = Logistic.probability(ODDS_STEP * Integer.parseInt(word.substring(0, end)));
            counts[i] = COUNTS.get(word.charAt(end) - 'a');
        }
        int[] weights = new int[Contexts.SETS * Model.MAX_CONTEXTS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = WEIGHT_STEP * Integer.parseInt(words.next());
        }
        return new Priors(probabilities, counts, weights);
    }
}
