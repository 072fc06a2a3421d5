package glimpse.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code glimpse serve} as a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");
    // rank, instances, bytes, class
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+)", Pattern.MULTILINE);
    private static final int KIB = 1024;
    private static final int STOPPING_SECONDS = 30;

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param models the files, by what the server is to call them
     * @param options more options of {@code serve}
     */
    static ServerProcess start(Path program, Map<String, Path> models, int threads, List<String> options)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "serve", "--port=0", "--threads=" + threads));
        models.forEach((name, file) -> command.add("--name=" + name + "=" + file));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofVirtual().start(() -> err.lines().forEach(System.err::println));
                return new ServerProcess(process, URI.create(ready.group(1)));
            }
            System.err.println(line);
        }
        throw new IOException("the server didn't start");
    }

    /** Returns the address of a model's patches. */
    URI patches(String model) {
        return uri.resolve("/v1/models/" + model + "/patches");
    }

    /**
     * Returns the bytes of the objects that are live, which a full collection finds. The heap in use may be more: a
     * collector that moves little fills gaps with objects of its own.
     */
    long liveBytes() throws IOException, InterruptedException {
        long bytes = 0;
        Matcher line = HISTOGRAM_LINE.matcher(jcmd("GC.class_histogram"));
        while (line.find()) { // once per class
            if (!line.group(2).contains("jdk.internal.vm.Filler")) {
                bytes += Long.parseLong(line.group(1));
            }
        }
        if (bytes == 0) {
            throw new IOException("jcmd doesn't tell how many bytes are live");
        }
        return bytes;
    }

    /**
     * What a process holds.
     *
     * @param residentBytes of its memory
     * @param threads that live
     * @param files that are open, sockets included
     */
    record Held(long residentBytes, int threads, int files) {}

    /** Returns what the process holds. Linux only. */
    Held held() throws IOException {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            List<String> status = Files.readAllLines(folder.resolve("status"));
            return new Held(
                    number(status, "VmRSS:") * KIB, Math.toIntExact(number(status, "Threads:")), (int) files.count());
        }
    }

    private static long number(List<String> status, String name) throws IOException {
        for (String line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        throw new IOException("/proc has no " + name);
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String out = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + out.strip());
        }
        return out;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
