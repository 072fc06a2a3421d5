package glimpse.collab.select;

import java.nio.charset.StandardCharsets;

/**
 * A generator that a seed and a name determine: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014), whose state begins as the 64-bit FNV-1a hash of the seed's eight bytes, most significant
 * first, and the name's UTF-8 bytes. Not safe for use by several threads.
 */
public final class NamedRandom {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Makes a generator. */
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

    /** The next 64 bits. */
    long next() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** A number from 0 to below 1, in steps of 2^-53, each as likely. */
    public double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** A whole number from 0 to {@code bound - 1}, each as likely: the high half of 32 bits times the bound, redrawn
     * where that would favour some (Lemire, arXiv 1805.10941). */
    private int below(int bound) {
        long product = (next() >>> 32) * bound;
        long unfair = (1L << 32) % bound;
        while ((product & 0xffffffffL) < unfair) {
            product = (next() >>> 32) * bound;
        }
        return (int) (product >>> 32);
    }

    /** {@code count} different numbers of 0 to {@code of - 1}, in the order drawn: the first steps of a Fisher-Yates shuffle. */
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
