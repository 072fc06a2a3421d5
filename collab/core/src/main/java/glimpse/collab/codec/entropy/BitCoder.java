package glimpse.collab.codec.entropy;

/**
 * Codes binary decisions. What is coded, and with which probabilities, is written once for both directions: an encoder
 * takes the bit that it is given, a decoder returns the one that it reads.
 */
public interface BitCoder {
    /** The probability of a bit that nothing is known about. */
    int EVEN = 1 << 15;

    /**
     * Codes one bit.
     *
     * @param bit 0 or 1; a decoder ignores it
     * @param probability that the bit is 1, in units of 1/65536, 1..65535
     * @return the bit
     */
    int code(int bit, int probability);

    /** Codes the lowest bits of a value, the most significant first, each as likely 0 as 1. */
    default int codeEven(int value, int bits) {
        int coded = 0;
        for (int i = bits - 1; i >= 0; i--) {
            coded = coded << 1 | code(value >> i & 1, EVEN);
        }
        return coded;
    }
}
