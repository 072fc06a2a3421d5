package glimpse.service.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads and writes the elements of BYTES tensors. */
public final class ByteStrings {
    private ByteStrings() {}

    /**
     * Reads a tensor.
     *
     * @param count how many elements it must have
     */
    static List<byte[]> read(InputTensor input, int count) throws OipException {
        List<byte[]> strings = switch (input.data()) {
            case TensorData.Strings given -> given.values();
            case TensorData.Raw raw -> split(input.name(), raw.bytes(), count);
            case TensorData.Base64 texts -> decode(input.name(), texts.values());
            case TensorData.Floats floats ->
                throw OipException.invalid("input '" + input.name() + "' has numbers, expected strings");
        };
        if (strings.size() != count) {
            throw OipException.invalid("input '" + input.name() + "' has " + strings.size() + " elements, expected "
                    + count + " for shape " + input.shape());
        }
        return strings;
    }

    /** Splits no more than shows that there are too many. */
    private static List<byte[]> split(String name, ByteBuffer from, int count) throws OipException {
        ByteBuffer bytes = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> strings = new ArrayList<>();
        while (bytes.hasRemaining() && strings.size() <= count) {
            if (bytes.remaining() < Integer.BYTES) {
                throw OipException.invalid("input '" + name + "' ends within the length of element " + strings.size());
            }
            long length = Integer.toUnsignedLong(bytes.getInt());
            if (length > bytes.remaining()) {
                throw OipException.invalid("element " + strings.size() + " of input '" + name + "' has length " + length
                        + ", but " + bytes.remaining() + " bytes follow");
            }
            byte[] string = new byte[(int) length];
            bytes.get(string);
            strings.add(string);
        }
        return strings;
    }

    private static List<byte[]> decode(String name, List<String> texts) throws OipException {
        List<byte[]> strings = new ArrayList<>();
        for (String text : texts) {
            try {
                strings.add(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw OipException.invalid(
                        "element " + strings.size() + " of input '" + name + "' isn't base64: " + e.getMessage());
            }
        }
        return strings;
    }

    /** Writes the elements one after the other, each after its length as a little-endian 32-bit number. */
    public static ByteBuffer join(List<byte[]> strings) {
        int bytes = strings.stream()
                .mapToInt(string -> Integer.BYTES + string.length)
                .reduce(0, Math::addExact);
        ByteBuffer joined = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        strings.forEach(string -> joined.putInt(string.length).put(string));
        return joined.flip();
    }
}
