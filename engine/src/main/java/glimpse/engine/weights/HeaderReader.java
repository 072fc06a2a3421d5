package glimpse.engine.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Strictly reads the header of a safetensors file (8 bytes of little-endian header length, the header as JSON, the
 * tensors' bytes; github.com/huggingface/safetensors). Allocates at most a small multiple of the header's size.
 */
final class HeaderReader {
    /** A header's content, and where the data begins. */
    record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors, long dataBegin) {
        /** Returns the file's length that the tensors imply, saturating instead of overflowing. */
        long fileBytes() {
            long dataEnd =
                    tensors.values().stream().mapToLong(TensorInfo::end).max().orElse(0);
            return Math.min(dataEnd, Long.MAX_VALUE - dataBegin - 1) + dataBegin;
        }
    }

    private static final int LENGTH_BYTES = 8;
    static final long MAX_HEADER_BYTES = 100_000_000;
    private static final int BUFFER_CHARACTERS = 8192;
    private static final String METADATA = "__metadata__";
    private static final List<String> USUAL = Stream.concat(
                    Stream.of("dtype", "shape", "data_offsets"),
                    Arrays.stream(DType.values()).map(DType::name))
            .toList();
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final JsonCursor json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    private HeaderReader(String file, String text) {
        this.file = file;
        this.json = new JsonCursor(file, text, USUAL);
    }

    /** Reads the header of a whole file and checks the tensors' sizes and offsets against the data. */
    static Header read(String file, MemorySegment bytes) throws SafetensorsException {
        Header header = parse(file, bytes);
        DataRanges.check(file, header.tensors().values(), bytes.byteSize() - header.dataBegin());
        return header;
    }

    /** Reads the header of a file whose data may not have arrived yet. */
    static Header parse(String file, MemorySegment bytes) throws SafetensorsException {
        HeaderReader reader = new HeaderReader(file, text(file, bytes));
        reader.document();
        return new Header(
                Collections.unmodifiableMap(reader.metadata),
                Collections.unmodifiableMap(reader.tensors),
                LENGTH_BYTES + bytes.get(LENGTH, 0));
    }

    private static String text(String file, MemorySegment bytes) throws SafetensorsException {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw new SafetensorsException(
                    Rule.FILE_TOO_SHORT,
                    file,
                    "not a safetensors file: it has " + bytes.byteSize() + " bytes, expected at least " + LENGTH_BYTES);
        }
        long length = bytes.get(LENGTH, 0);
        long rest = bytes.byteSize() - LENGTH_BYTES;
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new SafetensorsException(
                    Rule.HEADER_TOO_LONG,
                    file,
                    "not a safetensors file: its first 8 bytes give a header of " + Long.toUnsignedString(length)
                            + " bytes, "
                            + (length < 0 || length > rest
                                    ? "but the file has " + bytes.byteSize()
                                    : "expected at most " + MAX_HEADER_BYTES));
        }
        if (length > rest) {
            throw new SafetensorsException(
                    Rule.HEADER_BEYOND_FILE,
                    file,
                    "header of " + length + " bytes in a file of " + bytes.byteSize() + " (is it truncated?)");
        }
        if (length == 0 || bytes.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) != '{') {
            throw new SafetensorsException(Rule.HEADER_START, file, "header doesn't begin with '{'");
        }
        byte[] header = bytes.asSlice(LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        requireUtf8(file, header);
        return new String(header, StandardCharsets.UTF_8);
    }

    /** Decodes piece by piece: as a whole, the text would take memory twice. */
    private static void requireUtf8(String file, byte[] header) throws SafetensorsException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        CharBuffer piece = CharBuffer.allocate(BUFFER_CHARACTERS);
        ByteBuffer in = ByteBuffer.wrap(header);
        CoderResult result;
        do {
            result = decoder.decode(in, piece.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new SafetensorsException(Rule.HEADER_ENCODING, file, "header isn't valid UTF-8");
        }
    }

    private void document() throws SafetensorsException {
        json.object(() -> "header", Rule.HEADER_START, new Document());
        json.end();
    }

    /** The header's members: the metadata and the tensors. */
    private final class Document implements JsonCursor.Members {
        private boolean hasMetadata;

        @Override
        public boolean contains(String key) {
            return key.equals(METADATA) ? hasMetadata : tensors.containsKey(key);
        }

        @Override
        public void read(String key) throws SafetensorsException {
            if (key.equals(METADATA)) {
                hasMetadata = true;
                json.object(() -> METADATA, Rule.METADATA_TYPE, new Metadata());
            } else {
                Entry entry = new Entry(key);
                json.object(entry, Rule.ENTRY_TYPE, entry);
                tensors.put(key, entry.tensor());
            }
        }
    }

    /** The metadata's members. */
    private final class Metadata implements JsonCursor.Members {
        @Override
        public boolean contains(String key) {
            return metadata.containsKey(key);
        }

        @Override
        public void read(String key) throws SafetensorsException {
            String value = json.string(() -> METADATA + ": value of " + Quoted.of(key), Rule.METADATA_TYPE);
            metadata.put(key, value);
        }
    }

    /** A tensor's entry, as far as it has been read; its own place in an error message. */
    private final class Entry implements JsonCursor.Members, Supplier<String> {
        private final String name;
        private Optional<DType> dtype = Optional.empty();
        private Optional<long[]> shape = Optional.empty();
        private Optional<long[]> offsets = Optional.empty();

        Entry(String name) {
            this.name = name;
        }

        @Override
        public String get() {
            return "tensor " + Quoted.of(name);
        }

        @Override
        public boolean contains(String key) {
            return switch (key) {
                case "dtype" -> dtype.isPresent();
                case "shape" -> shape.isPresent();
                case "data_offsets" -> offsets.isPresent();
                default -> false;
            };
        }

        @Override
        public void read(String key) throws SafetensorsException {
            Supplier<String> where = () -> get() + ": " + Quoted.of(key);
            switch (key) {
                case "dtype" -> dtype = Optional.of(dtype(where));
                case "shape" -> shape = Optional.of(json.integers(where, Rule.ENTRY_TYPE));
                case "data_offsets" -> offsets = Optional.of(json.integers(where, Rule.ENTRY_TYPE));
                default ->
                    throw new SafetensorsException(
                            Rule.UNKNOWN_KEY,
                            file,
                            where.get() + " is an unknown key, expected dtype, shape or data_offsets");
            }
        }

        TensorInfo tensor() throws SafetensorsException {
            DType type = require(dtype, "dtype");
            long[] dimensions = require(shape, "shape");
            long[] range = require(offsets, "data_offsets");
            if (range.length != 2) {
                throw new SafetensorsException(
                        Rule.ENTRY_TYPE, file, get() + ": data_offsets has " + range.length + " numbers, expected 2");
            }
            Long[] boxed = new Long[dimensions.length];
            Arrays.setAll(boxed, i -> dimensions[i]);
            return new TensorInfo(name, type, List.of(boxed), range[0], range[1]);
        }

        private DType dtype(Supplier<String> where) throws SafetensorsException {
            String type = json.string(where, Rule.ENTRY_TYPE);
            return DType.named(type)
                    .orElseThrow(() -> new SafetensorsException(
                            Rule.UNKNOWN_DTYPE,
                            file,
                            where.get() + " is " + Quoted.of(type) + ", expected F32, F16, BF16, ..."));
        }

        private <T> T require(Optional<T> value, String key) throws SafetensorsException {
            return value.orElseThrow(
                    () -> new SafetensorsException(Rule.MISSING_KEY, file, get() + ": key '" + key + "' is missing"));
        }
    }
}
