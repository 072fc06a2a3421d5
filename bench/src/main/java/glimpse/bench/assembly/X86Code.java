package glimpse.bench.assembly;

import glimpse.bench.assembly.Instruction.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instructions of 64-bit x86, by way of objdump. */
final class X86Code {
    // address, bytes, mnemonic with its prefixes, operands
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t[0-9a-f ]+\\t(.*)");
    private static final Pattern TARGET = Pattern.compile("0x([0-9a-f]+)");
    private static final Pattern GENERAL = Pattern.compile("\\b(e|r)([abcd]x|[sd]i|[bs]p)\\b|\\br\\d+d?\\b");

    private X86Code() {}

    static List<Instruction> instructions(byte[] code) throws IOException {
        Path file = Files.createTempFile("glimpse-code", ".bin");
        try {
            Files.write(file, code);
            return parse(objdump(file));
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> objdump(Path file) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "objdump", "-D", "-b", "binary", "-mi386:x86-64", "-M", "intel", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException("objdump, which reads the machine code, can't be started; it is part of binutils", e);
        }
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** Reads objdump's lines, with Intel's order of operands: the first is written to. */
    static List<Instruction> parse(List<String> lines) {
        List<Instruction> instructions = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                int address = Integer.parseInt(matcher.group(1), 16);
                instructions.add(instruction(address, matcher.group(2).strip()));
            }
        }
        return instructions;
    }

    private static Instruction instruction(int address, String text) {
        int space = text.indexOf(' ');
        String mnemonic = space < 0 ? text : text.substring(0, space);
        String operands = space < 0 ? "" : text.substring(space).strip();
        if (mnemonic.startsWith("j")) {
            Matcher target = TARGET.matcher(operands);
            // negative outside the method, modulo 2^64
            return new Instruction(
                    address, Kind.BRANCH, target.find() ? (int) Long.parseUnsignedLong(target.group(1), 16) : -1);
        }
        return new Instruction(address, kind(mnemonic, operands));
    }

    private static Kind kind(String mnemonic, String operands) {
        if (mnemonic.equals("call")) {
            return Kind.CALL;
        }
        int comma = operands.indexOf(',');
        String target = comma < 0 ? operands : operands.substring(0, comma);
        String sources = comma < 0 ? "" : operands.substring(comma + 1);
        boolean toVector = target.contains("mm");
        boolean fromStack = sources.contains("[rsp");
        if (mnemonic.startsWith("vfmadd") || mnemonic.startsWith("vfnmadd")) {
            boolean vector = mnemonic.endsWith("ps");
            return !vector ? Kind.OTHER : fromStack ? Kind.MULTIPLY_ADD_FROM_STACK : Kind.MULTIPLY_ADD;
        }
        if (mnemonic.equals("vmovd") || mnemonic.equals("vmovq")) {
            boolean registers = !operands.contains("[");
            return registers && GENERAL.matcher(operands).find() ? Kind.INTEGER_MOVE : Kind.OTHER;
        }
        if (target.contains("[rsp")) {
            return sources.contains("mm") ? Kind.STACK_STORE : Kind.OTHER;
        }
        if (toVector && sources.contains("[")) {
            return fromStack ? Kind.STACK_LOAD : Kind.LOAD;
        }
        return Kind.OTHER;
    }
}
