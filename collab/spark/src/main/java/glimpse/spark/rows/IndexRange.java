package glimpse.spark.rows;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Consecutive images.
 *
 * @param first the index of the first
 * @param count how many, at least 1
 */
record IndexRange(int first, int count) implements Comparable<IndexRange>, Serializable {
    private static final Pattern NAME = Pattern.compile("rows-(\\d{10})-(\\d{1,9})\\.csv");

    /** Returns the range whose rows a file of this name holds. */
    static Optional<IndexRange> ofFile(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(parts.group(1));
        int count = Integer.parseInt(parts.group(2));
        return count < 1 || first + count > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new IndexRange((int) first, count));
    }

    /** Returns the name of the file with the rows. */
    String fileName() {
        return String.format(Locale.ROOT, "rows-%010d-%d.csv", first, count);
    }

    int end() {
        return first + count;
    }

    @Override
    public int compareTo(IndexRange other) {
        return first != other.first ? Integer.compare(first, other.first) : Integer.compare(count, other.count);
    }
}
