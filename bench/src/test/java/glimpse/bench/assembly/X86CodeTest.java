package glimpse.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.bench.assembly.Instruction.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What objdump prints, as far as spills are concerned. */
class X86CodeTest {
    @Test
    void multiplyAddsAreOfVectorsAlone() {
        assertThat(kind("vfmadd231ps ymm3,ymm1,ymm2")).isEqualTo(Kind.MULTIPLY_ADD);
        assertThat(kind("vfmadd231ps zmm3,zmm1,ZMMWORD PTR [r10+r11*4+0x10]")).isEqualTo(Kind.MULTIPLY_ADD);
        assertThat(kind("vfmadd231ps ymm3,ymm1,YMMWORD PTR [rsp+0x20]")).isEqualTo(Kind.MULTIPLY_ADD_FROM_STACK);
        assertThat(kind("vfmadd231ss xmm3,xmm1,xmm2")).isEqualTo(Kind.OTHER);
    }

    @Test
    void aSpillIsAVectorThatGoesToTheStack() {
        assertThat(kind("vmovdqu YMMWORD PTR [rsp+0x40],ymm0")).isEqualTo(Kind.STACK_STORE);
        assertThat(kind("vmovdqu YMMWORD PTR [rsi+0x40],ymm0")).isEqualTo(Kind.OTHER);
        assertThat(kind("mov    QWORD PTR [rsp+0x8],rax")).isEqualTo(Kind.OTHER);
    }

    @Test
    void loadsAreToldFromReadsOfTheStack() {
        assertThat(kind("vmovdqu ymm0,YMMWORD PTR [rsp+0x40]")).isEqualTo(Kind.STACK_LOAD);
        assertThat(kind("vmovdqu ymm0,YMMWORD PTR [rbx+r8*4+0x40]")).isEqualTo(Kind.LOAD);
        assertThat(kind("vbroadcastss ymm0,DWORD PTR [rbx+r8*4+0x10]")).isEqualTo(Kind.LOAD);
    }

    @Test
    void anIntegerInAVectorRegisterIsNoLoad() {
        assertThat(kind("vmovd  xmm5,r9d")).isEqualTo(Kind.INTEGER_MOVE);
        assertThat(kind("vmovq  rax,xmm5")).isEqualTo(Kind.INTEGER_MOVE);
        assertThat(kind("vmovd  xmm5,DWORD PTR [rbx+0x10]")).isEqualTo(Kind.OTHER);
    }

    @Test
    void branchesKeepTheirTargets() {
        Instruction branch = X86Code.parse(List.of("  9c:\t0f 8c 5e ff ff ff    \tjl     0x40"))
                .getFirst();
        assertThat(branch).isEqualTo(new Instruction(0x9c, Kind.BRANCH, 0x40));
        Instruction away = X86Code.parse(List.of("  9c:\t0f 8c 5e ff ff ff    \tjne    0xffffffffffa911e0"))
                .getFirst();
        assertThat(away.target()).isNegative();
        assertThat(kind("call   0xfffffffffff2a580")).isEqualTo(Kind.CALL);
    }

    @Test
    void otherLinesAreNoInstructions() {
        assertThat(X86Code.parse(List.of("", "code.bin:     file format binary", "00000000 <.data>:")))
                .isEmpty();
    }

    private static Kind kind(String text) {
        return X86Code.parse(List.of("  40:\tc5 fc 58 c1          \t" + text))
                .getFirst()
                .kind();
    }
}
