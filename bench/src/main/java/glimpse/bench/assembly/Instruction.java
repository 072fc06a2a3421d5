package glimpse.bench.assembly;

/**
 * A machine instruction, as far as spills are concerned.
 *
 * @param address place in the method's code, in bytes
 * @param kind what it does
 * @param target where a branch goes; -1 if it isn't known
 */
record Instruction(int address, Kind kind, int target) {
    /** What an instruction does. */
    enum Kind {
        /** A fused multiply-add of vectors. */
        MULTIPLY_ADD,
        /** A fused multiply-add of vectors with one operand on the stack. */
        MULTIPLY_ADD_FROM_STACK,
        /** Reads a vector, or one number into a vector, from elsewhere than the stack. */
        LOAD,
        /** Reads a vector from the stack. */
        STACK_LOAD,
        /** Writes a vector to the stack. */
        STACK_STORE,
        /** Moves an integer to or from a vector register: C2's spill of an integer. */
        INTEGER_MOVE,
        /** A jump, conditional or not. */
        BRANCH,
        /** A call. */
        CALL,
        /** Anything else. */
        OTHER
    }

    /** An instruction that doesn't branch. */
    Instruction(int address, Kind kind) {
        this(address, kind, -1);
    }
}
