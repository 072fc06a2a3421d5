package glimpse.evaluation.listing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** File names with ranges in braces, as WebDataset writes them: {@code shard-{000000..000009}.tar}. */
public final class ShardNames {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
    private static final int MAX_FILES = 100_000;
    private static final int MAX_RANGES = 8;

    private ShardNames() {}

    /** Returns whether a path has a range and isn't a file or folder itself. */
    public static boolean isPattern(Path path) {
        return RANGE.matcher(path.toString()).find() && !Files.exists(path);
    }

    /**
     * Returns the paths that a path with ranges stands for; itself if it isn't a pattern.
     *
     * @throws DatasetException if a range is reversed, there are too many ranges or paths, or one isn't a file
     */
    public static List<Path> expand(Path path) throws DatasetException {
        if (!isPattern(path)) {
            return List.of(path);
        }
        List<MatchResult> ranges = RANGE.matcher(path.toString()).results().toList();
        if (ranges.size() > MAX_RANGES) {
            throw new DatasetException(path + ": has " + ranges.size() + " ranges, expected at most " + MAX_RANGES);
        }
        long count = 1;
        for (MatchResult range : ranges) {
            long numbers = last(range) - first(range) + 1L;
            if (numbers < 1 || numbers > MAX_FILES / count) {
                throw new DatasetException(
                        path + ": the range " + range.group() + (numbers < 1 ? " is reversed" : " is too")
                                + (numbers < 1 ? "" : " long, expected at most " + MAX_FILES + " files"));
            }
            count *= numbers;
        }
        List<Path> files = new ArrayList<>();
        add("", 0, ranges, path, files);
        return files;
    }

    private static int first(MatchResult range) {
        return Integer.parseInt(range.group(1));
    }

    private static int last(MatchResult range) {
        return Integer.parseInt(range.group(2));
    }

    /**
     * Adds the paths that begin with a name.
     *
     * @param name what the pattern's beginning stands for, up to range number {@code next}
     */
    private static void add(String name, int next, List<MatchResult> ranges, Path pattern, List<Path> files)
            throws DatasetException {
        String text = pattern.toString();
        int from = next == 0 ? 0 : ranges.get(next - 1).end();
        if (next == ranges.size()) {
            Path file = pattern.getFileSystem().getPath(name + text.substring(from));
            if (!Files.isRegularFile(file)) {
                throw new DatasetException(file + ": no such file, expected all of " + pattern);
            }
            files.add(file);
            return;
        }
        MatchResult range = ranges.get(next);
        String digits = "%0" + range.group(1).length() + "d";
        for (int number = first(range); number <= last(range); number++) {
            add(
                    name + text.substring(from, range.start()) + String.format(Locale.ROOT, digits, number),
                    next + 1,
                    ranges,
                    pattern,
                    files);
        }
    }
}
