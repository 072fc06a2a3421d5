package glimpse.evaluation.classes;

import glimpse.engine.ClassLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the class index of a model by a class's WordNet id, name or number. A model of 1,000 classes without labels is
 * taken to have ImageNet's. Immutable.
 */
public final class ClassIndex {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final List<String> names; // [classes]
    private final List<String> wnids; // [classes], an empty string where there is none
    private final boolean labelled;
    private final boolean assumed;
    private final Map<String, Integer> byWnid;
    private final Set<String> everyWnid;
    private final Map<String, Integer> byName; // without names that several classes share
    private final Map<String, Integer> byFirstName; // in lower case, without those that several classes share

    private ClassIndex(List<String> names, List<String> wnids, boolean labelled, boolean assumed) {
        this.names = List.copyOf(names);
        this.wnids = List.copyOf(wnids);
        this.labelled = labelled;
        this.assumed = assumed;
        this.byWnid = unique(wnids);
        this.everyWnid = Set.copyOf(wnids);
        this.byName = unique(names);
        this.byFirstName = unique(names.stream().map(ClassIndex::firstName).toList());
    }

    /** Returns the first of the names that a label gives, as it is compared with a folder's name. */
    static String firstName(String name) {
        return name.split(",", 2)[0].strip().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the index of a model's classes.
     *
     * @param labels one per class, or none; 1,000 classes without labels get those of {@link ImagenetClasses}, and
     *     those with its names alone, as models of the Hugging Face hub have them, its WordNet ids
     * @param classes the model's number of classes, at least 1
     * @throws IllegalArgumentException if there are labels, but not one for each class
     */
    public static ClassIndex of(ClassLabels labels, int classes) {
        if (!labels.isEmpty() && labels.size() != classes) {
            throw new IllegalArgumentException(
                    "the model has " + labels.size() + " labels, expected one for each of its " + classes + " classes");
        }
        boolean assumed = labels.isEmpty() && classes == ImagenetClasses.COUNT;
        ClassLabels known = assumed ? ImagenetClasses.labels() : labels;
        ClassLabels ids = ImagenetClasses.areNamedBy(known) ? ImagenetClasses.labels() : known;
        List<String> names = new ArrayList<>();
        List<String> wnids = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            names.add(known.isEmpty() ? "class " + i : known.name(i));
            wnids.add(known.isEmpty() ? "" : ids.wordNetId(i).orElse(""));
        }
        return new ClassIndex(names, wnids, !known.isEmpty(), assumed);
    }

    private static Map<String, Integer> unique(List<String> keys) {
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> unique = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (first.putIfAbsent(key, i) == null) {
                unique.put(key, i);
            } else {
                unique.remove(key);
            }
        }
        unique.remove("");
        return Map.copyOf(unique);
    }

    /** Returns the number of classes. */
    public int classes() {
        return names.size();
    }

    /** Returns the name of a class; "class 17", say, if the model has no labels. */
    public String name(int index) {
        return names.get(index);
    }

    /** Returns the WordNet id of a class, if the model's labels have one. */
    public Optional<String> wnid(int index) {
        return Optional.of(wnids.get(index)).filter(wnid -> !wnid.isEmpty());
    }

    /** Returns whether the classes have labels. */
    public boolean labelled() {
        return labelled;
    }

    /** Returns whether the labels are ImageNet's because the model has 1,000 classes and none of its own. */
    public boolean assumed() {
        return assumed;
    }

    /** Finds a class by its WordNet id or, if only one class has it, its name. */
    public OptionalInt find(String wnidOrName) {
        // an id that several classes have isn't another's name
        Integer index = everyWnid.contains(wnidOrName) ? byWnid.get(wnidOrName) : byName.get(wnidOrName);
        return index == null || !labelled ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * Finds the class that a folder is named after: by WordNet id, name, the first of its names ("great_white_shark"
     * for "great white shark, white shark"), if only one class has it, or number, counted from 0.
     */
    public OptionalInt findFolder(String name) {
        OptionalInt exact = find(name);
        if (exact.isPresent()) {
            return exact;
        }
        Integer index = byFirstName.get(firstName(name));
        if (index != null && labelled) {
            return OptionalInt.of(index);
        }
        boolean isNumber = NUMBER.matcher(name).matches();
        return isNumber && Integer.parseInt(name) < classes()
                ? OptionalInt.of(Integer.parseInt(name))
                : OptionalInt.empty();
    }

    /** Returns advice for a name that isn't found. */
    public String hint() {
        if (!labelled) {
            return "the model has no class labels: convert it again with --labels FILE (one class per line:"
                    + " WordNet id, tab, name)";
        }
        return byWnid.isEmpty()
                ? "the model's labels have no WordNet ids, the first is '" + names.getFirst()
                        + "': use such names, or convert the model again with --labels FILE (one class per line: WordNet id,"
                        + " tab, name)"
                : "the first of the model's " + classes() + " classes is " + wnids.getFirst() + " '" + names.getFirst()
                        + "'";
    }
}
