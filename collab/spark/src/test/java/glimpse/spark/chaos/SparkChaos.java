package glimpse.spark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Attacks an evaluation on a real master with two workers: kills executors and drivers at random moments. Whatever
 * happens, the results must equal those of one machine, byte for byte. Arguments: Spark's home, the program's jar,
 * scripts/glimpse, a folder to work in, kills, a seed.
 */
final class SparkChaos {
    private static final List<String> EVALUATE = List.of(
            "evaluate",
            "--edge",
            "fashion-mnist/edge",
            "--server",
            "fashion-mnist/server",
            "--data",
            "fashion-mnist",
            "--limit",
            "6000",
            "--select",
            "sum:0.5,top:12",
            "--gate",
            "min-entropy:0.03",
            "--server-baseline");
    private static final List<String> CONFIGURATION = List.of("spark.glimpse.imagesPerTask=100");
    private static final int DRIVER_EVERY = 4; // kills
    private static final int LONGEST_CALM_MILLIS = 2500;
    private static final int POLL_MILLIS = 50;
    private static final int PATIENCE_MINUTES = 10; // to tell slow from never

    private final StandaloneCluster cluster;
    private final Path reference;
    private final Path out;
    private final Random random;
    private int runs;
    private int executorKills;
    private int driverKills;

    private SparkChaos(StandaloneCluster cluster, Path reference, Path out, Random random) {
        this.cluster = cluster;
        this.reference = reference;
        this.out = out;
        this.random = random;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[3]);
        int kills = Integer.parseInt(arguments[4]);
        Random random = new Random(Long.parseLong(arguments[5]));
        Path reference = work.resolve("reference");
        List<String> alone = new ArrayList<>(List.of(arguments[2]));
        alone.addAll(to(reference));
        Process single = new ProcessBuilder(alone)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("reference.log").toFile())
                .start();
        boolean good = single.waitFor() == 0;
        try (StandaloneCluster cluster = new StandaloneCluster(
                Path.of(arguments[0]), Path.of(arguments[1]), work.resolve("cluster"), Placement.free(2))) {
            good = good && new SparkChaos(cluster, reference, work.resolve("out"), random).run(kills);
        }
        System.exit(good ? 0 : 1);
    }

    private static List<String> to(Path folder) {
        List<String> command = new ArrayList<>(EVALUATE);
        command.addAll(List.of("--out", folder.toString()));
        return command;
    }

    private boolean run(int kills) throws IOException, InterruptedException {
        if (!finish(submit())) {
            return false;
        }
        Process driver = submit();
        while (executorKills + driverKills < kills) {
            if (!awaitExecutor(driver)) {
                if (!finish(driver)) {
                    return false;
                }
                driver = submit();
                continue;
            }
            Thread.sleep(random.nextInt(LONGEST_CALM_MILLIS));
            if ((executorKills + driverKills) % DRIVER_EVERY == DRIVER_EVERY - 1) {
                driverKills += driver.isAlive() ? 1 : 0;
                if (driver.isAlive()) {
                    driver.destroyForcibly().waitFor();
                    driver = submit();
                }
            } else {
                List<ProcessHandle> executors = cluster.executors();
                if (!executors.isEmpty() && driver.isAlive()) {
                    executors.get(random.nextInt(executors.size())).destroyForcibly();
                    executorKills++;
                }
            }
        }
        if (!finish(driver)) {
            return false;
        }
        System.out.println(executorKills + " executors and " + driverKills + " drivers killed in " + runs
                + " runs: all results equal those of one machine.");
        return true;
    }

    private Process submit() throws IOException {
        return cluster.submit("driver", CONFIGURATION, to(out));
    }

    /** Waits until an executor runs; false if the driver ends before. */
    private boolean awaitExecutor(Process driver) throws InterruptedException {
        while (driver.isAlive()) {
            if (!cluster.executors().isEmpty()) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    /** Waits for the end of a run, compares its results and deletes them. */
    private boolean finish(Process driver) throws IOException, InterruptedException {
        if (!driver.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            driver.destroyForcibly();
            System.err.println("scripts/chaos: the driver doesn't end");
            return false;
        }
        runs++;
        String problem = driver.exitValue() == 0
                ? Results.difference(out, reference)
                        .map(name -> "differs from one machine's: " + name)
                        .orElse("")
                : "exit code " + driver.exitValue();
        if (!problem.isEmpty()) {
            System.err.println("scripts/chaos: run " + runs + ", after " + executorKills + " executors and "
                    + driverKills + " drivers were killed: " + problem);
            List<String> log = Files.readAllLines(cluster.log("driver"));
            log.subList(Math.max(0, log.size() - 20), log.size()).forEach(System.err::println);
            return false;
        }
        Results.delete(out);
        return true;
    }
}
