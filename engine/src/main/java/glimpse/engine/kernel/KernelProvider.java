package glimpse.engine.kernel;

/**
 * Chooses the kernels once: vectors where the Vector API's module and the C2 compiler are there, otherwise scalar code
 * and one line in the log that says why. Nothing here touches the Vector API before it knows that it can.
 */
public final class KernelProvider {
    private static final Kernels KERNELS = choose();

    private KernelProvider() {}

    /** The kernels of this process. */
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
            return "asked for by glimpse.scalar";
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return "start Java with --add-modules jdk.incubator.vector for vector ones";
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted mode")) {
            return "the virtual machine runs without a compiler";
        }
        return "";
    }
}
