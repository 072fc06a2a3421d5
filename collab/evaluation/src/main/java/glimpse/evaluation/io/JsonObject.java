package glimpse.evaluation.io;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.plan.OperatingPoint;

/**
 * An object in a JSON file. Errors of its fields say where they are.
 *
 * @param values the object
 * @param where the file and the place in it, for errors
 */
public record JsonObject(JsonNode values, String where) {
    /**
     * Returns the operating point that the object's fields describe.
     *
     * @throws IllegalArgumentException if they don't describe one
     */
    public OperatingPoint point() {
        for (String field : OperatingPoint.FIELDS) {
            text(field);
        }
        String until = textOrEmpty(OperatingPoint.UNTIL);
        try {
            return OperatingPoint.of(field -> field.equals(OperatingPoint.UNTIL) ? until : text(field));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns a number that is finite and not negative.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public double number(String name) {
        return present(name, numberOrNaN(name));
    }

    /**
     * Returns a number from 0 to 1.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public double share(String name) {
        return present(name, shareOrNaN(name));
    }

    private double present(String name, double number) {
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(where + ": " + name + " is missing, expected a number");
        }
        return number;
    }

    /**
     * Returns a whole number that isn't negative.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public int count(String name) {
        JsonNode value = values.path(name);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    where + ": " + name + " is " + shown(value) + ", expected a whole number");
        }
        if (value.intValue() < 0) {
            throw new IllegalArgumentException(
                    where + ": " + name + " is " + shown(value) + ", expected a whole number of at least 0");
        }
        return value.intValue();
    }

    /**
     * Returns a number that is finite and not negative, or NaN where it is null or absent.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public double numberOrNaN(String name) {
        return optional(name, Double.MAX_VALUE, "a finite number of at least 0");
    }

    /**
     * Returns a number from 0 to 1, or NaN where it is null or absent.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public double shareOrNaN(String name) {
        return optional(name, 1, "a number from 0 to 1");
    }

    private double optional(String name, double most, String expected) {
        JsonNode value = values.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(where + ": " + name + " is " + shown(value) + ", expected a number");
        }
        double number = value.doubleValue();
        if (!(number >= 0 && number <= most)) { // NaN is neither
            throw new IllegalArgumentException(where + ": " + name + " is " + number + ", expected " + expected);
        }
        return number;
    }

    /**
     * Returns a boolean.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public boolean flag(String name) {
        JsonNode value = values.path(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(
                    where + ": " + name + " is " + shown(value) + ", expected true or false");
        }
        return value.booleanValue();
    }

    /**
     * Returns a string.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public String text(String name) {
        JsonNode value = values.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(where + ": " + name + " is " + shown(value) + ", expected a text");
        }
        return value.textValue();
    }

    private String textOrEmpty(String name) {
        JsonNode value = values.path(name);
        return value.isMissingNode() || value.isNull() ? "" : text(name);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
