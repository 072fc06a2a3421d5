package glimpse.evaluation.listing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Parquet files of one split of a data set, in the order of their names.
 *
 * @param files the files
 * @param remarks what is missing, one line each
 */
public record ParquetShards(List<Path> files, List<String> remarks) {
    private static final String SUFFIX = ".parquet";

    /** The number of a shard, of how many, and a hash that the hub may add, or what Spark adds. */
    private static final Pattern NUMBER = Pattern.compile("[-_.]?\\d+(-of-(\\d{1,9}))?"
            + "(-[0-9a-f]{8,}|-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-c\\d+(\\.[a-z0-9]+)?)?$");

    /** Copies the lists. */
    public ParquetShards {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /** Returns whether a name is that of a Parquet file, by its suffix. */
    public static boolean isNamed(Path path) {
        return ("" + path.getFileName()).endsWith(SUFFIX);
    }

    /** Returns whether a folder, or the folder data in it, holds Parquet files and no images. */
    public static boolean isFolder(Path folder) throws IOException {
        return !in(folder).isEmpty();
    }

    /**
     * Finds the files that a path stands for.
     *
     * @param path a file, a name with ranges, or a folder
     * @throws DatasetException if there are none, or those of several splits
     */
    public static ParquetShards of(Path path) throws DatasetException {
        if (!Files.isDirectory(path)) {
            return new ParquetShards(ShardNames.expand(path), List.of());
        }
        List<Path> files;
        try {
            files = in(path);
        } catch (IOException e) {
            throw new DatasetException(path + ": can't be listed: " + e, e);
        }
        Map<String, List<Path>> splits = new TreeMap<>();
        for (Path file : files) {
            splits.computeIfAbsent(split(file), split -> new ArrayList<>()).add(file);
        }
        if (splits.size() != 1) {
            List<Path> first = splits.values().iterator().next();
            throw new DatasetException(path + ": has the splits " + String.join(", ", splits.keySet())
                    + ", expected one; name its files, for example " + ranges(first));
        }
        Matcher number = NUMBER.matcher(bare(files.getFirst()));
        int all = number.find() && number.group(2) != null ? Integer.parseInt(number.group(2)) : files.size();
        return new ParquetShards(
                files,
                all <= files.size()
                        ? List.of()
                        : List.of(path + ": " + (all - files.size()) + " of " + all + " Parquet files are missing"));
    }

    /** Returns the Parquet files in a folder or its folder data; none if there are images. */
    private static List<Path> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (ImageListing.isImage("" + entry.getFileName())) {
                    return List.of();
                }
                if (isNamed(entry) && !ImageListing.isHidden("" + entry.getFileName()) && Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        }
        Path data = folder.resolve("data");
        if (files.isEmpty() && !folder.endsWith("data") && Files.isDirectory(data)) {
            return in(data);
        }
        return files.stream().sorted().toList();
    }

    private static String split(Path file) {
        return NUMBER.matcher(bare(file)).replaceFirst("");
    }

    private static String bare(Path file) {
        String name = "" + file.getFileName();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** Writes the names of the files as one with a range, if they are numbered; otherwise the first. */
    private static String ranges(List<Path> files) {
        Path first = files.getFirst();
        String range = ("" + first.getFileName())
                .replaceFirst(
                        "(\\d+)(-of-)",
                        "{$1.." + ("" + files.getLast().getFileName()).replaceFirst(".*?(\\d+)-of-.*", "$1") + "}$2");
        return "'" + first.resolveSibling(range) + "'";
    }
}
