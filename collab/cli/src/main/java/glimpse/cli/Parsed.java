package glimpse.cli;

import java.util.function.Function;

/** Reads an option's text, so that an error names the option. */
final class Parsed {
    private Parsed() {}

    static <T> T option(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }
}
