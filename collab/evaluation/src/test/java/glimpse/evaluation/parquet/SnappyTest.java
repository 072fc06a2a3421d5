package glimpse.evaluation.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyTest {
    private static final int LENGTH = 1_000_000;

    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();

    @Test
    void literalsAndCopiesAreWrittenOut() throws IOException {
        byte[] expected = randomElements(new Random(1));

        try (InputStream in = new Snappy(new ByteArrayInputStream(compressed.toByteArray()), LENGTH)) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70_000, 200_000, LENGTH})
    void skippedBytesAreAsIfRead(int skipped) throws IOException {
        byte[] expected = randomElements(new Random(2));

        try (InputStream in = new Snappy(new ByteArrayInputStream(compressed.toByteArray()), LENGTH)) {
            in.skipNBytes(skipped);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(expected, skipped, LENGTH));
        }
    }

    @Test
    void dataThatEndTooEarlyAreRefused() {
        refused(EOFException.class, 8, 4 << 2, 'a', 'b');
    }

    @Test
    void aCopyFromBeforeTheStartIsRefused() {
        refused(ParquetException.class, 8, 0, 'a', 2 | (3 << 2), 2, 0);
    }

    @Test
    void aCopyFromNowhereIsRefused() {
        refused(ParquetException.class, 8, 0, 'a', 2 | (3 << 2), 0, 0);
    }

    @Test
    void moreThanTheDeclaredLengthIsRefused() {
        refused(ParquetException.class, 8, 8 << 2, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void anotherLengthThanThePagesIsRefused() {
        refused(ParquetException.class, 7, 6 << 2, 1, 2, 3, 4, 5, 6, 7);
    }

    private static void refused(Class<? extends IOException> type, int... block) {
        byte[] bytes = new byte[block.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) block[i];
        }
        assertThatExceptionOfType(type).isThrownBy(() -> new Snappy(new ByteArrayInputStream(bytes), 8).readAllBytes());
    }

    /** Compresses random elements of all kinds, and returns what they mean. */
    private byte[] randomElements(Random random) {
        byte[] plain = new byte[LENGTH];
        for (int rest = LENGTH; rest != 0; rest >>>= 7) {
            compressed.write(rest < 128 ? rest : 128 | (rest & 127));
        }
        int at = 0;
        while (at < LENGTH) {
            int left = LENGTH - at;
            int kind = at == 0 ? 0 : random.nextInt(4);
            int length =
                    Math.min(left, kind == 0 ? 1 + random.nextInt(1 << random.nextInt(17)) : 4 + random.nextInt(8));
            if (kind == 0 || (kind == 1 && length < 4)) {
                at = literal(random, plain, at, length);
            } else {
                int distance = 1 + random.nextInt(Math.min(at, kind == 1 ? 2047 : 65_535));
                copy(kind, distance, length);
                for (int i = 0; i < length; i++, at++) {
                    plain[at] = plain[at - distance];
                }
            }
        }
        return plain;
    }

    private int literal(Random random, byte[] plain, int at, int length) {
        if (length <= 60) {
            compressed.write((length - 1) << 2);
        } else {
            int bytes = length <= 256 ? 1 : length <= 65_536 ? 2 : 3;
            compressed.write((59 + bytes) << 2);
            number(length - 1, bytes);
        }
        for (int i = at; i < at + length; i++) {
            plain[i] = (byte) random.nextInt();
        }
        compressed.write(plain, at, length);
        return at + length;
    }

    private void copy(int kind, int distance, int length) {
        switch (kind) {
            case 1 -> {
                compressed.write(1 | ((length - 4) << 2) | ((distance >> 8) << 5));
                compressed.write(distance);
            }
            case 2 -> {
                compressed.write(2 | ((length - 1) << 2));
                number(distance, 2);
            }
            default -> {
                compressed.write(3 | ((length - 1) << 2));
                number(distance, 4);
            }
        }
    }

    private void number(int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            compressed.write(value >>> (8 * i));
        }
    }
}
