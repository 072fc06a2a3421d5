package glimpse.bench.assembly;

import glimpse.bench.assembly.Instruction.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions of 64-bit Arm: the few encodings that spills show in, from the Arm Architecture Reference Manual for
 * A-profile (DDI 0487), chapters C4, C6, C7 and C8.
 */
final class Aarch64Code {
    private static final int STACK_POINTER = 31;

    /** The bits of an encoding that are fixed, and their values. */
    private record Encoding(int mask, int bits) {
        boolean matches(int word) {
            return (word & mask) == bits;
        }
    }

    private static final List<Encoding> MULTIPLY_ADDS = List.of(
            new Encoding(0xFFE0FC00, 0x4E20CC00), // FMLA v.4s, v.4s, v.4s
            new Encoding(0xFFC0F400, 0x4F801000), // FMLA v.4s, v.4s, v.s[index]
            new Encoding(0xFFE0E000, 0x65A00000), // FMLA z.s, p/m, z.s, z.s
            new Encoding(0xFFE0E000, 0x65A08000)); // FMAD z.s, p/m, z.s, z.s
    private static final List<Encoding> LOADS = List.of(
            new Encoding(0xFFC00000, 0x3DC00000), // LDR q, [x, #offset]
            new Encoding(0xFFE00C00, 0x3CC00000), // LDUR q, [x, #offset]
            new Encoding(0xFFE00C00, 0x3CE00800), // LDR q, [x, x]
            new Encoding(0xFFC00000, 0xAD400000), // LDP q, q, [x, #offset]
            new Encoding(0xFFC00000, 0xACC00000), // LDP q, q, [x], #offset
            new Encoding(0xFFFFF000, 0x4D40C000), // LD1R v, [x]
            new Encoding(0xFFC00000, 0xBD400000), // LDR s, [x, #offset]
            new Encoding(0xFFE00C00, 0xBC600800), // LDR s, [x, x]
            new Encoding(0xFFC0E000, 0x85804000), // LDR z, [x, #offset]
            new Encoding(0xFFE0E000, 0xA540A000), // LD1W z.s, p/z, [x, #offset]
            new Encoding(0xFFE0E000, 0xA5404000)); // LD1W z.s, p/z, [x, x]
    private static final List<Encoding> STORES = List.of(
            new Encoding(0xFFC00000, 0x3D800000), // STR q, [x, #offset]
            new Encoding(0xFFE00C00, 0x3C800000), // STUR q, [x, #offset]
            new Encoding(0xFFC00000, 0xAD000000), // STP q, q, [x, #offset]
            new Encoding(0xFFC0E000, 0xE5804000), // STR z, [x, #offset]
            new Encoding(0xFFE0E000, 0xE540E000)); // ST1W z.s, p, [x, #offset]
    private static final List<Encoding> INTEGER_MOVES = List.of(
            new Encoding(0x7FBEFC00, 0x1E260000), // FMOV between a general register and s or d
            new Encoding(0xFFE0FC00, 0x4E001C00)); // INS v.d[index], x

    private Aarch64Code() {}

    static List<Instruction> instructions(byte[] code) {
        ByteBuffer words = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
        List<Instruction> instructions = new ArrayList<>();
        while (words.remaining() >= Integer.BYTES) {
            int address = words.position();
            instructions.add(instruction(address, words.getInt()));
        }
        return instructions;
    }

    private static Instruction instruction(int address, int word) {
        if ((word & 0xFC000000) == 0x94000000 || (word & 0xFFFFFC1F) == 0xD63F0000) { // BL, BLR
            return new Instruction(address, Kind.CALL);
        }
        if ((word & 0xFC000000) == 0x14000000) { // B
            return branch(address, word, 0, 26);
        }
        if ((word & 0xFF000010) == 0x54000000 || (word & 0x7E000000) == 0x34000000) { // B.cond, CBZ, CBNZ
            return branch(address, word, 5, 19);
        }
        if ((word & 0x7E000000) == 0x36000000) { // TBZ, TBNZ
            return branch(address, word, 5, 14);
        }
        return new Instruction(address, kind(word));
    }

    /** A branch whose offset, in words, is a field of this many bits. */
    private static Instruction branch(int address, int word, int shift, int bits) {
        int unused = Integer.SIZE - bits;
        int offset = ((word >> shift) << unused) >> unused;
        return new Instruction(address, Kind.BRANCH, address + offset * Integer.BYTES);
    }

    private static Kind kind(int word) {
        boolean stack = (word >> 5 & 31) == STACK_POINTER;
        if (any(MULTIPLY_ADDS, word)) {
            return Kind.MULTIPLY_ADD;
        }
        if (any(LOADS, word)) {
            return stack ? Kind.STACK_LOAD : Kind.LOAD;
        }
        if (any(STORES, word) && stack) {
            return Kind.STACK_STORE;
        }
        return any(INTEGER_MOVES, word) ? Kind.INTEGER_MOVE : Kind.OTHER;
    }

    private static boolean any(List<Encoding> encodings, int word) {
        return encodings.stream().anyMatch(encoding -> encoding.matches(word));
    }
}
