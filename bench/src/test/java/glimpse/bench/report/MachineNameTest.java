package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MachineNameTest {
    @Test
    void slugKeepsLettersAndDigitsAndDropsTrademarks() {
        assertThat(MachineName.slug("Intel(R) Xeon(R) Platinum 8488C")).isEqualTo("intel-xeon-platinum-8488c");
        assertThat(MachineName.slug(" AMD EPYC 9R14 ")).isEqualTo("amd-epyc-9r14");
    }

    @Test
    void resultsOfAnInstructionSetHaveTheirOwnFile() throws IOException {
        String name = MachineName.fileName(InstructionSet.NATIVE);
        assertThat(name).endsWith(System.getProperty("java.version"));
        assertThat(MachineName.fileName(InstructionSet.AVX2)).isEqualTo(name + "-avx2");
        assertThat(MachineName.title(InstructionSet.AVX2)).contains(" held to AVX2, ");
    }
}
