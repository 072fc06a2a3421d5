package glimpse.convert.source.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a state dictionary's pickle can hold. Containers grow while it is read. */
sealed interface PickleValue {
    /** {@code None}. */
    record None() implements PickleValue {}

    /** A mark on the stack; never the value of anything. */
    record Mark() implements PickleValue {}

    /** {@code True} or {@code False}. */
    record Bool(boolean value) implements PickleValue {}

    /** An integer that fits 64 bits. */
    record Int(long value) implements PickleValue {}

    /** A float. */
    record Real(double value) implements PickleValue {}

    /** Text, or bytes as Python 2 wrote them. */
    record Text(String value) implements PickleValue {}

    /** A tuple. */
    record Tuple(List<PickleValue> items) implements PickleValue {
        /** Copies the list. */
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /** A list. */
    final class Items implements PickleValue {
        final List<PickleValue> items = new ArrayList<>();
    }

    /** A dictionary; keys that are neither text nor integers are refused, so their text is enough. */
    final class Dictionary implements PickleValue {
        final Map<String, PickleValue> entries = new LinkedHashMap<>();
    }

    /** One of the names on the allow-list. */
    record Global(AllowedGlobal allowed) implements PickleValue {}

    /**
     * A reference to a storage.
     *
     * @param type of its elements
     * @param key names the archive's entry
     * @param elements how many it has
     */
    record Storage(ElementType type, String key, long elements) implements PickleValue {}

    /**
     * A tensor: a view of a storage.
     *
     * @param storage where its elements are
     * @param offset of its first element, in elements
     * @param shape its dimensions
     * @param strides of each dimension, in elements
     */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {
        /** Copies the lists. */
        public View {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }
}
