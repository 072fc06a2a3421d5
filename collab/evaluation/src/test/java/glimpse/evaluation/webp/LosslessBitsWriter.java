package glimpse.evaluation.webp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes lossless images bit by bit, as RFC 9649 describes them. */
final class LosslessBitsWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;
    private int count;

    /** Begins with the header of a frame. */
    LosslessBitsWriter(int width, int height) {
        write(0x2f, 8);
        write(width - 1, 14);
        write(height - 1, 14);
        write(0, 4);
    }

    LosslessBitsWriter write(int value, int size) {
        for (int i = 0; i < size; i++) {
            last |= (value >> i & 1) << count++;
            if (count == Byte.SIZE) {
                bytes.write(last);
                last = 0;
                count = 0;
            }
        }
        return this;
    }

    /** Writes five codes of one symbol each, so that pixels take no bits. */
    LosslessBitsWriter writeOneColour(int green, int red, int blue, int alpha) {
        for (int symbol : new int[] {green, red, blue, alpha, 0}) {
            write(1, 1).write(0, 1).write(1, 1).write(symbol, 8);
        }
        return this;
    }

    /** Writes an image of one colour that describes another: no colour cache, one group of codes. */
    LosslessBitsWriter writeDescription(int green, int red) {
        return write(0, 1).writeOneColour(green, red, 0, 0);
    }

    byte[] file() {
        while (count > 0) {
            write(0, 1);
        }
        if (bytes.size() % 2 == 1) {
            bytes.write(0);
        }
        ByteBuffer file = ByteBuffer.allocate(20 + bytes.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(12 + bytes.size());
        file.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(bytes.size());
        return file.put(bytes.toByteArray()).array();
    }
}
