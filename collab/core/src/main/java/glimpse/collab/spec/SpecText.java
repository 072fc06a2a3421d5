package glimpse.collab.spec;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A choice as it is written in an option: a name, then arguments, each after a colon ({@code sum:0.97}). Every reader
 * of an argument throws an {@link IllegalArgumentException} whose one line says what stood there and what was
 * expected. Immutable.
 *
 * @param text the whole text, as written
 * @param name what stands before the first colon
 * @param arguments what stands after it, split at colons
 */
public record SpecText(String text, String name, List<String> arguments) {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{0,18}\\.?[0-9]{1,18}([eE][+-]?[0-9]{1,3})?");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LONG = Pattern.compile("-?[0-9]{1,18}");

    /** Copies the arguments. */
    public SpecText {
        arguments = List.copyOf(arguments);
    }

    /** Splits a text at its colons; white space around it is dropped. */
    public static SpecText parse(String text) {
        List<String> parts = List.of(text.strip().split(":", -1));
        return new SpecText(text.strip(), parts.getFirst(), parts.subList(1, parts.size()));
    }

    /**
     * Checks the number of arguments.
     *
     * @param form how the choice is written, for the error
     */
    public void requireArguments(int least, int most, String form) {
        if (arguments.size() < least || arguments.size() > most) {
            throw invalid(form);
        }
    }

    /** The argument at {@code index} as a decimal number from 0 to {@code most}. */
    public double decimal(int index, double most, String form) {
        String argument = arguments.get(index);
        double value = DECIMAL.matcher(argument).matches() ? Double.parseDouble(argument) : Double.NaN;
        if (!(value <= most)) {
            throw invalid(form);
        }
        return value;
    }

    /** The argument at {@code index} as a whole number of at most nine digits. */
    public int integer(int index, String form) {
        String argument = arguments.get(index);
        if (!INTEGER.matcher(argument).matches()) {
            throw invalid(form);
        }
        return Integer.parseInt(argument);
    }

    /** The argument at {@code index} as a whole number of at most eighteen digits, with or without a minus sign. */
    public long longInteger(int index, String form) {
        String argument = arguments.get(index);
        if (!LONG.matcher(argument).matches()) {
            throw invalid(form);
        }
        return Long.parseLong(argument);
    }

    /** The error that this text isn't what was expected. */
    public IllegalArgumentException invalid(String expected) {
        return new IllegalArgumentException("'" + text + "' is invalid, expected " + expected);
    }

    /** A float as an option writes it: the shortest digits that give it back, never an exponent. */
    public static String plain(float value) {
        return plain(Float.toString(value));
    }

    /** A double as an option writes it: the shortest digits that give it back, never an exponent. */
    public static String plain(double value) {
        return plain(Double.toString(value));
    }

    private static String plain(String digits) {
        String plain = new BigDecimal(digits).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
