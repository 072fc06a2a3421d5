package glimpse.engine.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private static final String METADATA = "__metadata__";
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final JsonCursor json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    private HeaderReader(String file, String text) {
        this.file = file;
        this.json = new JsonCursor(file, text);
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
                    Rule.FILE_TOO_SHORT, file, bytes.byteSize() + " bytes, expected at least " + LENGTH_BYTES);
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
        try {
            // A fresh decoder reports what is malformed instead of replacing it
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(Rule.HEADER_ENCODING, file, "header isn't valid UTF-8");
        }
    }

    private void document() throws SafetensorsException {
        json.object("header", Rule.HEADER_START, name -> {
            if (name.equals(METADATA)) {
                metadata();
            } else {
                tensors.put(name, tensor(name));
            }
        });
        json.end();
    }

    private void metadata() throws SafetensorsException {
        json.object(METADATA, Rule.METADATA_TYPE, key -> {
            metadata.put(key, json.string(METADATA + ": value of " + Quoted.of(key), Rule.METADATA_TYPE));
        });
    }

    private TensorInfo tensor(String name) throws SafetensorsException {
        String where = "tensor " + Quoted.of(name);
        Entry entry = new Entry();
        json.object(where, Rule.ENTRY_TYPE, key -> {
            String at = where + ": " + Quoted.of(key);
            switch (key) {
                case "dtype" -> entry.dtype = Optional.of(dtype(at));
                case "shape" -> entry.shape = Optional.of(integers(at));
                case "data_offsets" -> entry.offsets = Optional.of(integers(at));
                default ->
                    throw new SafetensorsException(
                            Rule.UNKNOWN_KEY, file, at + " is an unknown key, expected dtype, shape or data_offsets");
            }
        });
        DType dtype = require(entry.dtype, where, "dtype");
        List<Long> shape = require(entry.shape, where, "shape");
        List<Long> offsets = require(entry.offsets, where, "data_offsets");
        if (offsets.size() != 2) {
            throw new SafetensorsException(
                    Rule.ENTRY_TYPE, file, where + ": data_offsets has " + offsets.size() + " numbers, expected 2");
        }
        return new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private DType dtype(String where) throws SafetensorsException {
        String name = json.string(where, Rule.ENTRY_TYPE);
        return DType.named(name)
                .orElseThrow(() -> new SafetensorsException(
                        Rule.UNKNOWN_DTYPE, file, where + " is " + Quoted.of(name) + ", expected F32, F16, BF16, ..."));
    }

    private List<Long> integers(String where) throws SafetensorsException {
        List<Long> integers = new ArrayList<>();
        json.list(where, Rule.ENTRY_TYPE, () -> integers.add(json.integer(where)));
        return integers;
    }

    private <T> T require(Optional<T> value, String where, String key) throws SafetensorsException {
        return value.orElseThrow(
                () -> new SafetensorsException(Rule.MISSING_KEY, file, where + ": key '" + key + "' is missing"));
    }

    /** The part of a tensor's entry that has been read. */
    private static final class Entry {
        private Optional<DType> dtype = Optional.empty();
        private Optional<List<Long>> shape = Optional.empty();
        private Optional<List<Long>> offsets = Optional.empty();
    }
}
