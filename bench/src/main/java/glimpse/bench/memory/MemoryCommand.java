package glimpse.bench.memory;

import glimpse.bench.DeitSize;
import glimpse.bench.RandomModel;
import glimpse.bench.SyntheticJpeg;
import glimpse.engine.weights.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench memory}: live heap, resident set and time of a model by the type of its stored weights. */
@Command(
        name = "memory",
        description = "Measures the memory that a model takes, by the type of its stored weights and the collector.",
        sortOptions = false)
public final class MemoryCommand implements Callable<Integer> {
    private static final List<DType> TYPES = List.of(DType.F32, DType.F16, DType.BF16, DType.I8);
    private static final double MB = 1e6;

    /** A garbage collector. */
    private enum Collector {
        SERIAL,
        G1;

        /** Returns the options that follow the launcher's. */
        List<String> options() {
            return switch (this) {
                case SERIAL -> List.of();
                case G1 -> List.of("-XX:-UseSerialGC", "-XX:+UseG1GC");
            };
        }
    }

    @Option(names = "--program", required = true, paramLabel = "FILE", description = "The glimpse to start.")
    @SuppressWarnings("NullAway.Init")
    private Path program;

    @Option(names = "--model", paramLabel = "SIZE", defaultValue = "BASE", description = "TINY, SMALL or BASE.")
    @SuppressWarnings("NullAway.Init")
    private DeitSize size;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "15",
            description = "Passes that are timed, with one thread; 0 leaves the time out.")
    private int passes;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "Processes of each kind, in turn.")
    private int rounds;

    private MemoryCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glimpse-bench");
        try {
            Path image = Files.write(folder.resolve("image.jpg"), SyntheticJpeg.encode(500, 375, 1));
            for (DType type : TYPES) {
                RandomModel.write(size.config(), type, folder.resolve(type + ".safetensors"));
            }
            System.out.println("| weights | collector | live heap, MB | classify: peak resident set, MB | pass, ms |");
            System.out.println("|---|---|---|---|---|");
            for (int round = 0; round < rounds; round++) {
                for (Collector collector : Collector.values()) {
                    for (DType type : TYPES) {
                        System.out.println(row(type, collector, folder.resolve(type + ".safetensors"), image));
                    }
                }
            }
            return 0;
        } finally {
            deleteAll(folder);
        }
    }

    private String row(DType type, Collector collector, Path model, Path image)
            throws IOException, InterruptedException {
        List<String> probe = probe(model, collector).lines().toList();
        long resident = classify(model, image, collector);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.1f |",
                type.name().toLowerCase(Locale.ROOT),
                collector.name().toLowerCase(Locale.ROOT),
                Long.parseLong(probe.getFirst()) / MB,
                resident / MB,
                Double.parseDouble(probe.getLast()));
    }

    /** Runs the probe with this process's options. */
    private String probe(Path model, Collector collector) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC", "-XX:ObjectAlignmentInBytes=64"));
        command.addAll(collector.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryProbe.class.getName()));
        command.addAll(List.of(model.toString(), Integer.toString(passes)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the probe of " + model.getFileName() + " failed");
        }
        return out;
    }

    /** Returns the most memory, in bytes, that {@code glimpse classify} of one image held at once. Linux only. */
    private long classify(Path model, Path image, Collector collector) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "classify", "--model", model.toString(), image.toString());
        builder.environment().put("GLIMPSE_JAVA_OPTIONS", String.join(" ", collector.options()));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, PeakMemory.bytes(process.pid()));
            Thread.sleep(1);
        }
        if (process.exitValue() != 0) {
            throw new IOException("glimpse classify of " + model.getFileName() + " failed");
        }
        return peak;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
