package glimpse.bench.assembly;

/**
 * A machine instruction, as far as spills are concerned.
 *
 * @param address place in the method's code, in bytes
 * @param kind what it does
 * @param target where a branch goes; negative outside the method and if it isn't known
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
        /** Moves an integer to or from a vector register, where C2 keeps what doesn't fit the others. */
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
