package glimpse.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.bench.assembly.Instruction.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instructions of 64-bit Arm, encoded as the architecture's manual says. */
class Aarch64CodeTest {
    @Test
    void multiplyAddsOfVectorsOfFourFloats() {
        assertThat(kind(0x4E22CC20)).isEqualTo(Kind.MULTIPLY_ADD); // fmla v0.4s, v1.4s, v2.4s
        assertThat(kind(0x4F821020)).isEqualTo(Kind.MULTIPLY_ADD); // fmla v0.4s, v1.4s, v2.s[0]
        assertThat(kind(0x4E62CC20)).isEqualTo(Kind.OTHER); // fmla v0.2d, v1.2d, v2.2d
        assertThat(kind(0x1F020C20)).isEqualTo(Kind.OTHER); // fmadd s0, s1, s2, s3
    }

    @Test
    void vectorsOnTheStack() {
        assertThat(kind(0x3D800BE5)).isEqualTo(Kind.STACK_STORE); // str q5, [sp, #32]
        assertThat(kind(0x3DC00BE5)).isEqualTo(Kind.STACK_LOAD); // ldr q5, [sp, #32]
        assertThat(kind(0xAD010BE1)).isEqualTo(Kind.STACK_STORE); // stp q1, q2, [sp, #32]
        assertThat(kind(0xAD410BE1)).isEqualTo(Kind.STACK_LOAD); // ldp q1, q2, [sp, #32]
        assertThat(kind(0x3DC00845)).isEqualTo(Kind.LOAD); // ldr q5, [x2, #32]
        assertThat(kind(0x3D800845)).isEqualTo(Kind.OTHER); // str q5, [x2, #32]
        assertThat(kind(0xF90013E5)).isEqualTo(Kind.OTHER); // str x5, [sp, #32]
    }

    @Test
    void integersInVectorRegisters() {
        assertThat(kind(0x1E270041)).isEqualTo(Kind.INTEGER_MOVE); // fmov s1, w2
        assertThat(kind(0x9E660022)).isEqualTo(Kind.INTEGER_MOVE); // fmov x2, d1
        assertThat(kind(0x1E604041)).isEqualTo(Kind.OTHER); // fmov d1, d2
    }

    @Test
    void branchesKeepTheirTargets() {
        assertThat(instructions(0xD503201F, 0xD503201F, 0x54FFFFCB).getLast()) // nop; nop; b.lt -8
                .isEqualTo(new Instruction(8, Kind.BRANCH, 0));
        assertThat(instructions(0x14000003).getFirst()).isEqualTo(new Instruction(0, Kind.BRANCH, 12)); // b +12
        assertThat(instructions(0x35FFFFE1).getFirst()).isEqualTo(new Instruction(0, Kind.BRANCH, -4)); // cbnz w1, -4
        assertThat(instructions(0x36000061).getFirst())
                .isEqualTo(new Instruction(0, Kind.BRANCH, 12)); // tbz w1, #0, +12
        assertThat(kind(0x94000010)).isEqualTo(Kind.CALL); // bl
    }

    private static Kind kind(int word) {
        return instructions(word).getFirst().kind();
    }

    private static List<Instruction> instructions(int... words) {
        ByteBuffer code = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            code.putInt(word);
        }
        return Aarch64Code.instructions(code.array());
    }
}
