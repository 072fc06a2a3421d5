package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's SplittableRandom is SplitMix64 too, so it serves as a reference once the state is hashed. */
class NamedRandomTest {
    @ParameterizedTest
    @CsvSource({"0, ''", "1, cat.jpg", "-3, n02085620/ILSVRC2012.JPEG", "9223372036854775807, \u00e9\ud83d\ude42"})
    void theGeneratorIsSplitMix64SeededByFnv1a(long seed, String name) {
        NamedRandom random = new NamedRandom(seed, name);
        SplittableRandom reference = new SplittableRandom(fnv1a(seed, name));
        for (int i = 0; i < 100; i++) {
            assertThat(random.next()).isEqualTo(reference.nextLong());
        }
    }

    @Test
    void aFractionIsTheHighest53Bits() {
        NamedRandom random = new NamedRandom(4, "a");
        SplittableRandom reference = new SplittableRandom(fnv1a(4, "a"));
        for (int i = 0; i < 100; i++) {
            assertThat(random.fraction()).isEqualTo((reference.nextLong() >>> 11) / (double) (1L << 53));
        }
    }

    private static long fnv1a(long seed, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(8 + utf8.length).putLong(seed).put(utf8).array();
        BigInteger modulus = BigInteger.ONE.shiftLeft(64);
        BigInteger hash = new BigInteger("14695981039346656037");
        for (byte value : bytes) {
            hash = hash.xor(BigInteger.valueOf(value & 0xff))
                    .multiply(new BigInteger("1099511628211"))
                    .mod(modulus);
        }
        return hash.longValue();
    }
}
