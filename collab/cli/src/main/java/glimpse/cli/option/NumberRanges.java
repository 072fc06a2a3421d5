package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Layers or heads, counted from 1: numbers and ranges such as {@code 1,7-12}, or {@code all}. Immutable.
 *
 * @param text as written in the option
 * @param ranges ascending or not; empty if the text is a word
 */
public record NumberRanges(String text, List<Range> ranges) {
    private static final String ALL = "all";
    private static final String MEAN = "mean";
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    /** Copies the ranges. */
    public NumberRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * A range of numbers.
     *
     * @param first at least 1
     * @param last at least {@code first}
     */
    public record Range(int first, int last) {}

    /** Converts the value of {@code --layers}. */
    public static final class OfLayers implements ITypeConverter<NumberRanges> {
        @Override
        public NumberRanges convert(String text) {
            return text.equals(ALL) ? new NumberRanges(text, List.of()) : parse(text, "all, or");
        }
    }

    /** Converts the value of {@code --heads}, which may also be {@code mean}. */
    public static final class OfHeads implements ITypeConverter<NumberRanges> {
        @Override
        public NumberRanges convert(String text) {
            return text.equals(ALL) || text.equals(MEAN)
                    ? new NumberRanges(text, List.of())
                    : parse(text, "mean, all, or");
        }
    }

    /**
     * Returns the numbers, counted from 0; none for {@code mean}.
     *
     * @param option the option that named them, for the error
     * @param count how many layers or heads the model has
     * @throws UsageException if a number is above {@code count}
     */
    public SortedSet<Integer> indices(String option, int count) {
        SortedSet<Integer> indices = new TreeSet<>();
        for (Range range : text.equals(ALL) ? List.of(new Range(1, count)) : ranges) {
            if (range.last() > count) {
                throw UsageException.invalid(option, text, "all, or numbers and ranges of 1.." + count);
            }
            for (int number = range.first(); number <= range.last(); number++) {
                indices.add(number - 1);
            }
        }
        return indices;
    }

    private static NumberRanges parse(String text, String words) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = first > 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
            if (first < 1 || last < first) {
                throw new TypeConversionException("'" + text + "' is invalid, expected " + words
                        + " numbers and ranges counted from 1, such as 1,7-12");
            }
            ranges.add(new Range(first, last));
        }
        return new NumberRanges(text, ranges);
    }
}
