package glimpse.spark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures an evaluation on one machine, and on a master with one and two workers of one core each. Arguments: Spark's
 * home, the program's jar, scripts/glimpse, a folder to work in, then those of glimpse evaluate without --out.
 */
final class SparkScaling {
    private static final Pattern SPEED = Pattern.compile("(\\d+) images in ([0-9.]+) s");

    private SparkScaling() {}

    /** Seconds of the whole process, and of computing the rows alone. */
    private record Times(double whole, double rows) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> all = List.of(arguments);
        Path work = Path.of(arguments[3]);
        List<String> evaluate = all.subList(4, all.size());
        System.out.println("                            whole s   rows s");
        for (int threads = 1; threads <= 2; threads++) {
            List<String> command = new ArrayList<>(List.of(arguments[2]));
            command.addAll(to(work.resolve("alone" + threads), evaluate));
            command.addAll(List.of("--threads", "" + threads));
            Path log = work.resolve("alone" + threads + ".log");
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            print("glimpse, " + threads + " threads", finish(process, start, log));
        }
        Times one = cluster(1, all, work, evaluate);
        Times two = cluster(2, all, work, evaluate);
        System.out.printf(
                Locale.ROOT,
                "two executors against one: %.2f times the rows/s, %.2f times as a whole%n",
                one.rows / two.rows,
                one.whole / two.whole);
        for (String other : List.of("cluster1", "cluster2")) {
            Results.difference(work.resolve("alone1"), work.resolve(other))
                    .ifPresent(name -> System.out.println(other + " differs: " + name));
        }
    }

    private static Times cluster(int workers, List<String> arguments, Path work, List<String> evaluate)
            throws IOException, InterruptedException {
        Path folder = work.resolve("spark" + workers);
        try (StandaloneCluster cluster =
                new StandaloneCluster(Path.of(arguments.get(0)), Path.of(arguments.get(1)), folder, workers)) {
            Thread.sleep(5000); // the workers' own start isn't measured
            long start = System.nanoTime();
            Process driver = cluster.submit("driver", List.of(), to(work.resolve("cluster" + workers), evaluate));
            Times times = finish(driver, start, cluster.log("driver"));
            print(workers + " executors", times);
            return times;
        }
    }

    private static List<String> to(Path folder, List<String> evaluate) {
        List<String> command = new ArrayList<>(List.of("evaluate"));
        command.addAll(evaluate);
        command.addAll(List.of("--out", folder.toString(), "--fresh"));
        return command;
    }

    private static Times finish(Process process, long start, Path log) throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        double whole = (System.nanoTime() - start) / 1e9;
        String text = Files.readString(log);
        Matcher speed = SPEED.matcher(text);
        if (exitCode != 0 || !speed.find()) {
            throw new IOException(log + ": exit code " + exitCode + "\n" + text);
        }
        return new Times(whole, Double.parseDouble(speed.group(2)));
    }

    private static void print(String what, Times times) {
        System.out.printf(Locale.ROOT, "%-26s %8.1f %8.1f%n", what, times.whole, times.rows);
    }
}
