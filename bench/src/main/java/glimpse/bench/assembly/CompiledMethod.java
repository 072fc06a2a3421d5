package glimpse.bench.assembly;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method's machine code as C2 made it.
 *
 * @param name class and method: {@code VectorGemm.rows8}
 * @param hex the instructions' bytes in hexadecimal
 */
record CompiledMethod(String name, String hex) {
    private static final Pattern HEADER = Pattern.compile("Compiled method \\(c2\\).* [\\w.]+\\.(\\w+::\\w+) .*");
    private static final Pattern CODE = Pattern.compile("\\s*0x[0-9a-f]+: ([0-9a-f |]+)(;.*)?");

    /**
     * Reads what HotSpot prints for {@code -XX:CompileCommand=print} where it has no disassembler: the bytes in
     * hexadecimal. Code compiled by C1, and loops replaced while they ran (OSR), are left out.
     */
    static List<CompiledMethod> parse(List<String> lines) {
        List<CompiledMethod> methods = new ArrayList<>();
        String name = "";
        StringBuilder hex = new StringBuilder();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("Compiled method")) {
                Matcher header = HEADER.matcher(line);
                boolean replaced = line.matches(".*\\d+\\s+%.*|.* @ \\d+ .*");
                name = header.matches() && !replaced ? header.group(1).replace("::", ".") : "";
            } else if (line.startsWith("[MachCode]")) {
                hex.setLength(0);
                inside = true;
            } else if (line.startsWith("[/MachCode]")) {
                if (inside && !name.isEmpty()) {
                    methods.add(new CompiledMethod(name, hex.toString()));
                }
                inside = false;
                name = "";
            } else if (inside) {
                Matcher code = CODE.matcher(line);
                if (code.matches()) {
                    hex.append(code.group(1).replaceAll("[ |]", ""));
                }
            }
        }
        return methods;
    }

    /** Returns the instructions' bytes. */
    byte[] code() {
        return HexFormat.of().parseHex(hex);
    }
}
