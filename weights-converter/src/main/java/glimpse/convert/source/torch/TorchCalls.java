package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Evaluates a pickle's calls of allowed globals: a tensor becomes a view of a storage, a parameter its tensor. */
final class TorchCalls {
    private static final int MAX_DIMENSIONS = 8;
    private static final int LONGEST_KEY = 64;

    private TorchCalls() {}

    /** Evaluates a persistent id: {@code ('storage', type, key, location, elements)}. */
    static PickleValue storage(Function<String, ConvertException> error, PickleValue id) throws ConvertException {
        if (!(id instanceof PickleValue.Tuple tuple) || tuple.items.size() != 5) {
            throw notAStorage(error);
        }
        List<PickleValue> items = tuple.items;
        if (items.get(0) instanceof PickleValue.Text(String kind)
                && kind.equals("storage")
                && items.get(1) instanceof PickleValue.Global(AllowedGlobal type)
                && type.elements().isPresent()
                && items.get(2) instanceof PickleValue.Text(String key)
                && items.get(4) instanceof PickleValue.Int(long elements)) {
            if (!isKey(key)) {
                throw error.apply("storage key " + Excerpt.quoted(key) + ", expected letters and digits");
            }
            if (elements < 0) {
                throw error.apply("storage " + key + " has " + elements + " elements");
            }
            return new PickleValue.Storage(type.elements().get(), key, elements);
        }
        throw notAStorage(error);
    }

    private static ConvertException notAStorage(Function<String, ConvertException> error) {
        return error.apply("the pickle has a persistent id that isn't a storage's");
    }

    private static boolean isKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != '_' && (c > 'z' || !Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /** Evaluates a call of an allowed global. */
    static PickleValue call(Function<String, ConvertException> error, PickleValue function, PickleValue arguments)
            throws ConvertException {
        if (!(function instanceof PickleValue.Global(AllowedGlobal allowed))
                || !(arguments instanceof PickleValue.Tuple tuple)) {
            throw error.apply("the pickle calls something that isn't a function");
        }
        List<PickleValue> given = tuple.items;
        return switch (allowed) {
            case ORDERED_DICT -> dictionary(error, given);
            case REBUILD_TENSOR -> tensor(error, given);
            case REBUILD_PARAMETER -> parameter(error, given);
            case SIZE -> size(error, given);
            default -> throw error.apply("the pickle calls " + allowed + ", which is a type");
        };
    }

    private static PickleValue dictionary(Function<String, ConvertException> error, List<PickleValue> given)
            throws ConvertException {
        if (!given.isEmpty()) {
            throw error.apply("the pickle creates an ordered dictionary with arguments, expected none");
        }
        return new PickleValue.Dictionary();
    }

    /** {@code (storage, offset, size, stride, requires_grad, backward_hooks, ...)}. */
    private static PickleValue tensor(Function<String, ConvertException> error, List<PickleValue> given)
            throws ConvertException {
        if (given.size() >= 4
                && given.get(0) instanceof PickleValue.Storage storage
                && given.get(1) instanceof PickleValue.Int(long offset)
                && given.get(2) instanceof PickleValue.Tuple size
                && given.get(3) instanceof PickleValue.Tuple stride
                && size.items.size() == stride.items.size()) {
            PickleValue.View view =
                    new PickleValue.View(storage, offset, integers(error, size), integers(error, stride));
            checkRange(error, view);
            return view;
        }
        throw error.apply("the pickle creates a tensor from arguments other than storage, offset, size and stride");
    }

    private static PickleValue parameter(Function<String, ConvertException> error, List<PickleValue> given)
            throws ConvertException {
        if (given.isEmpty() || !(given.getFirst() instanceof PickleValue.View view)) {
            throw error.apply("the pickle creates a parameter from something other than a tensor");
        }
        return view;
    }

    private static PickleValue size(Function<String, ConvertException> error, List<PickleValue> given)
            throws ConvertException {
        if (given.size() == 1 && given.getFirst() instanceof PickleValue.Tuple size) {
            return size;
        }
        throw error.apply("the pickle creates a size from something other than a tuple");
    }

    /** Checks that every element lies within the storage and that the view has no more elements than the storage. */
    private static void checkRange(Function<String, ConvertException> error, PickleValue.View view)
            throws ConvertException {
        try {
            long elements = 1;
            long last = view.offset();
            boolean negative = view.offset() < 0;
            for (int i = 0; i < view.shape().size(); i++) {
                long size = view.shape().get(i);
                long stride = view.strides().get(i);
                negative |= size < 0 || stride < 0;
                elements = Math.multiplyExact(elements, size);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride));
            }
            if (negative) {
                throw error.apply(where(view) + ": a negative offset, size or stride");
            }
            if (elements > 0 && last >= view.storage().elements()) {
                throw error.apply(where(view) + " ends at element " + last + ", beyond the storage's "
                        + view.storage().elements());
            }
            if (elements > view.storage().elements()) {
                throw error.apply(where(view) + " repeats elements: " + elements + " of a storage of "
                        + view.storage().elements());
            }
        } catch (ArithmeticException e) {
            throw error.apply(where(view) + ": a size beyond 2^63");
        }
    }

    private static String where(PickleValue.View view) {
        return "tensor of shape " + view.shape() + " at " + view.offset() + " in storage "
                + view.storage().key();
    }

    /** Returns a size or stride. */
    private static List<Long> integers(Function<String, ConvertException> error, PickleValue.Tuple tuple)
            throws ConvertException {
        if (tuple.integers.isPresent()) {
            return tuple.integers.get();
        }
        if (tuple.items.size() > MAX_DIMENSIONS) {
            throw error.apply("the pickle has a tensor of " + tuple.items.size() + " dimensions, expected at most "
                    + MAX_DIMENSIONS);
        }
        List<Long> integers = new ArrayList<>();
        for (PickleValue value : tuple.items) {
            if (!(value instanceof PickleValue.Int(long integer))) {
                throw error.apply("the pickle has a tensor whose size or stride isn't an integer");
            }
            integers.add(integer);
        }
        tuple.integers = Optional.of(List.copyOf(integers));
        return tuple.integers.get();
    }
}
