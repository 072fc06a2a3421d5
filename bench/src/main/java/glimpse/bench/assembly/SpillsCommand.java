package glimpse.bench.assembly;

import glimpse.bench.assembly.Instruction.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code bench spills}: counts what the compiled loops of the kernels keep on the stack, at every vector width. A
 * micro-kernel whose accumulator is on the stack runs at half its speed.
 */
@Command(
        name = "spills",
        description = "Looks for vectors on the stack in the compiled loops of the kernels; fails if there are.",
        sortOptions = false)
public final class SpillsCommand implements Callable<Integer> {
    /** Names the command that starts a Java for 64-bit Arm. */
    static final String AARCH64_JAVA = "GLIMPSE_AARCH64_JAVA";

    private static final String MICRO_KERNELS = "Gemm.";

    // Compiled as they are used: what they call is inlined.
    private static final Set<String> ELEMENTWISE = Set.of(
            "VectorKernels.gelu",
            "VectorKernels.tanhGelu",
            "VectorKernels.quickGelu",
            "VectorKernels.swiglu",
            "VectorKernels.add",
            "VectorKernels.layerNorm",
            "VectorKernels.softmax",
            "VectorKernels.scaleColumns",
            "VectorKernels.splitPanel",
            "VectorKernels.fillRows");

    private int failures;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println("| kernels | loop | instructions | multiply-adds | loads | stack loads | stack stores"
                + " | integer moves | calls |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        Architecture own = Architecture.current();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        switch (own) {
            case X86_64 -> {
                check(own, java, 2000, "-XX:UseAVX=3");
                check(own, java, 2000, "-XX:UseAVX=2");
                check(own, java, 2000, "-XX:MaxVectorSize=16");
            }
            case AARCH64 -> check(own, java, 2000);
        }
        String foreign = System.getenv(AARCH64_JAVA);
        if (foreign != null) {
            check(Architecture.AARCH64, foreign, 700);
        } else if (own != Architecture.AARCH64) {
            System.err.println(AARCH64_JAVA + " isn't set, leaving out 64-bit Arm");
        }
        return failures == 0 ? 0 : 1;
    }

    private void check(Architecture architecture, String java, int calls, String... options)
            throws IOException, InterruptedException {
        List<String> output = run(java, calls, options);
        String kernels = output.stream()
                .filter(line -> line.startsWith(KernelExercise.KERNELS))
                .findFirst()
                .orElse(KernelExercise.KERNELS)
                .substring(KernelExercise.KERNELS.length());
        int microKernels = 0;
        for (CompiledMethod method : CompiledMethod.parse(output)) {
            boolean micro = method.name().contains(MICRO_KERNELS);
            if (micro || ELEMENTWISE.contains(method.name())) {
                for (Loop loop : Loop.of(architecture.instructions(method.code()))) {
                    if (isHot(loop)) {
                        print(kernels, method.name(), loop);
                        judge(architecture + ", " + kernels + ": " + method.name(), micro, loop);
                        microKernels += micro ? 1 : 0;
                    }
                }
            }
        }
        if (microKernels == 0) {
            fail(kernels + ": no micro-kernel in what " + java + " printed");
        }
    }

    /** Leaves out what only looks like a loop: the code that hands over to the interpreter calls it. */
    private static boolean isHot(Loop loop) {
        return loop.multiplyAdds() > 0 || (loop.count(Kind.LOAD) > 0 && loop.count(Kind.CALL) == 0);
    }

    private static void print(String kernels, String name, Loop loop) {
        System.out.printf(
                "| %s | %s | %d | %d | %d | %d | %d | %d | %d |%n",
                kernels,
                name,
                loop.instructions().size(),
                loop.multiplyAdds(),
                loop.count(Kind.LOAD),
                loop.stackLoads(),
                loop.count(Kind.STACK_STORE),
                loop.count(Kind.INTEGER_MOVE),
                loop.count(Kind.CALL));
    }

    /** An elementwise kernel may read constants from the stack, which costs no more than another load. */
    private void judge(String name, boolean micro, Loop loop) {
        if (loop.count(Kind.STACK_STORE) > 0 || (micro && loop.stackLoads() > 0)) {
            fail(name + " keeps a vector on the stack");
        }
        if (loop.count(Kind.CALL) > 0) {
            fail(name + " calls something in its loop");
        }
    }

    private void fail(String message) {
        failures++;
        System.err.println(message);
    }

    private static List<String> run(String java, int calls, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Xbatch",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=print,glimpse.engine.kernel.*::*",
                "-cp",
                System.getProperty("java.class.path"),
                KernelExercise.class.getName(),
                String.valueOf(calls)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (InputStream output = process.getInputStream()) {
            lines = new String(output.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status);
        }
        return lines;
    }
}
