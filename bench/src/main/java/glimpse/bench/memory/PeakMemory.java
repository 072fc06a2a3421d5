package glimpse.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process has held at once. Linux only. */
final class PeakMemory {
    private static final String NAME = "VmHWM:";
    private static final int KIB = 1024;

    private PeakMemory() {}

    /** Returns its bytes; 0 once the process has ended. */
    static long bytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(NAME)) {
                    return Long.parseLong(line.substring(NAME.length())
                                    .replace("kB", "")
                                    .strip())
                            * KIB;
                }
            }
            return 0;
        } catch (IOException e) {
            if (Files.exists(Path.of("/proc/self"))) {
                return 0;
            }
            throw new IOException("the resident set is known on Linux alone", e);
        }
    }
}
