package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualMachineTest {
    private static final String SHARING = "mixed mode, sharing";

    @ParameterizedTest
    @ValueSource(strings = {"OpenJDK 64-Bit Server VM", "Java HotSpot(TM) 64-Bit Server VM"})
    void hotSpotWithC2RunsVectors(String name) {
        Map<String, String> options = Map.of("UseFMA", "true", "UseCompiler", "true", "TieredStopAtLevel", "4");
        assertThat(new VirtualMachine(name, SHARING, true, 256, true, options).obstacle())
                .isEmpty();
        assertThat(new VirtualMachine(name, SHARING, true, 256, true, Map.of()).obstacle())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Eclipse OpenJ9 VM", "Zing 64-Bit Tiered VM", "OpenJDK 64-Bit Zero VM", "OpenJDK Client VM", ""})
    void otherVirtualMachinesAreNamed(String name) {
        assertThat(new VirtualMachine(name, SHARING, true, 256, true, Map.of()).obstacle())
                .contains("vectors need HotSpot's C2 compiler, and this virtual machine is " + name);
    }

    @Test
    void anotherCompilerInC2sPlaceIsNamed() {
        Map<String, String> options = Map.of("UseJVMCICompiler", "true");
        assertThat(new VirtualMachine("Java HotSpot(TM) 64-Bit Server VM", SHARING, true, 256, true, options)
                        .obstacle())
                .contains("vectors need HotSpot's C2 compiler, and another one has its place");
    }

    @Test
    void emulatedClientHasNoC2WhateverItsOptionsSay() {
        String info = "mixed mode, emulated-client, sharing";
        assertThat(new VirtualMachine("OpenJDK 64-Bit Server VM", info, true, 256, true, Map.of()).obstacle())
                .get()
                .asString()
                .startsWith("the virtual machine runs without the C2 compiler");
    }

    @Test
    void aProcessorForWhichC2HasNoVectorsIsToldApartByTheirLength() {
        assertThat(new VirtualMachine("OpenJDK 64-Bit Server VM", SHARING, true, 64, true, Map.of()).obstacle())
                .contains("this virtual machine has no vectors for this processor");
        assertThat(new VirtualMachine("OpenJDK 64-Bit Server VM", SHARING, true, 128, true, Map.of()).obstacle())
                .isEmpty();
    }
}
