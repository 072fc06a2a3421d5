package glimpse.engine.kernel;

import java.util.Map;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * What this virtual machine makes of the kernels' code: vectors only become fast code in HotSpot's C2 compiler, on
 * processors for which it has vectors, and a fused multiply-add only where the processor has an instruction for it. A
 * virtual machine of another name isn't trusted with vectors: without fast code for them it would be hundreds of times
 * slower, and short of a measurement nothing tells beforehand.
 *
 * @param name of the product: system property {@code java.vm.name}
 * @param info how it compiles: system property {@code java.vm.info}
 * @param vectors whether the module of the Vector API is present
 * @param vectorBits the length of the compiler's vectors; 64 if it has none, 0 if it wasn't asked
 * @param fused whether a fused multiply-add is an instruction
 * @param options HotSpot's options by name; empty where they can't be asked for
 */
record VirtualMachine(
        String name, String info, boolean vectors, int vectorBits, boolean fused, Map<String, String> options) {
    static final VirtualMachine CURRENT = current();

    private static final int C2_LEVEL = 4;
    private static final int SHORTEST_VECTOR_BITS = 128;
    private static final int AVX2_BITS = 256;

    private static VirtualMachine current() {
        String name = System.getProperty("java.vm.name", "");
        boolean vectors = hasModule("jdk.incubator.vector");
        Map<String, String> options = isHotSpot(name) && hasModule("jdk.management") ? HotSpotOptions.read() : Map.of();
        String info = System.getProperty("java.vm.info", "");
        boolean otherObstacle = new VirtualMachine(name, info, vectors, AVX2_BITS, true, options)
                .obstacle()
                .isPresent();
        int vectorBits = otherObstacle ? 0 : PreferredVector.bits();
        return new VirtualMachine(name, info, vectors, vectorBits, fuses(name, vectors, options), options);
    }

    /**
     * Where the option can't be asked for, HotSpot is taken to fuse on AArch64, which always has the instruction, and
     * with AVX2's vectors, which came with it. In doubt a product is rounded: the other mistake would never end.
     */
    private static boolean fuses(String name, boolean vectors, Map<String, String> options) {
        String option = options.get("UseFMA");
        if (option != null) {
            return option.equals("true");
        }
        boolean always = System.getProperty("os.arch", "").equals("aarch64");
        return isHotSpot(name) && (always || (vectors && PreferredVector.bits() >= AVX2_BITS));
    }

    /** Loads the Vector API, and so is a class of its own. */
    private static final class PreferredVector {
        static int bits() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }

    private static boolean hasModule(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    private static boolean isHotSpot(String name) {
        return name.contains("OpenJDK") || name.contains("HotSpot");
    }

    /** Returns why vectors can't be used or would be slow; empty if there is no reason. */
    Optional<String> obstacle() {
        if (!vectors) {
            return Optional.of("start Java with --add-modules jdk.incubator.vector to use vectors");
        }
        if (!isHotSpot(name) || !name.contains("Server VM")) {
            return Optional.of("vectors need HotSpot's C2 compiler, and this virtual machine is " + name);
        }
        if (info.contains("interpreted mode")
                || options.getOrDefault("UseCompiler", "").equals("false")) {
            return Optional.of("the virtual machine runs without a compiler (-Xint)");
        }
        if (info.contains("emulated-client") || lastLevel() < C2_LEVEL) {
            return Optional.of("the virtual machine runs without the C2 compiler"
                    + " (-XX:TieredStopAtLevel=1, as some frameworks and IDEs set)");
        }
        if (options.getOrDefault("UseJVMCICompiler", "").equals("true")) {
            return Optional.of("vectors need HotSpot's C2 compiler, and another one has its place");
        }
        if (vectorBits < SHORTEST_VECTOR_BITS) {
            return Optional.of("this virtual machine has no vectors for this processor");
        }
        return fused ? Optional.empty() : Optional.of("this processor has no fused multiply-add");
    }

    private int lastLevel() {
        try {
            return Integer.parseInt(options.getOrDefault("TieredStopAtLevel", String.valueOf(C2_LEVEL)));
        } catch (NumberFormatException e) {
            return C2_LEVEL;
        }
    }
}
