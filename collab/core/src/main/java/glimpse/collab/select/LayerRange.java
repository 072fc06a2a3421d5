package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of layers in an option, counted from 1: ranges and single layers joined by plus signs ({@code 1+7-12}).
 */
final class LayerRange {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    private LayerRange() {}

    /** Parses an option's first argument into zero-based layers. */
    static SortedSet<Integer> parse(SpecText option, String syntax) {
        SortedSet<Integer> layers = new TreeSet<>();
        for (String part : option.arguments().getFirst().split("\\+", -1)) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw option.invalid(syntax);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last < first) {
                throw option.invalid(syntax);
            }
            for (int layer = first; layer <= last; layer++) {
                layers.add(layer - 1);
            }
        }
        return layers;
    }

    /** Formats zero-based layers, consecutive ones as a range. */
    static String spec(SortedSet<Integer> layers) {
        StringBuilder text = new StringBuilder();
        int first = layers.first();
        int last = first - 1;
        for (int layer : layers) {
            if (layer != last + 1) {
                append(text, first, last);
                first = layer;
            }
            last = layer;
        }
        return append(text, first, last).toString();
    }

    private static StringBuilder append(StringBuilder text, int first, int last) {
        if (!text.isEmpty()) {
            text.append('+');
        }
        text.append(first + 1);
        return last > first ? text.append('-').append(last + 1) : text;
    }
}
