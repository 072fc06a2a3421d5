package glimpse.spark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which processors the processes of a cluster may run on.
 *
 * @param workers a list of processors, as taskset takes it, for each worker and its executor; empty for any
 * @param others the same for master and driver
 */
record Placement(List<String> workers, String others) {
    private static final String ANYWHERE = "";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Copies the list. */
    Placement {
        workers = List.copyOf(workers);
    }

    /** Lets all processes run anywhere. */
    static Placement free(int workers) {
        return new Placement(Collections.nCopies(workers, ANYWHERE), ANYWHERE);
    }

    /** Holds each worker and its executor to one core, and master and driver to all of these cores. */
    static Placement ofCores(List<Integer> cores) {
        return new Placement(cores.stream().map(String::valueOf).toList(), list(cores));
    }

    /** Writes processors as taskset takes them. */
    static String list(List<Integer> processors) {
        return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Returns a command that runs on some processors alone. */
    static List<String> held(String processors, List<String> command) {
        if (processors.equals(ANYWHERE)) {
            return command;
        }
        List<String> held = new ArrayList<>(List.of("taskset", "-c", processors));
        held.addAll(command);
        return held;
    }

    /**
     * Returns one processor of each core that this process may use; empty where processes can't be held to them, which
     * takes Linux and its taskset.
     */
    static List<Integer> cores() throws IOException, InterruptedException {
        if (!Files.exists(STATUS) || !hasTaskset()) {
            return List.of();
        }
        Map<String, Integer> firstOfCore = new LinkedHashMap<>();
        for (int processor : allowed()) {
            Path siblings = Path.of("/sys/devices/system/cpu/cpu" + processor + "/topology/thread_siblings_list");
            String core = Files.exists(siblings) ? Files.readString(siblings) : "" + processor;
            firstOfCore.putIfAbsent(core, processor);
        }
        return List.copyOf(firstOfCore.values());
    }

    private static boolean hasTaskset() throws InterruptedException {
        try {
            return new ProcessBuilder("taskset", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Integer> allowed() throws IOException {
        String ranges = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(ALLOWED))
                .map(line -> line.substring(ALLOWED.length()).strip())
                .findFirst()
                .orElse("");
        List<Integer> processors = new ArrayList<>();
        for (String range : ranges.isEmpty() ? new String[0] : ranges.split(",", -1)) {
            String[] ends = range.split("-", -1);
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(processors::add);
        }
        return processors;
    }
}
