package glimpse.engine;

import glimpse.engine.kernel.FirstCalls;

/**
 * Has the virtual machine compile the kernels while a program still reads its options, its model and its image. Before
 * they are compiled, every vector is an object, and a pass takes fifty times as long.
 */
public final class EarlyCompilation {
    private EarlyCompilation() {}

    /**
     * Starts a thread that calls each kernel a few times, and returns. The thread ends by itself. A few calls suffice
     * if the virtual machine is told to compile the kernels at once and to wait for the compiler, as
     * {@code scripts/glimpse} does (-XX:CompileCommand); otherwise they change nothing.
     */
    public static void start() {
        Thread.ofPlatform().daemon().name("glimpse-early-compilation").start(FirstCalls::run);
    }
}
