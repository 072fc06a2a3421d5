package glimpse.evaluation.listing;

import glimpse.evaluation.io.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts what is skipped while a folder is listed. */
final class SkippedFiles {
    private static final int MOST_NAMES = 3;

    private final Map<String, Integer> unsupported = new TreeMap<>(); // files by suffix
    private final List<String> loops = new ArrayList<>();
    private final List<String> danglingLinks = new ArrayList<>();
    private final List<String> archivedLinks = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> archives = new ArrayList<>();
    private final Set<String> topFolders = new TreeSet<>();

    /** Skips an image in a format that can't be decoded. */
    void unsupported(String name, String suffix) {
        unsupported.merge(suffix, 1, Integer::sum);
        if (name.indexOf('/') >= 0) {
            topFolders.add(name.substring(0, name.indexOf('/')));
        }
    }

    /** Skips a link that leads back to a folder it is in. */
    void loop(String name) {
        loops.add(name);
    }

    /** Skips an image that is a link to nothing. */
    void danglingLink(String name) {
        danglingLinks.add(name);
        if (name.indexOf('/') >= 0) {
            topFolders.add(name.substring(0, name.indexOf('/')));
        }
    }

    /** Skips an image of an archive that is a link, or has holes. */
    void link(String name) {
        archivedLinks.add(name);
    }

    /** Skips an archive in another. */
    void archive(String name) {
        archives.add(name);
    }

    /** Skips a folder, or what is in it, because it can't be read. */
    void unreadable(String name) {
        unreadable.add(name);
        topFolders.add(name.split("/", 2)[0]);
    }

    /** Returns the top folders in which something was skipped, looping links aside: they hold nothing of their own. */
    Set<String> topFolders() {
        return topFolders;
    }

    /** Says what was skipped, in a line for each reason. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!unsupported.isEmpty()) {
            int count =
                    unsupported.values().stream().mapToInt(Integer::intValue).sum();
            String suffixes = unsupported.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .map(entry -> entry.getValue() + " ." + entry.getKey())
                    .collect(Collectors.joining(", "));
            lines.add(Counted.of(count, "file") + " skipped: " + suffixes
                    + "; expected JPEG, PNG or WebP (.jpeg, .jpg, .png or .webp)");
        }
        if (!unreadable.isEmpty()) {
            lines.add(unreadable.size()
                    + (unreadable.size() == 1 ? " unreadable file or folder" : " unreadable files or folders")
                    + " skipped: " + some(unreadable));
        }
        if (!archives.isEmpty()) {
            lines.add(Counted.of(archives.size(), "archive") + " in it skipped: " + some(archives)
                    + "; expected images: unpack it, and name the folder of the archives");
        }
        addLinks(lines, "looping", loops);
        addLinks(lines, "dangling", danglingLinks);
        addLinks(lines, "archived", archivedLinks);
        return List.copyOf(lines);
    }

    private static void addLinks(List<String> lines, String kind, List<String> links) {
        if (!links.isEmpty()) {
            lines.add(Counted.of(links.size(), kind + " link") + " skipped: " + some(links));
        }
    }

    private static String some(List<String> names) {
        String first = names.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + " and " + (names.size() - MOST_NAMES) + " more";
    }
}
