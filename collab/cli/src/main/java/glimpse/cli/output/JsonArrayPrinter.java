package glimpse.cli.output;

import glimpse.evaluation.io.Json;
import java.io.PrintWriter;

/**
 * Prints a JSON array value by value, each as soon as it is there: nothing is collected, and a reader that has gone is
 * noticed at once.
 */
public final class JsonArrayPrinter implements AutoCloseable {
    private final PrintWriter out;
    private String before = "[ ";

    /** Makes a printer of an array that is still empty. */
    public JsonArrayPrinter(PrintWriter out) {
        this.out = out;
    }

    /** Prints a value. */
    public void add(Object value) {
        out.print(before + Json.write(value));
        out.flush();
        before = ", ";
    }

    /** Ends the array. */
    @Override
    public void close() {
        out.println(before.startsWith("[") ? "[ ]" : " ]");
        out.flush();
    }
}
