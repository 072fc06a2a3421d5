package glimpse.collab.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeCodeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 17, 1000, 20_000})
    void decisionsOfAnyProbabilityComeBack(int decisions) {
        for (int seed = 0; seed < 20; seed++) {
            int[] probabilities = probabilities(new Random(seed), decisions);
            int[] bits = bits(new Random(seed), probabilities);
            byte[] code = encode(bits, probabilities);
            RangeDecoder decoder = new RangeDecoder(code);
            for (int i = 0; i < decisions; i++) {
                assertThat(decoder.code(0, probabilities[i])).isEqualTo(bits[i]);
            }
            assertThat(decoder.isBrokenOff()).isFalse();
            assertThat(decoder.end()).isBetween(code.length, code.length + 4);
        }
    }

    /** Bits that are all the unlikely one push the interval to its upper end, where carries run through many bytes. */
    @Test
    void carriesRunThroughBytesOfOnes() {
        for (int unlikely = 0; unlikely < 300; unlikely++) {
            int[] probabilities = new int[400];
            Arrays.fill(probabilities, 1);
            int[] bits = new int[400];
            bits[unlikely] = 1;
            byte[] code = encode(bits, probabilities);
            RangeDecoder decoder = new RangeDecoder(code);
            for (int bit : bits) {
                assertThat(decoder.code(0, 1)).isEqualTo(bit);
            }
        }
    }

    @Test
    void aCodeHasHardlyMoreBytesThanItsDecisionsHaveInformation() {
        int[] probabilities = probabilities(new Random(1), 50_000);
        int[] bits = bits(new Random(1), probabilities);
        double information = 0;
        for (int i = 0; i < bits.length; i++) {
            double probability = probabilities[i] / 65536.0;
            information -= Math.log(bits[i] == 1 ? probability : 1 - probability) / Math.log(2);
        }
        assertThat(encode(bits, probabilities).length).isLessThan((int) (information / 8 * 1.001) + 4);
    }

    @Test
    void certainDecisionsTakeNoByte() {
        int[] bits = new int[3];
        int[] probabilities = {1, 1, 1};
        assertThat(encode(bits, probabilities)).hasSizeLessThanOrEqualTo(1);
        assertThat(encode(new int[0], new int[0])).isEmpty();
    }

    @Test
    void aCodeThatIsTooShortIsBrokenOff() {
        int[] probabilities = new int[800];
        Arrays.fill(probabilities, BitCoder.EVEN);
        byte[] code = encode(bits(new Random(3), probabilities), probabilities);
        RangeDecoder decoder = new RangeDecoder(Arrays.copyOf(code, 90));
        for (int probability : probabilities) {
            decoder.code(0, probability);
        }
        assertThat(decoder.isBrokenOff()).isTrue();
    }

    private static byte[] encode(int[] bits, int[] probabilities) {
        RangeEncoder encoder = new RangeEncoder();
        for (int i = 0; i < bits.length; i++) {
            encoder.code(bits[i], probabilities[i]);
        }
        return encoder.finish();
    }

    private static int[] probabilities(Random random, int count) {
        return random.ints(count, 1, 1 << 16)
                .map(p -> p % 5 == 0 ? 1 + p % 50 : p)
                .map(p -> p % 7 == 0 ? 65535 - p % 50 : p)
                .toArray();
    }

    private static int[] bits(Random random, int[] probabilities) {
        return Arrays.stream(probabilities)
                .map(p -> random.nextInt(1 << 16) < p ? 1 : 0)
                .toArray();
    }
}
