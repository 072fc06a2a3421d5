package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineNameTest {
    @Test
    void slugKeepsLettersAndDigitsAndDropsTrademarks() {
        assertThat(MachineName.slug("Intel(R) Xeon(R) Platinum 8488C")).isEqualTo("intel-xeon-platinum-8488c");
        assertThat(MachineName.slug(" AMD EPYC 9R14 ")).isEqualTo("amd-epyc-9r14");
    }
}
