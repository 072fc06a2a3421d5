package glimpse.collab.spec;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of an option that makes a choice: a name, then arguments, each after a colon ({@code sum:0.97}). Every
 * method that reads an argument throws an {@link IllegalArgumentException} whose one line quotes the text and says what
 * was expected. Immutable, safe for use by several threads.
 *
 * @param text the whole text, as written
 * @param name the part before the first colon
 * @param arguments the parts after it
 */
public record SpecText(String text, String name, List<String> arguments) {
    /** As many digits as {@link #plain(double)} writes. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{0,350}\\.?[0-9]{1,350}([eE][+-]?[0-9]{1,3})?");

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LONG = Pattern.compile("-?[0-9]{1,18}");

    /** Copies the arguments. */
    public SpecText {
        arguments = List.copyOf(arguments);
    }

    /** Splits a text at its colons; surrounding white space is dropped. */
    public static SpecText parse(String text) {
        List<String> parts = List.of(text.strip().split(":", -1));
        return new SpecText(text.strip(), parts.getFirst(), parts.subList(1, parts.size()));
    }

    /**
     * Checks the number of arguments.
     *
     * @param min the fewest arguments
     * @param max the most arguments
     * @param syntax of the option, for the error
     */
    public void requireArguments(int min, int max, String syntax) {
        if (arguments.size() < min || arguments.size() > max) {
            throw invalid(syntax);
        }
    }

    /** Returns the argument at {@code index} as a decimal number, 0..{@code max}. */
    public double decimal(int index, double max, String syntax) {
        String argument = arguments.get(index);
        double value = DECIMAL.matcher(argument).matches() ? Double.parseDouble(argument) : Double.NaN;
        if (!(value <= max)) {
            throw invalid(syntax);
        }
        return value;
    }

    /** Returns the argument at {@code index} as an unsigned whole number of at most nine digits. */
    public int integer(int index, String syntax) {
        String argument = arguments.get(index);
        if (!INTEGER.matcher(argument).matches()) {
            throw invalid(syntax);
        }
        return Integer.parseInt(argument);
    }

    /** Returns the argument at {@code index} as a whole number of at most eighteen digits, negative or not. */
    public long longInteger(int index, String syntax) {
        String argument = arguments.get(index);
        if (!LONG.matcher(argument).matches()) {
            throw invalid(syntax);
        }
        return Long.parseLong(argument);
    }

    /** Returns an exception that says that this text is invalid and what was expected. */
    public IllegalArgumentException invalid(String expected) {
        return new IllegalArgumentException("'" + text + "' is invalid, expected " + expected);
    }

    /** Formats a float for an option: the shortest digits that parse back to it, without an exponent. */
    public static String plain(float value) {
        return plain(Float.toString(value));
    }

    /** Formats a double for an option: the shortest digits that parse back to it, without an exponent. */
    public static String plain(double value) {
        return plain(Double.toString(value));
    }

    /** Formats a share in percent, without the sign: 0.015 becomes {@code 1.5}. */
    public static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static String plain(String digits) {
        String plain = new BigDecimal(digits).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
