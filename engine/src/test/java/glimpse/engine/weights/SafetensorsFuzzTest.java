package glimpse.engine.weights;

import static glimpse.engine.weights.SafetensorsBytes.VALID_HEADER;
import static glimpse.engine.weights.SafetensorsBytes.file;
import static glimpse.engine.weights.SafetensorsBytes.validFile;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, reading gives a correct result or a named error, and allocates in proportion to their number.
 */
class SafetensorsFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long ALLOCATION_BASE_BYTES = 128 * 1024;
    private static final long ALLOCATION_PER_BYTE = 16;

    private int accepted;
    private int refused;

    @Test
    void randomBytesAreRefused() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            attempt(bytes);
        }
        assertThat(accepted).isZero();
        assertThat(refused).isEqualTo(3000);
    }

    @Test
    void randomHeaderTextIsRefusedOrRead() {
        SplittableRandom random = new SplittableRandom(2);
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\"a\"",
            "\"dtype\"",
            "\"F32\"",
            "\"shape\"",
            "\"data_offsets\"",
            "\"__metadata__\"",
            "0",
            "4",
            "18446744073709551615",
            "-1",
            "1e9",
            "null",
            " ",
            "\\u00e9",
            "\u00e9",
            "{}"
        };
        for (int i = 0; i < 5000; i++) {
            String header = Stream.generate(() -> pieces[random.nextInt(pieces.length)])
                    .limit(random.nextInt(40))
                    .collect(Collectors.joining("", "{", "}"));
            attempt(file(header, random.nextInt(8)));
        }
        assertThat(refused).isGreaterThan(4000);
        assertThat(accepted + refused).isEqualTo(5000);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] valid = validFile();
        for (int length = 0; length < valid.length; length++) {
            attempt(Arrays.copyOf(valid, length));
        }
        assertThat(accepted).isZero();
        attempt(valid);
        assertThat(accepted).isEqualTo(1);
    }

    @Test
    void everyChangeOfAByteIsRefusedOrRead() {
        byte[] valid = validFile();
        SplittableRandom random = new SplittableRandom(3);
        for (int at = 0; at < valid.length; at++) {
            for (int change = 0; change < 32; change++) {
                byte[] changed = valid.clone();
                changed[at] = change < 8 ? (byte) (valid[at] ^ 1 << change) : (byte) random.nextInt();
                attempt(changed);
            }
        }
        assertThat(refused).isGreaterThan(accepted);
        assertThat(accepted).isPositive();
    }

    @Test
    void severalChangesInsertionsAndDeletionsAreRefusedOrRead() {
        byte[] header = VALID_HEADER.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 5000; i++) {
            byte[] changed = header;
            for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
                int at = random.nextInt(changed.length);
                int until = Math.min(changed.length, at + random.nextInt(3));
                byte[] piece = Arrays.copyOfRange(header, random.nextInt(header.length / 2), header.length / 2);
                changed =
                        splice(changed, at, until, Arrays.copyOf(piece, random.nextInt(Math.min(3, piece.length + 1))));
            }
            attempt(file(changed, random.nextInt(20, 32)));
        }
        assertThat(refused).isGreaterThan(4000);
    }

    @Test
    void manyTinyThingsTakeMemoryInProportion() {
        String header = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> "\"" + i + "\":" + SafetensorsBytes.entry("U8", "[]", "[" + i + "," + (i + 1) + "]"))
                .collect(Collectors.joining(",", "{", "}"));
        attempt(file(header, 20_000));
        String rank = "1,".repeat(200_000) + "1";
        attempt(file(SafetensorsBytes.tensor(SafetensorsBytes.entry("U8", "[" + rank + "]", "[0,1]")), 1));
        String metadata = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> "\"" + Integer.toString(i, 36) + "\":\"\"")
                .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
        attempt(file(metadata, 0));
        assertThat(accepted).isEqualTo(3);
    }

    private static byte[] splice(byte[] bytes, int from, int until, byte[] piece) {
        byte[] result = Arrays.copyOf(bytes, from + piece.length + bytes.length - until);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, until, result, from + piece.length, bytes.length - until);
        return result;
    }

    private void attempt(byte[] bytes) {
        if (isAccepted(bytes)) { // once before measuring: what the first time loads isn't what the bytes cause
            accepted++;
        } else {
            refused++;
        }
        long limit = ALLOCATION_BASE_BYTES + ALLOCATION_PER_BYTE * bytes.length;
        assertThat(allocatedBy(bytes)).isLessThan(limit);
    }

    private static long allocatedBy(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        isAccepted(bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Anything but a result or a {@link SafetensorsException} is thrown and fails the test. */
    private static boolean isAccepted(byte[] bytes) {
        try {
            checkReads(SafetensorsFile.of("fuzz", MemorySegment.ofArray(bytes)));
            return true;
        } catch (SafetensorsException e) {
            assertThat(e.rule()).isNotNull();
            return false;
        }
    }

    private static void checkReads(SafetensorsFile file) throws SafetensorsException {
        List<TensorInfo> tensors = List.copyOf(file.tensors().values());
        for (TensorInfo tensor : tensors) {
            if (tensor.dtype().isReadableAsFloat()) {
                file.read(tensor.name(), new float[(int) tensor.elements()]);
            }
        }
    }
}
