package glimpse.engine.parallel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The physical cores that the process may use. The virtual machine knows the limits of the process (affinity and
 * control group); Linux says which logical processors share a core. Two threads on one core share its FMA units and
 * gain nothing.
 *
 * @param count at least 1
 * @param reason how the count was found, in words
 */
public record PhysicalCores(int count, String reason) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    /** Returns those that this process may use. */
    public static PhysicalCores available() {
        int processors = Runtime.getRuntime().availableProcessors();
        try {
            Set<String> cores = new HashSet<>();
            for (int cpu : allowedCpus(Files.readAllLines(STATUS))) {
                Path siblings = CPUS.resolve("cpu" + cpu + "/topology/thread_siblings_list");
                cores.add(Files.readString(siblings).strip());
            }
            if (!cores.isEmpty() && cores.size() < processors) {
                return new PhysicalCores(
                        cores.size(), cores.size() + " physical cores for " + processors + " processors");
            }
        } catch (IOException | NumberFormatException e) {
            return new PhysicalCores(processors, processors + " processors; their cores are unknown");
        }
        return new PhysicalCores(processors, processors + " processors that the process may use");
    }

    /** Reads the processors from a line such as {@code Cpus_allowed_list: 0-3,8}. */
    static Set<Integer> allowedCpus(Iterable<String> status) {
        Set<Integer> cpus = new HashSet<>();
        for (String line : status) {
            if (line.startsWith("Cpus_allowed_list:")) {
                for (String range :
                        line.substring(line.indexOf(':') + 1).strip().split(",", -1)) {
                    int dash = range.indexOf('-');
                    int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                    int last = Integer.parseInt(range.substring(dash + 1));
                    for (int cpu = first; cpu <= last; cpu++) {
                        cpus.add(cpu);
                    }
                }
            }
        }
        return cpus;
    }
}
