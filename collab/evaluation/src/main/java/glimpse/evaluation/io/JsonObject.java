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
        try {
            return OperatingPoint.of(this::text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns a number.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public double number(String name) {
        double number = numberOrNaN(name);
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(where + ": " + name + " is missing, expected a number");
        }
        return number;
    }

    /**
     * Returns a whole number.
     *
     * @throws IllegalArgumentException if it is missing or something else
     */
    public int count(String name) {
        JsonNode value = values.path(name);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(
                    where + ": " + name + " is " + shown(value) + ", expected a whole number");
        }
        return value.intValue();
    }

    /**
     * Returns a number, or NaN where it is null or absent.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public double numberOrNaN(String name) {
        JsonNode value = values.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(where + ": " + name + " is " + shown(value) + ", expected a number");
        }
        return value.doubleValue();
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

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
