package glimpse.bench.assembly;

import glimpse.bench.assembly.Instruction.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * An innermost loop: what lies between a branch backwards and its target, with no other such branch inside. Where a
 * branch's code lies outside a loop and returns to it, several such ranges overlap; the one with the most multiply-adds
 * counts.
 *
 * @param instructions in the order of their addresses
 */
record Loop(List<Instruction> instructions) {
    Loop {
        instructions = List.copyOf(instructions);
    }

    /** Returns the innermost loops of a method. */
    static List<Loop> of(List<Instruction> code) {
        List<Instruction> back = code.stream()
                .filter(i -> i.kind() == Kind.BRANCH && i.target() >= 0 && i.target() <= i.address())
                .toList();
        List<Loop> loops = new ArrayList<>();
        for (Instruction end : back) {
            boolean innermost = back.stream()
                    .noneMatch(other -> other.target() >= end.target()
                            && other.address() <= end.address()
                            && (other.target() > end.target() || other.address() < end.address()));
            if (innermost) {
                loops.add(new Loop(code.stream()
                        .filter(i -> i.address() >= end.target() && i.address() <= end.address())
                        .toList()));
            }
        }
        return loops.stream()
                .filter(loop -> loops.stream().noneMatch(other -> other.overlaps(loop) && other.isFullerThan(loop)))
                .toList();
    }

    private boolean overlaps(Loop other) {
        return instructions.getFirst().address() <= other.instructions.getLast().address()
                && other.instructions.getFirst().address()
                        <= instructions.getLast().address();
    }

    private boolean isFullerThan(Loop other) {
        return multiplyAdds() > other.multiplyAdds()
                || (multiplyAdds() == other.multiplyAdds() && instructions.size() < other.instructions.size());
    }

    /** Returns how many of the instructions are of a kind. */
    long count(Kind kind) {
        return instructions.stream().filter(i -> i.kind() == kind).count();
    }

    /** Returns the number of multiply-adds. */
    long multiplyAdds() {
        return count(Kind.MULTIPLY_ADD) + count(Kind.MULTIPLY_ADD_FROM_STACK);
    }

    /** Returns how many vectors are read from the stack. */
    long stackLoads() {
        return count(Kind.STACK_LOAD) + count(Kind.MULTIPLY_ADD_FROM_STACK);
    }
}
