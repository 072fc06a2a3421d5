package glimpse.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.bench.assembly.Instruction.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loops are found by their branches backwards. */
class LoopTest {
    @Test
    void onlyInnermostLoopsCount() {
        List<Loop> loops = Loop.of(List.of(
                new Instruction(0, Kind.STACK_STORE),
                new Instruction(4, Kind.MULTIPLY_ADD),
                new Instruction(8, Kind.STACK_LOAD),
                new Instruction(12, Kind.BRANCH, 4),
                new Instruction(16, Kind.STACK_STORE),
                new Instruction(20, Kind.BRANCH, 0)));
        assertThat(loops).hasSize(1);
        assertThat(loops.getFirst().multiplyAdds()).isEqualTo(1);
        assertThat(loops.getFirst().stackLoads()).isEqualTo(1);
        assertThat(loops.getFirst().count(Kind.STACK_STORE)).isZero();
    }

    @Test
    void aBranchForwardIsNoLoop() {
        assertThat(Loop.of(List.of(new Instruction(0, Kind.BRANCH, 8), new Instruction(4, Kind.MULTIPLY_ADD))))
                .isEmpty();
    }

    @Test
    void aMultiplyAddFromTheStackIsAReadOfTheStack() {
        Loop loop = Loop.of(
                        List.of(new Instruction(0, Kind.MULTIPLY_ADD_FROM_STACK), new Instruction(8, Kind.BRANCH, 0)))
                .getFirst();
        assertThat(loop.multiplyAdds()).isEqualTo(1);
        assertThat(loop.stackLoads()).isEqualTo(1);
    }
}
