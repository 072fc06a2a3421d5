package glimpse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels of a model's classes: a name for each and, for ImageNet's classes, a WordNet id. A model without labels
 * has none for any class. Immutable.
 */
public final class ClassLabels {
    /** The metadata key of a converted file; its value has one line per class. */
    static final String KEY = "glimpse.labels";

    private static final Pattern WITH_WORDNET_ID = Pattern.compile("(n\\d{8})(?:[\t ]+(.*))?");
    private static final ClassLabels NONE = new ClassLabels(List.of());

    private final List<String> lines; // [classes]
    private final List<Label> labels; // [classes]

    private record Label(String name, Optional<String> wordNetId) {}

    private ClassLabels(List<String> lines) {
        this.lines = List.copyOf(lines);
        this.labels = this.lines.stream().map(ClassLabels::label).toList();
    }

    private static Label label(String line) {
        String text = line.strip();
        Matcher matcher = WITH_WORDNET_ID.matcher(text);
        if (!matcher.matches()) {
            return new Label(text, Optional.empty());
        }
        String id = matcher.group(1);
        return new Label(Optional.ofNullable(matcher.group(2)).orElse(id), Optional.of(id));
    }

    /** Returns the labels of a model that has none. */
    public static ClassLabels none() {
        return NONE;
    }

    /**
     * Parses labels.
     *
     * @param lines one per class: a name; or a WordNet id ({@code n} and eight digits), a tab or space and a name; or a
     *     WordNet id alone, which then is the name too
     * @throws IllegalArgumentException if a label contains a line break
     */
    public static ClassLabels ofLines(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("\n")) {
                throw new IllegalArgumentException("the label of class " + i + " contains a line break");
            }
        }
        return new ClassLabels(lines);
    }

    /**
     * Reads the labels of a converted file.
     *
     * @param metadata of the file
     * @return {@link #none} if the metadata has no labels
     */
    public static ClassLabels readFrom(Map<String, String> metadata) {
        String text = metadata.getOrDefault(KEY, "");
        return text.isEmpty() ? NONE : new ClassLabels(List.of(text.split("\n", -1)));
    }

    /** Adds the labels, if there are any, to a converted file's metadata. */
    public void writeTo(Map<String, String> metadata) {
        if (!isEmpty()) {
            metadata.put(KEY, String.join("\n", lines));
        }
    }

    /** Returns the number of labels: 0, or the model's number of classes. */
    public int size() {
        return labels.size();
    }

    /** Returns whether there are no labels. */
    public boolean isEmpty() {
        return labels.isEmpty();
    }

    /**
     * Returns a class's name.
     *
     * @param index of the class, 0..{@link #size} - 1
     * @throws IndexOutOfBoundsException if there is no such label
     */
    public String name(int index) {
        return checked(index).name();
    }

    /**
     * Returns a class's WordNet id, such as {@code n01440764}.
     *
     * @param index of the class, 0..{@link #size} - 1
     * @return empty if the label has no id
     * @throws IndexOutOfBoundsException if there is no such label
     */
    public Optional<String> wordNetId(int index) {
        return checked(index).wordNetId();
    }

    private Label checked(int index) {
        Indices.check("index", index, labels.size());
        return labels.get(index);
    }

    /** Returns all names in the order of the classes. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        labels.forEach(label -> names.add(label.name()));
        return List.copyOf(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassLabels that && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return size() + " class labels";
    }
}
