package glimpse.engine.weights;

import static glimpse.engine.weights.SafetensorsBytes.VALID_DATA_BYTES;
import static glimpse.engine.weights.SafetensorsBytes.VALID_HEADER;
import static glimpse.engine.weights.SafetensorsBytes.entry;
import static glimpse.engine.weights.SafetensorsBytes.file;
import static glimpse.engine.weights.SafetensorsBytes.read;
import static glimpse.engine.weights.SafetensorsBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of files that each break one rule. */
class MalformedHeaderTest {
    record Malformed(String what, Rule rule, MemorySegment file) {
        Malformed(String what, Rule rule, byte[] file) {
            this(what, rule, MemorySegment.ofArray(file));
        }

        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }

    private static final String F32_SCALAR = entry("F32", "[]", "[0,4]");

    static Stream<Malformed> corpus() {
        return Stream.of(container(), json(), entries(), layout()).flatMap(List::stream);
    }

    private static List<Malformed> container() {
        return List.of(
                new Malformed("empty file", Rule.FILE_TOO_SHORT, new byte[0]),
                new Malformed("seven bytes", Rule.FILE_TOO_SHORT, new byte[7]),
                new Malformed("100,000,001 bytes", Rule.HEADER_TOO_LONG, file(100_000_001, new byte[2], 0)),
                new Malformed("length with the top bit", Rule.HEADER_TOO_LONG, file(Long.MIN_VALUE, new byte[2], 0)),
                new Malformed("length all ones", Rule.HEADER_TOO_LONG, file(-1, new byte[2], 0)),
                new Malformed("one byte more than the file", Rule.HEADER_BEYOND_FILE, file(3, bytes("{}"), 0)),
                new Malformed(
                        "the longest, in a short file", Rule.HEADER_BEYOND_FILE, file(100_000_000, bytes("{}"), 0)),
                new Malformed("header of no byte", Rule.HEADER_START, file("", 4)),
                new Malformed("space first", Rule.HEADER_START, file(" {}", 0)),
                new Malformed("list", Rule.HEADER_START, file("[]", 0)),
                new Malformed("byte order mark", Rule.HEADER_START, file("\uFEFF{}", 0)),
                new Malformed("lone continuation byte", Rule.HEADER_ENCODING, file(inKey(0x80), 4)),
                new Malformed("overlong slash", Rule.HEADER_ENCODING, file(inKey(0xC0, 0xAF), 4)),
                new Malformed("encoded surrogate", Rule.HEADER_ENCODING, file(inKey(0xED, 0xA0, 0x80), 4)),
                new Malformed("newline after the brace", Rule.PADDING, file("{}\n", 0)),
                new Malformed("zero bytes after the brace", Rule.PADDING, file("{}\0\0", 0)),
                new Malformed("second object", Rule.PADDING, file("{} {}", 0)));
    }

    private static List<Malformed> json() {
        return Stream.of(
                        "{",
                        "{\"a\"",
                        "{\"a\":",
                        "{\"a",
                        "{\"a\\",
                        "{\"a\\u12",
                        "{\"a\\u00g0\":1}",
                        "{\"a\\u\uFF11111\":1}",
                        "{\"a\\x\":1}",
                        "{\"\\ud83d\":" + F32_SCALAR + "}",
                        "{\"\\ude00\\ud83d\":" + F32_SCALAR + "}",
                        "{\"a\nb\":" + F32_SCALAR + "}",
                        "{\"a\":" + F32_SCALAR + ",}",
                        "{\"a\" " + F32_SCALAR + "}",
                        "{a:" + F32_SCALAR + "}",
                        "{'a':" + F32_SCALAR + "}",
                        "{/**/}",
                        tensor("{\"dtype\":\"F32\",\"shape\":[1,],\"data_offsets\":[0,4]}"),
                        tensor("{\"dtype\":\"F32\",\"shape\":[1 1],\"data_offsets\":[0,4]}"))
                .map(header -> new Malformed(header, Rule.JSON_SYNTAX, file(header, 4)))
                .toList();
    }

    private static List<Malformed> entries() {
        return List.of(
                header("nested shape", Rule.NESTING, tensor(entry("F32", "[[1]]", "[0,4]"))),
                header("object in a shape", Rule.NESTING, tensor(entry("F32", "[{}]", "[0,4]"))),
                header("nested metadata", Rule.METADATA_TYPE, "{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}"),
                header("a million brackets", Rule.NESTING, tensor(entry("F32", "[".repeat(1_000_000), "[0,4]"))),
                header("tensor twice", Rule.DUPLICATE_KEY, "{\"a\":" + F32_SCALAR + ",\"a\":" + F32_SCALAR + "}"),
                header(
                        "twice by an escape",
                        Rule.DUPLICATE_KEY,
                        "{\"a\":" + F32_SCALAR + ",\"\\u0061\":" + F32_SCALAR + "}"),
                header("metadata twice", Rule.DUPLICATE_KEY, "{\"__metadata__\":{},\"__metadata__\":{}}"),
                header("metadata key twice", Rule.DUPLICATE_KEY, "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}"),
                header("dtype twice", Rule.DUPLICATE_KEY, tensor("{\"dtype\":\"F32\",\"dtype\":\"F32\"}")),
                header("strides", Rule.UNKNOWN_KEY, tensor("{\"strides\":[1]}")),
                header("no dtype", Rule.MISSING_KEY, tensor("{\"shape\":[],\"data_offsets\":[0,4]}")),
                header("no shape", Rule.MISSING_KEY, tensor("{\"dtype\":\"F32\",\"data_offsets\":[0,4]}")),
                header("no offsets", Rule.MISSING_KEY, tensor("{\"dtype\":\"F32\",\"shape\":[]}")),
                header("list for an entry", Rule.ENTRY_TYPE, tensor("[]")),
                header("null for an entry", Rule.ENTRY_TYPE, tensor("null")),
                header("number for a dtype", Rule.ENTRY_TYPE, tensor("{\"dtype\":32}")),
                header("number for a shape", Rule.ENTRY_TYPE, tensor(entry("F32", "1", "[0,4]"))),
                header("one offset", Rule.ENTRY_TYPE, tensor(entry("F32", "[]", "[0]"))),
                header("three offsets", Rule.ENTRY_TYPE, tensor(entry("F32", "[]", "[0,4,8]"))),
                header("metadata list", Rule.METADATA_TYPE, "{\"__metadata__\":[]}"),
                header("metadata null", Rule.METADATA_TYPE, "{\"__metadata__\":null}"),
                header("metadata number", Rule.METADATA_TYPE, "{\"__metadata__\":{\"a\":1}}"),
                header("unknown dtype", Rule.UNKNOWN_DTYPE, tensor(entry("F31", "[]", "[0,4]"))),
                header("lower-case dtype", Rule.UNKNOWN_DTYPE, tensor(entry("f32", "[]", "[0,4]"))),
                header("negative dimension", Rule.INTEGER, tensor(entry("F32", "[-1]", "[0,4]"))),
                header("minus zero", Rule.INTEGER, tensor(entry("F32", "[]", "[-0,4]"))),
                header("fraction", Rule.INTEGER, tensor(entry("F32", "[1.0]", "[0,4]"))),
                header("exponent", Rule.INTEGER, tensor(entry("F32", "[1e0]", "[0,4]"))),
                header("leading zero", Rule.INTEGER, tensor(entry("F32", "[01]", "[0,4]"))),
                header(
                        "key in a shape",
                        Rule.INTEGER,
                        tensor("{\"dtype\":\"F32\",\"shape\":[1,\"data_offsets\":[0,4]}")),
                header("string", Rule.INTEGER, tensor(entry("F32", "[\"1\"]", "[0,4]"))),
                header("2^63", Rule.INTEGER, tensor(entry("F32", "[9223372036854775808]", "[0,4]"))));
    }

    private static List<Malformed> layout() {
        String first = "{\"a\":" + F32_SCALAR + ",";
        return List.of(
                header("2^32 by 2^32", Rule.SIZE_OVERFLOW, tensor(entry("U8", "[4294967296,4294967296]", "[0,4]"))),
                header("2^62 floats", Rule.SIZE_OVERFLOW, tensor(entry("F32", "[4611686018427387904]", "[0,4]"))),
                header(
                        "overflow before a zero",
                        Rule.SIZE_OVERFLOW,
                        tensor(entry("U8", "[4294967296,4294967296,0]", "[0,0]"))),
                header("three 4-bit numbers", Rule.PARTIAL_BYTE, tensor(entry("F4", "[3]", "[0,2]"))),
                header("offsets backwards", Rule.OFFSET_ORDER, tensor(entry("F32", "[]", "[4,0]"))),
                header("too few bytes", Rule.SIZE_MISMATCH, tensor(entry("F32", "[2]", "[0,4]"))),
                header("too many bytes", Rule.SIZE_MISMATCH, tensor(entry("F16", "[]", "[0,4]"))),
                header("begins after 0", Rule.HOLE, tensor(entry("F16", "[]", "[2,4]"))),
                header("hole between", Rule.HOLE, first + "\"b\":" + entry("F32", "[]", "[5,9]") + "}"),
                header("same bytes", Rule.OVERLAP, first + "\"b\":" + F32_SCALAR + "}"),
                header("shared byte", Rule.OVERLAP, first + "\"b\":" + entry("F32", "[]", "[3,7]") + "}"),
                new Malformed("data cut by a byte", Rule.DATA_END, file(VALID_HEADER, VALID_DATA_BYTES - 1)),
                new Malformed("a byte after the data", Rule.DATA_END, file(VALID_HEADER, VALID_DATA_BYTES + 1)),
                new Malformed("data without a tensor", Rule.DATA_END, file("{}", 1)));
    }

    private static Malformed header(String what, Rule rule, String header) {
        return new Malformed(what, rule, file(header, 4));
    }

    /** A header whose tensor name has these bytes. */
    private static byte[] inKey(int... name) {
        byte[] header = bytes("{\"" + "?".repeat(name.length) + "\":" + F32_SCALAR + "}");
        for (int i = 0; i < name.length; i++) {
            header[2 + i] = (byte) name[i];
        }
        return header;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void breaksItsRule(Malformed malformed) {
        assertThatThrownBy(() -> SafetensorsFile.of("test.safetensors", malformed.file()))
                .isInstanceOfSatisfying(
                        SafetensorsException.class, e -> assertThat(e.rule()).isEqualTo(malformed.rule()))
                .hasMessageStartingWith("test.safetensors: ")
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void everyRuleOfTheFormatHasAFileThatBreaksIt() {
        EnumSet<Rule> broken = EnumSet.noneOf(Rule.class);
        corpus().forEach(malformed -> broken.add(malformed.rule()));
        assertThat(EnumSet.complementOf(broken))
                .containsExactly(Rule.FILE_CHANGED, Rule.TENSOR_NOT_FOUND, Rule.NOT_FLOAT);
    }

    @Test
    void errorNamesTheTensorAndWhatWasExpected() {
        byte[] file = file(tensor(entry("F32", "[2,3]", "[0,4]")), 4);
        assertThatThrownBy(() -> read(file))
                .hasMessage("test.safetensors: tensor 'a': data_offsets span 4 bytes, expected 24 for F32 [2, 3]"
                        + " [SIZE_MISMATCH]");
    }

    @Test
    void textIsNotASafetensorsFile() {
        byte[] text = bytes("layers: 12\nheads: 3\n");
        assertThatThrownBy(() -> read(text))
                .hasMessage("test.safetensors: not a safetensors file: its first 8 bytes give a header of"
                        + " 2322295493028831596 bytes, but the file has 20 [HEADER_TOO_LONG]");
    }

    @Test
    void errorShowsControlCharactersEscapedAndOfALongValueItsBeginning() {
        String name = "a\u001b[31m\u202e" + "x".repeat(1_000_000);
        assertThatThrownBy(() -> read(file("{\"" + name.replace("\u001b", "\\u001b") + "\":1}", 0)))
                .hasMessageStartingWith("test.safetensors: tensor 'a\\u001b[31m\\u202exxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void paddingOfSpacesIsAllowed() throws Exception {
        assertThat(read(file(VALID_HEADER + "       ", VALID_DATA_BYTES)).tensors())
                .containsOnlyKeys("weight", "half", "none");
    }

    @Test
    void spaceBetweenAnyTwoSymbolsIsAllowed() throws Exception {
        String spaced = "{ \"a\"\t:\n{ \"dtype\" : \"F32\" , \"shape\" : [ 1 , 1 ] ,\r\"data_offsets\" : [ 0 , 4 ] } }";
        assertThat(read(file(spaced, 4)).tensor("a").shape()).isEqualTo(List.of(1L, 1L));
    }

    @Test
    void everyDtypeOfTheFormatIsAllowed() throws Exception {
        for (DType dtype : DType.values()) {
            String header = tensor(entry(dtype.name(), "[8]", "[0," + dtype.bits() + "]"));
            assertThat(read(file(header, dtype.bits())).tensor("a").dtype()).isEqualTo(dtype);
        }
        assertThat(Arrays.stream(DType.values()).filter(DType::isReadableAsFloat))
                .containsExactly(DType.F16, DType.BF16, DType.F32);
    }
}
