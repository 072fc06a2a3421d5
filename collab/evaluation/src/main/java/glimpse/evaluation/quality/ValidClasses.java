package glimpse.evaluation.quality;

import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.BoundedText;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Reads which of a model's classes a data set has, as ImageNet-A and -R have 200 of ImageNet's. */
public final class ValidClasses {
    private ValidClasses() {}

    /**
     * Reads a text file with a class number, from 0, or a WordNet id on each line. Empty lines are ignored.
     *
     * @return the indices, in ascending order
     * @throws DatasetException naming the file, and the line if it isn't a class of the model
     */
    public static List<Integer> read(Path file, ClassIndex classes) throws IOException {
        String text;
        try {
            text = BoundedText.read(file);
        } catch (IllegalArgumentException e) {
            throw new DatasetException("" + e.getMessage(), e);
        }
        TreeSet<Integer> valid = new TreeSet<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            OptionalInt index = classes.findFolder(line.strip());
            if (index.isEmpty()) {
                throw new DatasetException(file + ": line " + number + ": '" + shortened(line.strip())
                        + "' isn't a class of the model, expected 0.." + (classes.classes() - 1) + " or a WordNet id");
            }
            valid.add(index.getAsInt());
        }
        if (valid.isEmpty()) {
            throw new DatasetException(file + ": has no classes, expected a class number or WordNet id on each line");
        }
        return new ArrayList<>(valid);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
