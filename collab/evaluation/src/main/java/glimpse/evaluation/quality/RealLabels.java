package glimpse.evaluation.quality;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Counted;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reassessed labels of ImageNet's validation images (Beyer et al., arXiv 2006.07159), as their authors publish them:
 * {@code real.json}, an array with a list of class numbers for each of ILSVRC2012_val_00000001 and so on. Immutable.
 */
public final class RealLabels {
    private static final Pattern NAME = Pattern.compile("ILSVRC2012_val_(\\d{8})(?!\\d)");

    private final Path file;
    private final List<List<Integer>> byNumber; // from 1

    private RealLabels(Path file, List<List<Integer>> byNumber) {
        this.file = file;
        this.byNumber = List.copyOf(byNumber);
    }

    /**
     * Reads a file.
     *
     * @param classes the model's number of classes, which every label is less than
     * @throws DatasetException naming the file, and the image if its labels are wrong
     */
    public static RealLabels read(Path file, int classes) throws IOException {
        JsonNode lists;
        try {
            lists = Json.read(file);
        } catch (IllegalArgumentException e) {
            throw new DatasetException("" + e.getMessage(), e);
        }
        if (!lists.isArray() || lists.isEmpty()) {
            throw new DatasetException(file + ": expected an array with a list of class numbers per image");
        }
        List<List<Integer>> byNumber = new ArrayList<>();
        for (JsonNode list : lists) {
            String where = file + ": image " + (byNumber.size() + 1);
            if (!list.isArray()) {
                throw new DatasetException(where + ": expected a list of class numbers, found "
                        + list.getNodeType().toString().toLowerCase(Locale.ROOT));
            }
            List<Integer> labels = new ArrayList<>();
            for (JsonNode label : list) {
                if (!label.isIntegralNumber()
                        || !label.canConvertToInt()
                        || label.intValue() < 0
                        || label.intValue() >= classes) {
                    throw new DatasetException(
                            where + ": label " + shortened(label) + ", expected 0.." + (classes - 1));
                }
                labels.add(label.intValue());
            }
            byNumber.add(List.copyOf(labels));
        }
        return new RealLabels(file, byNumber);
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    /**
     * Returns the labels of each image, in the images' order.
     *
     * @throws DatasetException if an image's name doesn't tell its number, or the file has no labels for it
     */
    public List<List<Integer>> of(Dataset images) throws DatasetException {
        List<List<Integer>> labels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            String name = images.name(i);
            Matcher matcher = NAME.matcher(name.substring(name.lastIndexOf('/') + 1));
            if (!matcher.lookingAt()) {
                throw new DatasetException(
                        file + ": has no labels for " + name + ", expected names such as ILSVRC2012_val_00000001.JPEG");
            }
            int number = Integer.parseInt(matcher.group(1));
            if (number < 1 || number > byNumber.size()) {
                throw new DatasetException(
                        file + ": has no labels for " + name + ", only for " + Counted.of(byNumber.size(), "image"));
            }
            labels.add(byNumber.get(number - 1));
        }
        return labels;
    }
}
