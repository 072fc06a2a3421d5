package glimpse.convert.source.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a state dictionary's pickle. Containers grow while the pickle is read. */
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

    /** A tuple. Its equality is identity: a pickle can nest one in itself a million times over. */
    final class Tuple implements PickleValue {
        final List<PickleValue> items; // unmodifiable

        /** The items as integers, once they were asked for; a pickle can recall a tuple many times. */
        Optional<List<Long>> integers = Optional.empty();

        Tuple(List<PickleValue> items) {
            this.items = items;
        }
    }

    /** A list. */
    final class Items implements PickleValue {
        final List<PickleValue> items = new ArrayList<>();
    }

    /** A dictionary; its keys are text, or the text of integers. */
    final class Dictionary implements PickleValue {
        final Map<String, PickleValue> entries = new LinkedHashMap<>();
    }

    /** A global on the allow-list. */
    record Global(AllowedGlobal allowed) implements PickleValue {}

    /**
     * A reference to a storage.
     *
     * @param type type of its elements
     * @param key name of the archive's entry
     * @param elements number of elements
     */
    record Storage(ElementType type, String key, long elements) implements PickleValue {}

    /**
     * A tensor: a view of a storage.
     *
     * @param storage holds its elements
     * @param offset offset of its first element, in elements
     * @param shape its dimensions, unmodifiable
     * @param strides stride of each dimension, in elements, unmodifiable
     */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {}
}
