package glimpse.engine.kernel;

import java.util.Optional;

/**
 * Chooses the kernels once per process: vector kernels where they become fast code ({@link VirtualMachine}), otherwise
 * scalar kernels and one log line that says why. Nothing here loads a class of the Vector API before that is known.
 */
public final class KernelProvider {
    private static final Kernels KERNELS = choose();

    private KernelProvider() {}

    /** Returns the kernels of this process. */
    public static Kernels kernels() {
        return KERNELS;
    }

    private static Kernels choose() {
        Optional<String> reason = Boolean.getBoolean("glimpse.scalar")
                ? Optional.of("the system property glimpse.scalar is set")
                : VirtualMachine.CURRENT.obstacle();
        if (reason.isEmpty()) {
            return new VectorKernels();
        }
        String digits = MultiplyAdd.FUSED
                ? ""
                : "; results differ in their last digits from those of processors with fused multiply-add";
        System.getLogger("glimpse.engine").log(System.Logger.Level.WARNING, "scalar kernels: " + reason.get() + digits);
        return new ScalarKernels(16);
    }
}
