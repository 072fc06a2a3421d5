package glimpse.engine.kernel;

/**
 * Chooses the kernels once per process: vector kernels where the module of the Vector API and a compiler are available,
 * otherwise scalar kernels and one log line that says why. Nothing here loads a class of the Vector API before that is
 * known.
 */
public final class KernelProvider {
    private static final Kernels KERNELS = choose();

    private KernelProvider() {}

    /** Returns the kernels of this process. */
    public static Kernels kernels() {
        return KERNELS;
    }

    private static Kernels choose() {
        String obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return new VectorKernels();
        }
        System.getLogger("glimpse.engine").log(System.Logger.Level.WARNING, "scalar kernels: " + obstacle);
        return new ScalarKernels(16);
    }

    private static String obstacle() {
        if (Boolean.getBoolean("glimpse.scalar")) {
            return "the system property glimpse.scalar is set";
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return "start Java with --add-modules jdk.incubator.vector to use vectors";
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted mode")) {
            return "the virtual machine runs without a JIT compiler";
        }
        return "";
    }
}
