package glimpse.engine.weights;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds small files, valid and invalid. */
public final class SafetensorsBytes {
    /** Three tensors, a scalar and an empty one among them, and metadata with an escape. */
    static final String VALID_HEADER = "{\"__metadata__\":{\"format\":\"pt\",\"caf\\u00e9\":\"\\n\\ud83d\\ude00\"},"
            + "\"weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[2,26]},"
            + "\"half\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]},"
            + "\"none\":{\"dtype\":\"I64\",\"shape\":[5,0],\"data_offsets\":[26,26]}}";

    static final int VALID_DATA_BYTES = 26;

    private SafetensorsBytes() {}

    /** A file with this header and data of a fixed pattern. */
    public static byte[] file(String header, int dataBytes) {
        return file(header.getBytes(StandardCharsets.UTF_8), dataBytes);
    }

    static byte[] file(byte[] header, int dataBytes) {
        return file(header.length, header, dataBytes);
    }

    static byte[] file(long headerLength, byte[] header, int dataBytes) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(headerLength).put(header);
        for (int i = 0; i < dataBytes; i++) {
            bytes.put((byte) (17 * i));
        }
        return bytes.array();
    }

    /** A file of {@link #VALID_HEADER}. */
    public static byte[] validFile() {
        return file(VALID_HEADER, VALID_DATA_BYTES);
    }

    /** A header with one tensor of this entry. */
    public static String tensor(String entry) {
        return "{\"a\":" + entry + "}";
    }

    /** A tensor's entry. */
    public static String entry(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    /** Reads a file from memory. */
    public static SafetensorsFile read(byte[] file) throws SafetensorsException {
        return SafetensorsFile.of("test.safetensors", MemorySegment.ofArray(file));
    }
}
