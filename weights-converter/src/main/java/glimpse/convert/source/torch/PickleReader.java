package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Interprets the pickle of a state dictionary (the operations of protocols 2 to 4 that {@code torch.save} emits).
 * Globals are looked up only in {@link AllowedGlobal}; other globals and operations are rejected, and everything it
 * builds is plain data. Memory and time are bounded by the pickle's length: lengths are checked before anything is
 * allocated, {@link PickleStack} bounds the number of values, and a value that is recalled is neither copied nor looked
 * through again.
 */
final class PickleReader {
    private static final PickleValue NONE = new PickleValue.None();
    private static final PickleValue TRUE = new PickleValue.Bool(true);
    private static final PickleValue FALSE = new PickleValue.Bool(false);
    private static final int NEWEST_PROTOCOL = 4;

    private final String file;
    private final ByteBuffer in;
    private final PickleStack stack = new PickleStack(this::error);

    private PickleReader(String file, byte[] pickle) {
        this.file = file;
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a pickle.
     *
     * @throws ConvertException naming what isn't allowed or isn't a pickle
     */
    static PickleValue read(String file, byte[] pickle) throws ConvertException {
        return new PickleReader(file, pickle).run();
    }

    private PickleValue run() throws ConvertException {
        while (true) {
            int at = in.position();
            int operation = unsignedByte();
            if (operation == '.') {
                return stack.pop();
            }
            if (!literal(operation) && !container(operation) && !construction(operation)) {
                throw error("operation " + describe(operation) + " at byte " + at
                        + " of the pickle is not allowed: a state dictionary doesn't need it");
            }
        }
    }

    private boolean literal(int operation) throws ConvertException {
        switch (operation) {
            case 0x80 -> protocol(unsignedByte());
            case 0x95 -> skipFrame();
            case 'N' -> stack.push(NONE);
            case 0x88 -> stack.push(TRUE);
            case 0x89 -> stack.push(FALSE);
            case 'J' -> stack.push(new PickleValue.Int(need(4).getInt()));
            case 'K' -> stack.push(new PickleValue.Int(unsignedByte()));
            case 'M' -> stack.push(new PickleValue.Int(need(2).getShort() & 0xFFFF));
            case 0x8A -> stack.push(new PickleValue.Int(longInteger(unsignedByte())));
            case 'G' -> stack.push(new PickleValue.Real(Double.longBitsToDouble(Long.reverseBytes(need(8).getLong()))));
            case 'X', 'T' -> stack.push(new PickleValue.Text(text(need(4).getInt())));
            case 0x8C, 'U' -> stack.push(new PickleValue.Text(text(unsignedByte())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int operation) throws ConvertException {
        switch (operation) {
            case '(' -> stack.pushMark();
            case ')' -> stack.push(new PickleValue.Tuple(List.of()));
            case 't' -> stack.push(new PickleValue.Tuple(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.push(new PickleValue.Tuple(stack.pop(operation - 0x84)));
            case ']' -> stack.pushContainer(new PickleValue.Items());
            case 'a' -> append(stack.pop(1));
            case 'e' -> append(stack.popToMark());
            case '}' -> stack.pushContainer(new PickleValue.Dictionary());
            case 's' -> set(stack.pop(2));
            case 'u' -> set(stack.popToMark());
            case 'q' -> stack.memoize(unsignedByte());
            case 'r' -> stack.memoize(need(4).getInt());
            case 0x94 -> stack.memoize();
            case 'h' -> stack.recall(unsignedByte());
            case 'j' -> stack.recall(need(4).getInt());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean construction(int operation) throws ConvertException {
        switch (operation) {
            case 'c' -> stack.push(global(line(), line()));
            case 0x93 -> {
                List<PickleValue> names = stack.pop(2);
                stack.push(global(string(names.get(0)), string(names.get(1))));
            }
            case 'Q' -> stack.push(TorchCalls.storage(this::error, stack.pop()));
            case 'R' -> {
                List<PickleValue> call = stack.pop(2);
                PickleValue built = TorchCalls.call(this::error, call.get(0), call.get(1));
                if (built instanceof PickleValue.Dictionary) {
                    stack.pushContainer(built);
                } else {
                    stack.push(built);
                }
            }
            case 'b' -> build();
            default -> {
                return false;
            }
        }
        return true;
    }

    private PickleValue global(String module, String name) throws ConvertException {
        return new PickleValue.Global(AllowedGlobal.named(module, name)
                .orElseThrow(() -> error("the pickle names " + Excerpt.quoted(module + "." + name)
                        + ", which a state dictionary doesn't need; nothing was executed")));
    }

    /** Drops an ordered dictionary's attributes (PyTorch's {@code _metadata}); nothing else may have state. */
    private void build() throws ConvertException {
        stack.pop();
        if (!(stack.top() instanceof PickleValue.Dictionary)) {
            throw error("the pickle sets the state of something other than a dictionary");
        }
    }

    private void append(List<PickleValue> items) throws ConvertException {
        if (!(stack.top() instanceof PickleValue.Items list)) {
            throw error("the pickle appends to something other than a list");
        }
        list.items.addAll(items);
    }

    private void set(List<PickleValue> keysAndValues) throws ConvertException {
        if (!(stack.top() instanceof PickleValue.Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
            throw error("the pickle sets items of something other than a dictionary");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            String key = keysAndValues.get(i) instanceof PickleValue.Int number
                    ? Long.toString(number.value())
                    : string(keysAndValues.get(i));
            dictionary.entries.put(key, keysAndValues.get(i + 1));
        }
    }

    private String string(PickleValue value) throws ConvertException {
        if (value instanceof PickleValue.Text text) {
            return text.value();
        }
        throw error("the pickle has a name or key that isn't text");
    }

    private void protocol(int version) throws ConvertException {
        if (version < 2 || version > NEWEST_PROTOCOL) {
            throw error("pickle protocol " + version + ", expected 2 to " + NEWEST_PROTOCOL);
        }
    }

    private void skipFrame() throws ConvertException {
        need(8).getLong(); // frames only say how much to read ahead
    }

    private long longInteger(int bytes) throws ConvertException {
        if (bytes > Long.BYTES) {
            throw error("the pickle has an integer of " + bytes + " bytes, expected at most 8");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) unsignedByte() << (8 * i);
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    private String text(int length) throws ConvertException {
        if (length < 0) {
            throw error("the pickle has a text of " + Integer.toUnsignedString(length) + " bytes");
        }
        need(length);
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private String line() throws ConvertException {
        int start = in.position();
        while (unsignedByte() != '\n') {
            // up to the line's end
        }
        return new String(in.array(), start, in.position() - 1 - start, StandardCharsets.UTF_8);
    }

    private int unsignedByte() throws ConvertException {
        return need(1).get() & 0xFF;
    }

    private ByteBuffer need(int bytes) throws ConvertException {
        if (in.remaining() < bytes) {
            throw error("the pickle is cut off at byte " + in.position());
        }
        return in;
    }

    private ConvertException error(String what) {
        return new ConvertException(file + ": " + what);
    }

    private static String describe(int operation) {
        return operation > ' ' && operation < 127
                ? "'" + (char) operation + "'"
                : String.format(Locale.ROOT, "0x%02x", operation);
    }
}
