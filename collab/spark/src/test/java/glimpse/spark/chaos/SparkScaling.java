package glimpse.spark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures an evaluation on one machine, and on a master with one and two workers of one core each. Arguments: Spark's
 * home, the program's jar, scripts/glimpse, a folder to work in, then those of glimpse evaluate without --out.
 */
final class SparkScaling {
    private static final Pattern SPEED = Pattern.compile("(\\d+) images in ([0-9.]+) s");

    private final Path home;
    private final Path jar;
    private final String glimpse;
    private final Path work;
    private final List<String> evaluate;
    private Optional<Path> first = Optional.empty(); // results that all others must equal
    private int runs;

    private SparkScaling(List<String> arguments) {
        this.home = Path.of(arguments.get(0));
        this.jar = Path.of(arguments.get(1));
        this.glimpse = arguments.get(2);
        this.work = Path.of(arguments.get(3));
        this.evaluate = arguments.subList(4, arguments.size());
    }

    /** Seconds of the whole process, and of computing the rows alone. */
    private record Times(double whole, double rows) {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            new SparkScaling(List.of(arguments)).measure();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void measure() throws IOException, InterruptedException {
        List<Integer> cores = Placement.cores();
        System.out.println("                                          whole s   rows s");
        if (cores.size() >= 2) {
            onTheSameCores(cores.subList(0, 2));
        } else {
            System.out.println("Processes can't be held to two cores, which takes Linux, taskset and two cores.");
        }
        anywhere();
    }

    /** Measures glimpse and Spark on one core and on two, to which all their processes are held. */
    private void onTheSameCores(List<Integer> cores) throws IOException, InterruptedException {
        Times glimpseOne = alone("one core: glimpse, 1 thread", cores.subList(0, 1), 1);
        Times one = cluster("one core: Spark, 1 executor", Placement.ofCores(cores.subList(0, 1)));
        Times glimpseTwo = alone("two cores: glimpse, 2 threads", cores, 2);
        Times two = cluster("two cores: Spark, 2 executors", Placement.ofCores(cores));
        System.out.println(
                "Each executor was held to a core of its own, and all of Spark and glimpse to the same one or two"
                        + " cores, on which the driver and Java's compilers take their share, too.");
        printScaling(one, two);
        printOverhead("one core", one, glimpseOne);
        printOverhead("two cores", two, glimpseTwo);
    }

    /** Measures Spark alone, with processes that may use all cores of the machine. */
    private void anywhere() throws IOException, InterruptedException {
        Times one = cluster("any core: Spark, 1 executor", Placement.free(1));
        Times two = cluster("any core: Spark, 2 executors", Placement.free(2));
        System.out.println(
                "These could use all cores of the machine: on two, a single executor has the other one for driver,"
                        + " compilers and collector, and two executors don't.");
        printScaling(one, two);
    }

    private Times alone(String what, List<Integer> cores, int threads) throws IOException, InterruptedException {
        Path out = out();
        List<String> command = new ArrayList<>(List.of(glimpse));
        command.addAll(to(out));
        command.addAll(List.of("--threads", "" + threads));
        Path log = out.resolveSibling(out.getFileName() + ".log");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(Placement.held(Placement.list(cores), command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return finish(what, process, start, log, out);
    }

    private Times cluster(String what, Placement placement) throws IOException, InterruptedException {
        Path out = out();
        Path folder = out.resolveSibling(out.getFileName() + "-spark");
        try (StandaloneCluster cluster = new StandaloneCluster(home, jar, folder, placement)) {
            cluster.awaitWorkers();
            Thread.sleep(2000); // the rest of their own start isn't measured either
            long start = System.nanoTime();
            Process driver = cluster.submit("driver", List.of(), to(out));
            return finish(what, driver, start, cluster.log("driver"), out);
        }
    }

    private Path out() {
        return work.resolve("run" + ++runs);
    }

    private List<String> to(Path folder) {
        List<String> command = new ArrayList<>(List.of("evaluate"));
        command.addAll(evaluate);
        command.addAll(List.of("--out", folder.toString(), "--fresh"));
        return command;
    }

    private Times finish(String what, Process process, long start, Path log, Path out)
            throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        double whole = (System.nanoTime() - start) / 1e9;
        String text = Files.readString(log);
        Matcher speed = SPEED.matcher(text);
        if (exitCode != 0 || !speed.find()) {
            throw new IOException(log + ": exit code " + exitCode + "\n" + text);
        }
        Times times = new Times(whole, Double.parseDouble(speed.group(2)));
        System.out.printf(Locale.ROOT, "%-40s %8.1f %8.1f%n", what, times.whole, times.rows);
        if (first.isPresent()) {
            Results.difference(first.get(), out)
                    .ifPresent(name -> System.out.println("the results differ from the first run's: " + name));
        } else {
            first = Optional.of(out);
        }
        return times;
    }

    private static void printScaling(Times one, Times two) {
        System.out.printf(
                Locale.ROOT,
                "two executors against one: %.2f times the rows per second, %.2f times as a whole%n",
                one.rows / two.rows,
                one.whole / two.whole);
    }

    private static void printOverhead(String cores, Times spark, Times glimpse) {
        System.out.printf(
                Locale.ROOT,
                "Spark against glimpse on %s: %+.1f %% for the rows, %+.1f %% as a whole%n",
                cores,
                100 * (spark.rows / glimpse.rows - 1),
                100 * (spark.whole / glimpse.whole - 1));
    }
}
