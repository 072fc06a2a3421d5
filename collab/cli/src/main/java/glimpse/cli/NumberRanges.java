package glimpse.cli;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that are counted from 1 as an option writes them: {@code all}, or numbers and ranges ({@code 1,7-12}). */
final class NumberRanges {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    private NumberRanges() {}

    /**
     * Reads numbers.
     *
     * @param count how many there are to choose from
     * @return counted from 0, at least one
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static SortedSet<Integer> parse(String text, int count) {
        String expected = "all, or numbers and ranges of 1.." + count + " such as 1," + count + " or 1-" + count;
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : (text.equals("all") ? "1-" + count : text).split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = first > 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
            if (first < 1 || last < first || last > count) {
                throw new IllegalArgumentException("'" + text + "' is invalid, expected " + expected);
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number - 1);
            }
        }
        return numbers;
    }
}
