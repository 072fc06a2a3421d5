package glimpse.collab.codec.entropy;

/**
 * The probabilities of binary decisions, which adapt to the decisions made. A decision is seen in several contexts at
 * once; each context has a probability of its own, and their log odds are weighted and added (M. Mahoney, Adaptive
 * Weighing of Context Models for Lossless Data Compression, 2005). Integers alone, so that both sides compute the same
 * everywhere. Not safe for use by several threads.
 */
public final class Model {
    /** The most contexts of a decision. */
    public static final int MAX_CONTEXTS = 4;

    /** A context whose decisions count as this many forgets older ones. */
    static final int MAX_COUNT = 160;

    private static final int ONE = 1 << 16;
    private static final int RATE_OF_WEIGHTS = 3;
    private static final int RATE_SHIFT = 20;
    private static final int MAX_WEIGHT = (1 << 20) - 1;

    private static final int[] RATES = rates(); // [MAX_COUNT + 1]
    private static final float[] BITS = bits(); // [4096], of probabilities in steps of 16

    /** Is told of every decision, to fit priors. */
    public interface Observer {
        /**
         * Takes a decision.
         *
         * @param contexts {@code [count]}, and {@code odds} their log odds before
         */
        void decided(int bit, int set, int count, int[] contexts, int[] odds, int probability);
    }

    private final int[] probabilities; // [contexts]
    private final int[] counts; // [contexts]
    private final int[] weights; // [sets][MAX_CONTEXTS]
    private final Observer observer;
    private final int[] seen = new int[MAX_CONTEXTS];
    private final int[] odds = new int[MAX_CONTEXTS];
    private int seenCount;

    /** Creates a model that knows its priors. */
    public Model(Priors priors) {
        this(priors, (bit, set, count, contexts, odds, probability) -> {});
    }

    /** Creates a model that tells of every decision. */
    public Model(Priors priors, Observer observer) {
        this.probabilities = priors.probabilities();
        this.counts = priors.counts();
        this.weights = priors.weights();
        this.observer = observer;
    }

    private static int[] rates() {
        int[] rates = new int[MAX_COUNT + 1];
        for (int count = 0; count <= MAX_COUNT; count++) {
            rates[count] = 2 * ONE / (2 * count + 3);
        }
        return rates;
    }

    private static float[] bits() {
        float[] bits = new float[1 << 12];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (float) (-StrictMath.log((i * 16 + 8) / (double) ONE) / StrictMath.log(2));
        }
        return bits;
    }

    /** Sets the context of the next decision. */
    public void see(int context) {
        seen[0] = context;
        seenCount = 1;
    }

    /** Sets the contexts of the next decision. */
    public void see(int first, int second) {
        seen[0] = first;
        seen[1] = second;
        seenCount = 2;
    }

    /** Sets the contexts of the next decision. */
    public void see(int first, int second, int third) {
        see(first, second);
        seen[2] = third;
        seenCount = 3;
    }

    /** Sets the contexts of the next decision. */
    public void see(int first, int second, int third, int fourth) {
        see(first, second, third);
        seen[3] = fourth;
        seenCount = 4;
    }

    /** Returns the probability of a 1 in the contexts that are set, 1..65535. */
    public int probability(int set) {
        int sum = 0;
        int weight = set * MAX_CONTEXTS;
        for (int i = 0; i < seenCount; i++) {
            int ofContext = Logistic.odds(probabilities[seen[i]]);
            odds[i] = ofContext;
            sum += (ofContext * weights[weight + i]) >> 4;
        }
        return Logistic.probability(sum >> 12);
    }

    /** Codes a decision in the contexts that are set, and adapts to it. */
    public int code(BitCoder coder, int bit, int set) {
        int probability = probability(set);
        int coded = coder.code(bit, probability);
        observer.decided(coded, set, seenCount, seen, odds, probability);
        update(coded, set, probability);
        return coded;
    }

    private void update(int bit, int set, int probability) {
        int error = (bit << 16) - probability;
        int target = bit * (ONE - 1);
        for (int i = 0; i < seenCount; i++) {
            int weight = set * MAX_CONTEXTS + i;
            int changed = weights[weight] + ((RATE_OF_WEIGHTS * odds[i] * error) >> RATE_SHIFT);
            weights[weight] = Math.clamp(changed, -MAX_WEIGHT, MAX_WEIGHT);
            int context = seen[i];
            int count = counts[context];
            probabilities[context] += (int) (((long) (target - probabilities[context]) * RATES[count]) >> 16);
            counts[context] = Math.min(count + 1, MAX_COUNT);
        }
    }

    /** Returns the bits that a decision would take in the contexts that are set. */
    public float bits(int bit, int set) {
        return bitsOf(bit, probability(set));
    }

    /** Returns the bits of a decision with this probability of a 1. */
    public static float bitsOf(int bit, int probability) {
        return BITS[(bit != 0 ? probability : ONE - probability) >> 4];
    }
}
