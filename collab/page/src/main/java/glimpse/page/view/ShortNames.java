package glimpse.page.view;

import glimpse.engine.ClassLabels;

/** Shortens names that list synonyms, as ImageNet's do, to the first of them, unless another class has it, too. */
final class ShortNames {
    private static final String SEPARATOR = ", ";

    private ShortNames() {}

    static String of(int index, ClassLabels labels) {
        String first = first(labels.name(index));
        for (int other = 0; other < labels.size(); other++) {
            if (other != index && first(labels.name(other)).equals(first)) {
                return labels.name(index);
            }
        }
        return first;
    }

    private static String first(String name) {
        int end = name.indexOf(SEPARATOR);
        return end <= 0 ? name : name.substring(0, end);
    }
}
