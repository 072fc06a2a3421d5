package glimpse.engine.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** Asks HotSpot for its options. To be loaded only where the module jdk.management is present. */
final class HotSpotOptions {
    private static final String[] NAMES = {"UseFMA", "UseCompiler", "TieredStopAtLevel", "UseJVMCICompiler"};

    private HotSpotOptions() {}

    /** Returns the options that this virtual machine has. */
    static Map<String, String> read() {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Map<String, String> options = new HashMap<>();
        if (bean != null) {
            for (String name : NAMES) {
                try {
                    options.put(name, bean.getVMOption(name).getValue());
                } catch (IllegalArgumentException e) {
                    // a virtual machine without this option
                }
            }
        }
        return Map.copyOf(options);
    }
}
