package glimpse.bench.assembly;

import java.io.IOException;
import java.util.List;

/** A processor architecture, and how its machine code is read. */
enum Architecture {
    /** 64-bit x86, by way of objdump. */
    X86_64,
    /** 64-bit Arm. */
    AARCH64;

    /** Returns the architecture of this virtual machine. */
    static Architecture current() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalStateException("no machine code of " + name + " can be read here");
        };
    }

    /** Returns a method's instructions. */
    List<Instruction> instructions(byte[] code) throws IOException {
        return switch (this) {
            case X86_64 -> X86Code.instructions(code);
            case AARCH64 -> Aarch64Code.instructions(code);
        };
    }
}
