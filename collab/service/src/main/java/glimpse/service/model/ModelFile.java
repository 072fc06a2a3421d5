package glimpse.service.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A model to serve.
 *
 * @param name what requests call it: letters, digits, dots, hyphens and underscores, not beginning with a dot
 * @param file as {@code glimpse convert} writes it
 */
public record ModelFile(String name, Path file) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z]+$");

    /** Checks the name. */
    public ModelFile {
        Objects.requireNonNull(file, "file");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name '" + name + "' of model " + file
                    + " is invalid, expected letters, digits, dots, hyphens and underscores");
        }
    }

    /** Returns a model that is named for its file, without the extension. */
    public static ModelFile of(Path file) {
        String name = String.valueOf(file.getFileName());
        return new ModelFile(EXTENSION.matcher(name).replaceFirst(""), file);
    }
}
