package glimpse.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What HotSpot prints of compiled methods where it has no disassembler. */
class CompiledMethodTest {
    private static final List<String> CODE = List.of(
            " main code      [0x00007f8cf3eeec00,0x00007f8cf3eeec0c] = 12",
            "[MachCode]",
            "[Verified Entry Point]",
            "  # {method} {0x00007f8ce470a070} 'rows2' '(I[FI)V' in 'glimpse/engine/kernel/Avx2Gemm'",
            "  0x00007f8cf3eeec00: ;   {runtime_call Stub::method_entry_barrier}",
            "  0x00007f8cf3eeec00: 8984 2400 | c0fe ff55 ",
            "  0x00007f8cf3eeec08: 4881 ec70 ; ImmutableOopMap {rdx=Oop }",
            "[/MachCode]");

    @Test
    void theCodeIsWhatStandsBetweenTheMarks() {
        List<CompiledMethod> methods =
                parse("Compiled method (c2) 2014  511       4       glimpse.engine.kernel.Avx2Gemm::rows2 (689 bytes)");
        assertThat(methods).hasSize(1);
        assertThat(methods.getFirst().name()).isEqualTo("Avx2Gemm.rows2");
        assertThat(methods.getFirst().code()).isEqualTo(HexFormat.of().parseHex("89842400c0feff554881ec70"));
    }

    @Test
    void codeOfTheOtherCompilerAndReplacedLoopsAreLeftOut() {
        assertThat(
                        parse(
                                "Compiled method (c1) 805  506       3       glimpse.engine.kernel.Avx2Gemm::rows2 (689 bytes)"))
                .isEmpty();
        assertThat(parse("Compiled method (c2) 1761  510 %     4       glimpse.engine.kernel.Avx2Gemm::rows2 @ 242 (689"
                        + " bytes)"))
                .isEmpty();
    }

    private static List<CompiledMethod> parse(String header) {
        return CompiledMethod.parse(
                Stream.concat(Stream.of(header), CODE.stream()).toList());
    }
}
