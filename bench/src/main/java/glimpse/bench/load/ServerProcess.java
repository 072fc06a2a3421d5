package glimpse.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code glimpse serve} as a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");
    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final int KIB = 1024;
    private static final int STOPPING_SECONDS = 30;

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts a server of one model, which is called {@code model}, and waits until it is ready.
     *
     * @param options more options of {@code serve}
     */
    static ServerProcess start(Path program, Path model, int threads, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "serve", "--name=model=" + model, "--port=0", "--threads=" + threads));
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

    /** Returns the address of the model's patches. */
    URI patches() {
        return uri.resolve("/v1/models/model/patches");
    }

    /** Returns the bytes of the heap that are in use after a full collection. */
    long heapBytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        long kib = 0;
        while (used.find()) { // once per generation
            kib += Long.parseLong(used.group(1));
        }
        if (kib == 0) {
            throw new IOException("jcmd doesn't tell how much of the heap is used");
        }
        return kib * KIB;
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
