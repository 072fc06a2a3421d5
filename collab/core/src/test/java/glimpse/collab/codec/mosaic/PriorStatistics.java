package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.BitCoder;
import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.Priors;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the decisions of many codes and fits priors to them: for each context the beta distribution that makes what
 * was decided in it most probable, and for each set the weights that gradient descent ends with.
 */
final class PriorStatistics implements Model.Observer {
    private static final int[] COUNTS = {0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 48, 64, 96, 128, 159};
    private static final int MAX_CODES = 400;
    private static final double RATE = 0.5;

    private final List<List<int[]>> decisions = new ArrayList<>(); // [contexts][codes]{zeros, ones}
    private final int[][] ofCode = new int[Contexts.COUNT][2];
    private final List<Integer> seenInCode = new ArrayList<>();
    private final double[] weights = new double[Contexts.SETS * Model.MAX_CONTEXTS];
    private final double[] squares = new double[weights.length];

    PriorStatistics(Priors priors) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = priors.weights()[i] / 65536.0;
        }
        for (int i = 0; i < Contexts.COUNT; i++) {
            decisions.add(new ArrayList<>());
        }
    }

    @Override
    public void decided(int bit, int set, int count, int[] contexts, int[] odds, int probability) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (ofCode[contexts[i]][0] + ofCode[contexts[i]][1] == 0) {
                seenInCode.add(contexts[i]);
            }
            ofCode[contexts[i]][bit]++;
            sum += weights[set * Model.MAX_CONTEXTS + i] * odds[i] / 256;
        }
        double error = bit - 1 / (1 + Math.exp(-sum));
        for (int i = 0; i < count; i++) {
            int at = set * Model.MAX_CONTEXTS + i;
            double gradient = error * odds[i] / 256;
            squares[at] += gradient * gradient;
            weights[at] += RATE * gradient / Math.sqrt(squares[at] + 1000);
        }
    }

    /** Ends a code, after which a model begins anew. */
    void finishCode() {
        for (int context : seenInCode) {
            decisions.get(context).add(ofCode[context]);
            ofCode[context] = new int[2];
        }
        seenInCode.clear();
    }

    /** Returns the priors that fit best. */
    Priors fitted() {
        int[] probabilities = new int[Contexts.COUNT];
        int[] counts = new int[Contexts.COUNT];
        for (int i = 0; i < probabilities.length; i++) {
            fit(i, probabilities, counts);
        }
        int[] rounded = new int[weights.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (int) Math.round(weights[i] * 65536);
        }
        return new Priors(probabilities, counts, rounded);
    }

    private void fit(int context, int[] probabilities, int[] counts) {
        List<int[]> codes = decisions.get(context);
        probabilities[context] = BitCoder.EVEN;
        if (codes.isEmpty()) {
            return;
        }
        double zeros = codes.stream().mapToLong(code -> code[0]).sum() + 0.4;
        double ones = codes.stream().mapToLong(code -> code[1]).sum() + 0.4;
        double best = Double.NEGATIVE_INFINITY;
        for (int count : COUNTS) {
            for (int shift = -2; shift <= 2; shift++) {
                double probability = 1 / (1 + Math.exp(-Math.log(ones / zeros) - 0.15 * shift));
                double likelihood = likelihood(codes, (count + 0.5) * probability, (count + 0.5) * (1 - probability));
                if (likelihood > best) {
                    best = likelihood;
                    probabilities[context] = Math.clamp(Math.round(probability * 65536), 24, 65512);
                    counts[context] = count;
                }
            }
        }
    }

    /** Returns the logarithm of the probability of what was decided, under a beta distribution. */
    private static double likelihood(List<int[]> codes, double ones, double zeros) {
        double sum = 0;
        double before = logGamma(ones) + logGamma(zeros) - logGamma(ones + zeros);
        for (int i = 0; i < codes.size(); i += Math.max(1, codes.size() / MAX_CODES)) {
            int[] code = codes.get(i);
            sum += logGamma(ones + code[1])
                    + logGamma(zeros + code[0])
                    - logGamma(ones + zeros + code[0] + code[1])
                    - before;
        }
        return sum;
    }

    /** Stirling's series. */
    private static double logGamma(double x) {
        double shift = 0;
        double large = x;
        for (; large < 7; large++) {
            shift -= Math.log(large);
        }
        double inverse = 1 / (large * large);
        return shift
                + (large - 0.5) * Math.log(large)
                - large
                + 0.5 * Math.log(2 * Math.PI)
                + (1.0 / 12 - inverse * (1.0 / 360 - inverse / 1260)) / large;
    }

    /** Returns the text of priors as the format's file has it. */
    static String text(Priors priors) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Contexts.COUNT; i++) {
            double probability = priors.probabilities()[i] / 65536.0;
            int letter = 0;
            while (COUNTS[letter] < priors.counts()[i]) {
                letter++;
            }
            text.append(Math.round(256 / 8 * Math.log(probability / (1 - probability))))
                    .append((char) ('a' + letter))
                    .append(i % 16 == 15 || i == Contexts.COUNT - 1 ? '\n' : ' ');
        }
        for (int i = 0; i < priors.weights().length; i++) {
            text.append(Math.round(priors.weights()[i] / 256f))
                    .append(i % Model.MAX_CONTEXTS == Model.MAX_CONTEXTS - 1 ? '\n' : ' ');
        }
        return text.toString();
    }
}
