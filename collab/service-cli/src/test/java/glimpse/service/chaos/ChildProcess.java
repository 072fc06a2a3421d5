package glimpse.service.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that is attacked and looked at from outside (Linux). */
final class ChildProcess implements AutoCloseable {
    private static final int KIB = 1024;

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a command; what it prints is appended to a file. */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        File file = log.toFile();
        return new ChildProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal: KILL, STOP, CONT or TERM. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits until the process has ended. */
    void await() throws InterruptedException {
        process.waitFor();
    }

    /** Returns what the process holds now; its heap after a full collection. */
    Resources resources() throws IOException, InterruptedException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        int files;
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            files = (int) open.count();
        }
        int threads;
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            threads = (int) tasks.count();
        }
        jcmd("GC.run");
        String heap = jcmd("GC.heap_info");
        long used = Long.parseLong(heap.replaceFirst("(?s).*?used (\\d+)K.*", "$1"));
        return new Resources(files, threads, used * KIB);
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process jcmd = new ProcessBuilder(java.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + out);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What a process holds.
     *
     * @param files open, connections included
     * @param threads of the system
     * @param heapBytes used after a full collection
     */
    record Resources(int files, int threads, long heapBytes) {
        private static final int MORE_FILES = 12; // connections, and classes that were loaded meanwhile
        private static final int MORE_THREADS = 8;
        private static final long MORE_HEAP_BYTES = 8L << 20;

        /** Returns whether this is more than an earlier look explains. */
        boolean hasGrownSince(Resources earlier) {
            return files > earlier.files + MORE_FILES
                    || threads > earlier.threads + MORE_THREADS
                    || heapBytes > earlier.heapBytes + MORE_HEAP_BYTES;
        }

        @Override
        public String toString() {
            return files + " files, " + threads + " threads, " + heapBytes / KIB + " KiB of heap";
        }
    }
}
