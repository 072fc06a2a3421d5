package glimpse.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The processor, the Java runtime and the instruction set, after which result files are named. */
final class MachineName {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private MachineName() {}

    /**
     * Returns the base name of the result files: {@code amd-ryzen-9-7950x-25-97-25.0.3}, or with {@code -avx2} behind
     * it. Family and model tell processors apart that a virtual machine gives the same name.
     */
    static String fileName(InstructionSet isa) throws IOException {
        String name = slug(String.join(" ", cpu(), info("cpu family", ""), info("model", "")))
                + '-'
                + System.getProperty("java.version");
        return isa == InstructionSet.NATIVE ? name : name + '-' + isa.text();
    }

    /** Returns the title of the report. */
    static String title(InstructionSet isa) throws IOException {
        String held = isa == InstructionSet.NATIVE ? "" : " held to " + isa;
        String family = info("cpu family", "");
        String kind = family.isEmpty() ? "" : " (family " + family + ", model " + info("model", "") + ")";
        return cpu() + kind + held + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("java.vm.name") + ' ' + System.getProperty("java.version");
    }

    /** Returns the text in lower case, with a hyphen for each run of characters that aren't letters or digits. */
    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm)\\)", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static String cpu() throws IOException {
        return info("model name", System.getProperty("os.arch"));
    }

    /** Returns what Linux says about the first processor. */
    private static String info(String name, String otherwise) throws IOException {
        if (Files.exists(CPU_INFO)) {
            for (String line : Files.readAllLines(CPU_INFO)) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                    return line.substring(colon + 1).strip();
                }
            }
        }
        return otherwise;
    }
}
