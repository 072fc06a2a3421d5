package glimpse.collab.select;

import java.nio.charset.StandardCharsets;

/**
 * A random number generator determined by a seed and a name: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014). Its initial state is the 64-bit FNV-1a hash of the seed's eight bytes,
 * most significant first, and the name's UTF-8 bytes. Not safe for use by several threads.
 */
public final class NamedRandom {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Creates a generator. */
    public NamedRandom(long seed, String name) {
        long hash = FNV_OFFSET;
        for (int shift = 56; shift >= 0; shift -= 8) {
            hash = (hash ^ (seed >>> shift & 0xff)) * FNV_PRIME;
        }
        for (byte value : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (value & 0xff)) * FNV_PRIME;
        }
        state = hash;
    }

    /** Returns the next 64 bits. */
    long next() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Returns a uniform multiple of 2<sup>-53</sup> from 0 (inclusive) to 1 (exclusive). */
    public double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }

    /**
     * Returns a uniform integer from 0 to {@code bound - 1}: the high half of 32 random bits times the bound, redrawn
     * where that would be biased (Lemire, arXiv 1805.10941).
     */
    private int below(int bound) {
        long product = (next() >>> 32) * bound;
        long biased = (1L << 32) % bound;
        while ((product & 0xffffffffL) < biased) {
            product = (next() >>> 32) * bound;
        }
        return (int) (product >>> 32);
    }

    /**
     * Draws {@code count} different integers from 0 to {@code of - 1} by the first steps of a Fisher-Yates shuffle.
     *
     * @return {@code [of]}: the drawn ones first, in the order drawn
     */
    int[] choose(int count, int of) {
        int[] numbers = new int[of];
        for (int i = 0; i < of; i++) {
            numbers[i] = i;
        }
        for (int i = 0; i < count; i++) {
            int j = i + below(of - i);
            int drawn = numbers[j];
            numbers[j] = numbers[i];
            numbers[i] = drawn;
        }
        return numbers;
    }
}
