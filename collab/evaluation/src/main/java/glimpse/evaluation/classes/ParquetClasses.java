package glimpse.evaluation.classes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.listing.DatasetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which class of a model each label of a Parquet file stands for. The hub's files have the names of their classes;
 * where all of them are the model's, they decide. Otherwise labels are the model's indices.
 */
public final class ParquetClasses {
    private final List<Integer> indices; // by label; empty if labels are indices
    private final ClassIndex classes;

    private ParquetClasses(List<Integer> indices, ClassIndex classes) {
        this.indices = List.copyOf(indices);
        this.classes = classes;
    }

    /**
     * Reads the classes' names.
     *
     * @param features what the datasets library says about the columns, as JSON; empty if there is nothing
     * @throws DatasetException without the file's name, if the file has other classes than the model
     */
    public static ParquetClasses of(String features, ClassIndex classes) throws DatasetException {
        List<String> names = names(features);
        List<Integer> indices = new ArrayList<>();
        for (String name : names) {
            OptionalInt found = classes.findFolder(name);
            if (found.isPresent()) {
                indices.add(found.getAsInt());
            }
        }
        boolean named = !names.isEmpty() && new HashSet<>(indices).size() == names.size();
        if (!named && !names.isEmpty() && names.size() != classes.classes()) {
            throw new DatasetException("has " + names.size() + " classes such as '" + names.getFirst()
                    + "', of which the model has " + indices.size() + ", expected the model's " + classes.classes()
                    + "; " + classes.hint());
        }
        return new ParquetClasses(named ? indices : List.of(), classes);
    }

    private static List<String> names(String features) {
        List<String> names = new ArrayList<>();
        try {
            JsonNode label = Json.mapper()
                    .readTree(features)
                    .path("info")
                    .path("features")
                    .path("label");
            label.path("names").forEach(name -> names.add(name.asText()));
        } catch (JsonProcessingException e) {
            return List.of(); // what isn't understood is as if it weren't there
        }
        return names;
    }

    /**
     * Returns the model's class.
     *
     * @throws DatasetException without the file's name
     */
    public int index(long label) throws DatasetException {
        if (label == -1) {
            throw new DatasetException("has label -1, which stands for a hidden one, as in the hub's test sets;"
                    + " expected the train or the validation split");
        }
        int count = indices.isEmpty() ? classes.classes() : indices.size();
        if (label < 0 || label >= count) {
            throw new DatasetException("has label " + label + ", expected 0.." + (count - 1));
        }
        return indices.isEmpty() ? (int) label : indices.get((int) label);
    }
}
