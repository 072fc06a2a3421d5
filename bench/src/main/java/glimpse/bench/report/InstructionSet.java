package glimpse.bench.report;

import java.util.List;
import java.util.Locale;

/** The vector instructions that a run may use. */
enum InstructionSet {
    /** All that the processor has. */
    NATIVE,
    /** Up to AVX2, on a processor that may have AVX-512: vectors of 256 bits, 16 registers. */
    AVX2;

    /** Returns the options that hold a virtual machine to this set. */
    List<String> jvmOptions() {
        return switch (this) {
            case NATIVE -> List.of();
            case AVX2 -> List.of("-XX:UseAVX=2");
        };
    }

    /** Returns whether this machine can be held to this set. */
    boolean exists() {
        return this == NATIVE || List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    }

    /** Returns the name as an option gives it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
