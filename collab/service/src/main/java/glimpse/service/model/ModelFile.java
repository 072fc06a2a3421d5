package glimpse.service.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A model to serve.
 *
 * @param name what requests call it: letters, digits, dots, hyphens and underscores, not beginning with a dot
 * @param content as {@code glimpse convert} writes it
 * @param temperatures at which models predict, by the SHA-256 of their files; 1 for all others
 */
public record ModelFile(String name, ModelContent content, Map<String, Double> temperatures) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]+$");

    /** Makes a model that predicts at temperature 1. */
    public ModelFile(String name, ModelContent content) {
        this(name, content, Map.of());
    }

    /** Checks the name. */
    public ModelFile {
        temperatures = Map.copyOf(temperatures);
        Objects.requireNonNull(content, "content");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name '" + name + "' of model " + content
                    + " is invalid, expected letters, digits, dots, hyphens and underscores");
        }
    }

    /** Returns the same model at other temperatures. */
    public ModelFile at(Map<String, Double> others) {
        return new ModelFile(name, content, others);
    }

    /** Returns a model that is named for its file, without the extension. */
    public static ModelFile of(Path file) {
        String name = String.valueOf(file.getFileName());
        return new ModelFile(EXTENSION.matcher(name).replaceFirst(""), ModelContent.of(file));
    }
}
