package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a pickle has built so far: its stack and its memo. The number of values is bounded, because a byte of a pickle
 * can stand for an object of a hundred bytes.
 */
final class PickleStack {
    /** The pickle of a model with a thousand tensors pushes about 30,000. */
    static final int MAX_PUSHED = 1 << 20;

    static final int MAX_CONTAINERS = 1 << 18;
    static final int MAX_MEMO = 1 << 18;

    private static final PickleValue MARK = new PickleValue.Mark();

    private final Function<String, ConvertException> error;
    private final List<PickleValue> values = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();
    private int pushed;
    private int containers;

    PickleStack(Function<String, ConvertException> error) {
        this.error = error;
    }

    void push(PickleValue value) throws ConvertException {
        if (++pushed > MAX_PUSHED) {
            throw error.apply("the pickle builds more than " + MAX_PUSHED + " values, expected a state dictionary");
        }
        values.add(value);
    }

    /** Pushes a new list or dictionary. */
    void pushContainer(PickleValue value) throws ConvertException {
        if (++containers > MAX_CONTAINERS) {
            throw error.apply("the pickle builds more than " + MAX_CONTAINERS
                    + " lists and dictionaries, expected a state dictionary");
        }
        push(value);
    }

    void pushMark() throws ConvertException {
        push(MARK);
    }

    PickleValue top() throws ConvertException {
        if (values.isEmpty() || values.getLast() instanceof PickleValue.Mark) {
            throw error.apply("the pickle pops more from its stack than is on it");
        }
        return values.getLast();
    }

    PickleValue pop() throws ConvertException {
        PickleValue value = top();
        values.removeLast();
        return value;
    }

    /** Pops 0..3 values and returns them in the order in which they were pushed. */
    List<PickleValue> pop(int count) throws ConvertException {
        PickleValue[] popped = new PickleValue[count];
        for (int i = count - 1; i >= 0; i--) {
            popped[i] = pop();
        }
        return List.of(popped);
    }

    List<PickleValue> popToMark() throws ConvertException {
        int mark = values.size() - 1;
        while (mark >= 0 && !(values.get(mark) instanceof PickleValue.Mark)) {
            mark--;
        }
        if (mark < 0) {
            throw error.apply("the pickle pops to a mark that isn't on its stack");
        }
        List<PickleValue> popped = List.copyOf(values.subList(mark + 1, values.size()));
        values.subList(mark, values.size()).clear();
        return popped;
    }

    /** Stores the top under the next free index. */
    void memoize() throws ConvertException {
        memoize(memo.size());
    }

    void memoize(int index) throws ConvertException {
        memo.put(index, top());
        if (memo.size() > MAX_MEMO) {
            throw error.apply("the pickle stores more than " + MAX_MEMO + " values, expected a state dictionary");
        }
    }

    /** Pushes a stored value: the value itself, not a copy. */
    void recall(int index) throws ConvertException {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw error.apply("the pickle recalls value " + index + ", which it never stored");
        }
        push(value);
    }
}
