package glimpse.evaluation.classes;

import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The labels of images, from a UTF-8 text file of one of two forms.
 *
 * <ul>
 *   <li>One line per image: the file's name (or its path under the folder, or its name without the suffix), then a tab,
 *       comma or space, then the class; further columns are ignored. Every image must be listed; listed images may be
 *       missing. The first line may be a header.
 *   <li>One class per line, one line per image, in the order of the images' paths.
 * </ul>
 *
 * <p>A class is the model's zero-based index, or a WordNet id in the model's labels. In a file of the second form that
 * lies beside a {@code meta.mat} or {@code map_clsloc.txt} of ILSVRC's development kits, numbers are ILSVRC2012_IDs,
 * which are counted from 1 and have an order of their own; they are translated. So they are in the archive of the
 * development kit. Immutable.
 */
public final class ImageLabels {
    private static final Pattern CLASS = Pattern.compile("\\d+|n\\d{8}");
    private static final String DEVKIT = ". The order of ILSVRC2012_ID isn't the models' order either, which is that of"
            + " the WordNet ids: expected the development kit's " + DevkitClasses.FILE_NAME
            + " beside the labels, lines"
            + " of FILE,CLASS, or WordNet ids";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern NAMED_CLASS =
            Pattern.compile("index\twnid\tname|(?:\\d+\t)?n\\d{8}[\t ](?!\\s*(?:\\d+|n\\d{8})\\s*$).*");
    private static final Pattern BETWEEN_COLUMNS = Pattern.compile("[\t, ]+");

    private final Path file;
    private final Map<String, Integer> byName; // empty if labels are by order
    private final List<Integer> byOrder; // empty if labels are by name

    private ImageLabels(Path file, Map<String, Integer> byName, List<Integer> byOrder) {
        this.file = file;
        this.byName = Map.copyOf(byName);
        this.byOrder = List.copyOf(byOrder);
    }

    /**
     * A line with a label.
     *
     * @param where the file and the line's number
     * @param name the image's name; none if labels are by order
     * @param text the class as it is written
     */
    private record Line(String where, Optional<String> name, String text) {}

    /**
     * Returns the archive of the development kit beside images, under its usual name; empty if there is none.
     *
     * @param images a folder or archive of images
     */
    public static Optional<Path> kitBeside(Path images) {
        return DevkitArchive.beside(images);
    }

    /**
     * Reads a file: a text file, or the archive of ILSVRC2012's development kit.
     *
     * @param meta the development kit's {@code data/meta.mat}, which says what numbers stand for, whatever the file's
     *     form and place; if empty, the {@code meta.mat} or {@code map_clsloc.txt} in the archive or beside the file,
     *     provided that the file has labels by order; otherwise they are the model's indices
     * @throws DatasetException naming the file, and the line if it is a line's, and what was expected
     */
    public static ImageLabels read(Path file, ClassIndex classes, Optional<Path> meta) throws DatasetException {
        Optional<DevkitClasses> devkit =
                meta.isPresent() ? Optional.of(DevkitClasses.read(meta.get())) : Optional.empty();
        if (DevkitArchive.isNamed(file)) {
            DevkitArchive kit = DevkitArchive.read(file);
            return of(file, parse(file, kit.labels()), classes, devkit.or(() -> Optional.of(kit.classes())));
        }
        List<String> text = lines(file);
        requireNoClassNames(file, text);
        List<Line> lines = parse(file, text);
        return of(file, lines, classes, devkit.isPresent() ? devkit : besideOf(file, lines));
    }

    private static ImageLabels of(Path file, List<Line> lines, ClassIndex classes, Optional<DevkitClasses> ids)
            throws DatasetException {
        Map<String, Integer> byName = new HashMap<>();
        List<Integer> byOrder = new ArrayList<>();
        for (Line line : lines) {
            int label = ids.isPresent() && isNumber(line.text())
                    ? fromDevkit(line, ids.get(), classes)
                    : label(line, classes, lines);
            if (line.name().isEmpty()) {
                byOrder.add(label);
                continue;
            }
            String name = line.name().get();
            Integer before = byName.put(name, label);
            if (before != null && before != label) {
                throw new DatasetException(line.where() + ": " + name + " has class " + label + ", but class " + before
                        + " in an earlier line");
            }
        }
        if (byName.isEmpty() == byOrder.isEmpty()) {
            throw new DatasetException(
                    file + (byName.isEmpty() ? ": has no labels" : ": has lines with and without names")
                            + ", expected lines with a name and a class, or with a class alone");
        }
        return new ImageLabels(file, byName, byOrder);
    }

    /** Refuses JSON and lists of classes such as LOC_synset_mapping.txt, which name classes instead of images. */
    private static void requireNoClassNames(Path file, List<String> lines) throws DatasetException {
        List<String> some = lines.stream().filter(line -> !line.isBlank()).toList();
        boolean json = !some.isEmpty()
                && (some.getFirst().strip().startsWith("{")
                        || some.getFirst().strip().startsWith("["));
        boolean classes = some.size() > 1
                && some.stream().allMatch(line -> NAMED_CLASS.matcher(line).matches());
        if (json || classes) {
            throw new DatasetException(file + ": "
                    + (json ? "is JSON" : "names classes, '" + some.getLast().strip() + "'")
                    + ", expected a line per image with its name and its class; the names of the classes are part of the"
                    + " model: glimpse convert --labels");
        }
    }

    private static Optional<DevkitClasses> besideOf(Path file, List<Line> lines) throws DatasetException {
        if (!lines.stream().allMatch(line -> line.name().isEmpty() && isNumber(line.text()))) {
            return Optional.empty();
        }
        for (String name : DevkitClasses.FILE_NAMES) {
            if (Files.isRegularFile(file.resolveSibling(name))) {
                return Optional.of(DevkitClasses.read(file.resolveSibling(name)));
            }
        }
        return Optional.empty();
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static int fromDevkit(Line line, DevkitClasses ids, ClassIndex classes) throws DatasetException {
        try {
            return ids.index(Integer.parseInt(line.text()), classes);
        } catch (DatasetException e) {
            throw new DatasetException(line.where() + ": " + e.getMessage(), e);
        }
    }

    private static List<Line> parse(Path file, List<String> lines) throws DatasetException {
        List<Line> parsed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("\"")) {
                line = unquoted(line, file + ": line " + (i + 1));
            }
            int nameEnd = nameEnd(line);
            boolean hasName = nameEnd >= 0;
            String text = hasName ? firstColumn(line.substring(nameEnd)) : line;
            if (i == 0 && hasName && !CLASS.matcher(text).matches()) {
                continue; // a header
            }
            Optional<String> name = hasName ? Optional.of(line.substring(0, nameEnd)) : Optional.empty();
            parsed.add(new Line(file + ": line " + (i + 1), name, text));
        }
        return parsed;
    }

    /** Returns the fields of a CSV record, quoted or not, separated by tabs. */
    private static String unquoted(String line, String where) throws DatasetException {
        return Csv.parse(line + '\n', 0)
                .map(parsed -> String.join("\t", parsed.fields()))
                .orElseThrow(() -> new DatasetException(where + ": the quotation marks don't match"));
    }

    /**
     * Returns the class of each image.
     *
     * @param files the images, sorted by path
     * @param folder what they are in, for errors
     * @throws DatasetException if an image has no label, or there are fewer or more labels by order than images
     */
    public List<Integer> of(List<ImageFile> files, Path folder) throws DatasetException {
        if (!byOrder.isEmpty()) {
            if (byOrder.size() != files.size()) {
                throw new DatasetException(file + ": " + byOrder.size() + " labels without names, expected one for each"
                        + " of the " + files.size() + " images of " + folder);
            }
            return byOrder;
        }
        List<Integer> labels = new ArrayList<>();
        for (ImageFile image : files) {
            labels.add(find(image)
                    .orElseThrow(
                            () -> new DatasetException(file + ": no label for " + image.name() + " of " + folder)));
        }
        return labels;
    }

    private OptionalInt find(ImageFile image) {
        String fileName = image.fileName();
        String bare = fileName.substring(0, fileName.lastIndexOf('.'));
        for (String name : List.of(image.name(), fileName, bare)) {
            Integer label = byName.get(name);
            if (label != null) {
                return OptionalInt.of(label);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Returns where the name ends: at the first tab or, without one, the first comma or, without one, the first space.
     */
    private static int nameEnd(String line) {
        for (char separator : new char[] {'\t', ',', ' '}) {
            if (line.indexOf(separator) >= 0) {
                return line.indexOf(separator);
            }
        }
        return -1;
    }

    private static String firstColumn(String columns) {
        return BETWEEN_COLUMNS
                .splitAsStream(columns)
                .filter(column -> !column.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static int label(Line line, ClassIndex classes, List<Line> all) throws DatasetException {
        String text = line.text();
        OptionalInt found = classes.find(text);
        if (found.isPresent()) {
            return found.getAsInt();
        }
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index < classes.classes()) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw new DatasetException(
                    line.where() + ": '" + text + "' is neither an index nor the WordNet id of a class; "
                            + classes.hint(),
                    e);
        }
        boolean fromOne = CountedFromOne.holds(all.stream().map(Line::text).toList(), classes.classes());
        throw new DatasetException(line.where() + ": class " + text + ", expected 0.." + (classes.classes() - 1)
                + " (the model's indices start at 0)" + (fromOne ? CountedFromOne.REMARK + DEVKIT : ""));
    }

    private static List<String> lines(Path file) throws DatasetException {
        try {
            return BoundedText.read(file).lines().toList();
        } catch (NoSuchFileException e) {
            throw new DatasetException(file + ": no such file", e);
        } catch (IllegalArgumentException e) {
            throw new DatasetException("" + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(file + ": can't be read: " + e, e);
        }
    }
}
