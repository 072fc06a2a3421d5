package glimpse.evaluation.tar;

import java.nio.charset.StandardCharsets;

/** A header block of POSIX ustar, GNU tar or the older format without a signature. */
final class TarHeader {
    static final int BYTES = 512;

    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block.clone();
    }

    /** Returns whether the block is all zeros, as at an archive's end. */
    boolean isEnd() {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the checksum is right; some old programs added up signed bytes. */
    boolean isValid() {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BYTES; i++) {
            boolean inChecksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8;
            unsigned += inChecksum ? ' ' : block[i] & 0xff;
            signed += inChecksum ? ' ' : block[i];
        }
        long stored = octal(CHECKSUM_AT, 8);
        return stored >= 0 && (stored == unsigned || stored == signed);
    }

    /** Returns the type of the entry. */
    char type() {
        return (char) (block[TYPE_AT] & 0xff);
    }

    /** Returns the length of the content; -1 if it isn't a number or negative. */
    long size() {
        if ((block[SIZE_AT] & 0x80) == 0) {
            return octal(SIZE_AT, 12);
        }
        // base 256, which GNU tar writes from 8 GiB
        long size = block[SIZE_AT] & 0x7f;
        for (int i = SIZE_AT + 1; i < SIZE_AT + 12; i++) {
            if (size >= 1L << 54) {
                return -1;
            }
            size = (size << 8) | (block[i] & 0xff);
        }
        return size;
    }

    String name() {
        String name = text(0, 100);
        boolean posix = text(MAGIC_AT, 6).equals("ustar") && block[MAGIC_AT + 5] == 0;
        String prefix = posix ? text(PREFIX_AT, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String linkName() {
        return text(LINK_AT, 100);
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private long octal(int at, int length) {
        String digits = text(at, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return digits.startsWith("+") ? -1 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
