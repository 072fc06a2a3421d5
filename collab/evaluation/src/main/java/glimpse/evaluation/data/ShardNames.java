package glimpse.evaluation.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names with ranges in braces, as WebDataset writes them: {@code shard-{000000..000009}.tar}. */
final class ShardNames {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
    private static final int MAX_FILES = 100_000;

    private ShardNames() {}

    /** Returns whether a path has a range and isn't a file or folder itself. */
    static boolean isPattern(Path path) {
        return RANGE.matcher(path.toString()).find() && !Files.exists(path);
    }

    /**
     * Returns the paths that a path with ranges stands for; itself if it isn't a pattern.
     *
     * @throws DatasetException if a range is reversed, there are too many paths, or one isn't a file
     */
    static List<Path> expand(Path path) throws DatasetException {
        if (!isPattern(path)) {
            return List.of(path);
        }
        List<String> names = List.of(path.toString());
        while (RANGE.matcher(names.getFirst()).find()) {
            names = first(names, path);
        }
        List<Path> files = names.stream().map(path.getFileSystem()::getPath).toList();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new DatasetException(file + ": no such file, expected all of " + path);
            }
        }
        return files;
    }

    /** Replaces the first range of each name. */
    private static List<String> first(List<String> names, Path path) throws DatasetException {
        List<String> expanded = new ArrayList<>();
        for (String name : names) {
            Matcher range = RANGE.matcher(name);
            if (!range.find()) {
                throw new IllegalStateException(name); // all names have as many ranges
            }
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            if (from > to || to - from >= MAX_FILES - expanded.size()) {
                throw new DatasetException(
                        path + ": the range " + range.group() + (from > to ? " is reversed" : " is too")
                                + (from > to ? "" : " long, expected at most " + MAX_FILES + " files"));
            }
            String digits = "%0" + range.group(1).length() + "d";
            for (int number = from; number <= to; number++) {
                expanded.add(name.substring(0, range.start())
                        + String.format(Locale.ROOT, digits, number)
                        + name.substring(range.end()));
            }
        }
        return expanded;
    }
}
