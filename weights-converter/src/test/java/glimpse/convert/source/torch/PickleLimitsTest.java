package glimpse.convert.source.torch;

import static glimpse.convert.source.torch.Archive.number;
import static glimpse.convert.source.torch.Archive.pickle;
import static glimpse.convert.source.torch.Archive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a short pickle can make its reader do: an amount of work in proportion to its length. */
class PickleLimitsTest {
    private static final int ONE_MEGABYTE = 1 << 20;
    private static final long FREE_BYTES = 64 << 20;
    private static final long BYTES_PER_BYTE = 16;

    /** A storage "0" of three floats under memo 0, the function that rebuilds a tensor under memo 1. */
    private static final byte[] START = pickle(
            0x80,
            2,
            "(",
            text("storage"),
            "ctorch\nFloatStorage\n",
            text("0"),
            text("cpu"),
            number(3),
            "tQq",
            0,
            "ctorch._utils\n_rebuild_tensor_v2\nq",
            1);

    /** Returns bytes of a pickle, followed by bytes that are repeated until it has a megabyte. */
    private static byte[] repeated(byte[] start, byte[] unit) {
        byte[] bytes = Arrays.copyOf(start, ONE_MEGABYTE);
        for (int at = start.length; at + unit.length < bytes.length; at += unit.length) {
            System.arraycopy(unit, 0, bytes, at, unit.length);
        }
        return bytes;
    }

    static Stream<Map.Entry<String, byte[]>> repetitions() {
        byte[] arguments = pickle(
                START, "h", 0, number(0), "(", number(3), "t(", number(1), "t", 0x89, "}tq", 2, text("name"), "q", 3);
        byte[] id = pickle(
                START, "(", text("storage"), "ctorch\nFloatStorage\n", text("0"), text("cpu"), number(3), "tq", 2);
        byte[] dictionaryCall = pickle(0x80, 2, "ccollections\nOrderedDict\nq", 0, ")q", 1);
        byte[] longText = pickle(0x80, 2, "X", 0, 0, 1, 0, new byte[1 << 16], "q", 0, "}");
        return Map.ofEntries(
                Map.entry("None", repeated(START, pickle("N"))),
                Map.entry("empty lists", repeated(START, pickle("]"))),
                Map.entry("empty dictionaries", repeated(START, pickle("}"))),
                Map.entry("dictionaries of an item", repeated(arguments, pickle("}h", 3, "h", 3, "s"))),
                Map.entry("called dictionaries", repeated(dictionaryCall, pickle("h", 0, "h", 1, "R"))),
                Map.entry("nested tuples", repeated(pickle(START, "N"), pickle(0x85))),
                Map.entry("tuples of one tuple twice", repeated(pickle(START, "Nq", 9), pickle("h", 9, 0x86, "q", 9))),
                Map.entry("tuples of None", repeated(START, pickle("N", 0x85))),
                Map.entry("marks", repeated(START, pickle("("))),
                Map.entry("stored values", repeated(pickle(0x80, 4, "N"), pickle(0x94))),
                Map.entry("texts of a letter", repeated(START, pickle("U", 1, "a"))),
                Map.entry("items of a list", repeated(pickle(START, "]"), pickle("Na"))),
                Map.entry("a long key", repeated(longText, pickle("h", 0, "Ns"))),
                Map.entry("storages", repeated(id, pickle("h", 2, "Q"))),
                Map.entry("tensors", repeated(arguments, pickle("h", 1, "h", 2, "R"))),
                Map.entry("globals", repeated(START, pickle("ctorch\nSize\n"))))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void memoryIsInProportionToTheLength(Map.Entry<String, byte[]> repeated) {
        byte[] pickle = repeated.getValue();
        assertThat(bytesAllocatedFor(pickle)).isLessThan(FREE_BYTES + BYTES_PER_BYTE * pickle.length);
    }

    /** The shape is 200,000 sizes, which each of 40,000 calls would copy: 8,000,000,000 numbers. */
    @Test
    void longShapeThatIsRecalledIsRefusedWithoutCopyingIt() {
        byte[] sizes = repeated(new byte[0], pickle("K", 1));
        byte[] shape = pickle(START, "h", 0, number(0), "(", Arrays.copyOf(sizes, 400_000), "tq", 4, "h", 4, "tq", 5);
        byte[] pickle = repeated(
                pickle(START, "(", Arrays.copyOfRange(shape, START.length, shape.length)), pickle("h", 1, "h", 5, "R"));
        assertThatThrownBy(() -> PickleReader.read("shape", pickle))
                .isInstanceOf(ConvertException.class)
                .hasMessage("shape: the pickle has a tensor of 200000 dimensions, expected at most 8");
        assertThat(bytesAllocatedFor(pickle)).isLessThan(FREE_BYTES);
    }

    @Test
    void messagesHaveABoundedLengthAndNoControlCharacters() {
        byte[] named = pickle(0x80, 2, "c\u001b[31m", new byte[100_000], "\nname\n.");
        assertThatThrownBy(() -> PickleReader.read("named", named))
                .hasMessageStartingWith("named: the pickle names '\\u001b[31m\\u0000")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000).matches("\\P{Cntrl}+"));
    }

    private static long bytesAllocatedFor(byte[] pickle) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            PickleReader.read("test", pickle);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(ConvertException.class).hasMessageStartingWith("test: ");
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
