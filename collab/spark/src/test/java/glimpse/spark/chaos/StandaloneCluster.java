package glimpse.spark.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Spark master and workers that offer one core each, as processes on loopback. */
final class StandaloneCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String REGISTERED = "Successfully registered with master";
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final List<String> OPTIONS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final int PATIENCE_MILLIS = 60_000;

    private final Path home;
    private final Path jar;
    private final Path work;
    private final Path temporary; // what killed processes leave there goes with the folder to work in
    private final Placement placement;
    private final int port;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;

    /**
     * Starts a cluster.
     *
     * @param home a folder with Spark's jars in its folder jars
     * @param jar the program
     * @param work where logs and temporary files go
     * @param placement where its processes run, and how many workers there are
     */
    StandaloneCluster(Path home, Path jar, Path work, Placement placement) throws IOException, InterruptedException {
        this.home = home;
        this.jar = jar;
        this.work = Files.createDirectories(work);
        this.temporary = Files.createDirectories(work.resolve("tmp"));
        this.placement = placement;
        this.port = freePort();
        master = start(
                "master",
                placement.others(),
                List.of("-Xmx512m", "-Dspark.master.rest.enabled=false"),
                "org.apache.spark.deploy.master.Master",
                List.of("--host", LOOPBACK, "--port", "" + port, "--webui-port", "" + freePort()));
        awaitPort();
        for (int i = 0; i < placement.workers().size(); i++) {
            List<String> arguments = List.of(
                    "--host",
                    LOOPBACK,
                    "--cores",
                    "1",
                    "--memory",
                    "2g",
                    "--webui-port",
                    "" + freePort(),
                    "--work-dir",
                    work.resolve("executors" + i).toString(),
                    url());
            workers.add(start(
                    "worker" + i,
                    placement.workers().get(i),
                    List.of("-Xmx256m"),
                    "org.apache.spark.deploy.worker.Worker",
                    arguments));
        }
    }

    private String url() {
        return "spark://" + LOOPBACK + ":" + port;
    }

    /** Starts a driver, which runs a command of the program. */
    Process submit(String name, List<String> configuration, List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--master", url(), "--class", "glimpse.spark.Main"));
        List<String> all = new ArrayList<>(configuration);
        all.addAll(List.of("spark.driver.host=" + LOOPBACK, "spark.executor.memory=1g", "spark.ui.enabled=false"));
        all.add("spark.executor.extraJavaOptions=\"" + temporaryOption() + "\"");
        all.forEach(one -> arguments.addAll(List.of("--conf", one)));
        arguments.add(jar.toString());
        arguments.addAll(command);
        return start(name, placement.others(), List.of("-Xmx1g"), "org.apache.spark.deploy.SparkSubmit", arguments);
    }

    /** Returns the executors' processes. */
    List<ProcessHandle> executors() {
        return workers.stream()
                .flatMap(worker -> worker.toHandle().descendants())
                .filter(process -> commandLine(process).contains(EXECUTOR))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try { // ProcessHandle cuts it off after some thousand characters
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    private Process start(String name, String processors, List<String> options, String type, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add(temporaryOption());
        command.addAll(options);
        command.addAll(List.of("-cp", home.resolve("jars") + File.separator + "*", type));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(Placement.held(processors, command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        Map<String, String> environment = builder.environment();
        environment.putAll(
                Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", LOOPBACK));
        environment.put("SPARK_LOCAL_DIRS", temporary.toString());
        return builder.start();
    }

    private String temporaryOption() {
        return "-Djava.io.tmpdir=" + temporary;
    }

    /** Returns what a process has printed. */
    Path log(String name) {
        return work.resolve(name + ".log");
    }

    private void awaitPort() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (System.nanoTime() < end && master.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the master doesn't answer; " + log("master") + " may say why");
    }

    /** Waits until the master knows all workers. */
    void awaitWorkers() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        for (int i = 0; i < workers.size(); i++) {
            Path log = log("worker" + i);
            while (!Files.readString(log).contains(REGISTERED)) {
                if (System.nanoTime() > end) {
                    throw new IOException("the master doesn't know worker " + i + "; " + log + " may say why");
                }
                Thread.sleep(100);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends all processes. */
    @Override
    public void close() {
        for (Process process :
                Stream.concat(workers.stream(), Stream.of(master)).toList()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
