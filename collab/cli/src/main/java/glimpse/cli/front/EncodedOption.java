package glimpse.cli.front;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.EncodedFiles;
import glimpse.evaluation.data.EncodedImages;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.plan.FileFormat.EncodedElsewhere;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --encoded}: what other encoders made of the images. */
public final class EncodedOption {
    static final String ENCODED = "--encoded";

    @Option(
            names = ENCODED,
            paramLabel = "NAME=DIR",
            description =
                    "Also upload whole images that another encoder made files of, in DIR/images for those of --images and"
                            + " DIR/choose-on for those of --choose-on (or all in DIR), under the images' names with any"
                            + " suffix. NAME is " + EncodedElsewhere.SYNTAX
                            + ", such as webp:40; settings of one kind are one method. The server sees what a file"
                            + " decodes to, scaled up if it is smaller. Repeat it for several.")
    private List<String> encodings = new ArrayList<>();

    /** Made by the command line, which sets the option. */
    public EncodedOption() {}

    /** Returns whether the option is given. */
    public boolean given() {
        return !encodings.isEmpty();
    }

    /** Checks the folders, before anything is loaded. */
    public void check() {
        folders();
    }

    /** Returns the formats, each once. */
    public List<EncodedElsewhere> formats() {
        return List.copyOf(folders().keySet());
    }

    /** Returns the folders, which nothing may overwrite. */
    public List<Path> files() {
        return List.copyOf(folders().values());
    }

    private Map<EncodedElsewhere, Path> folders() {
        Map<EncodedElsewhere, Path> folders = new LinkedHashMap<>();
        for (String text : encodings) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw UsageException.invalid(ENCODED, text, "NAME=DIR");
            }
            EncodedElsewhere format;
            try {
                format = EncodedElsewhere.ofName(text.substring(0, equals));
            } catch (IllegalArgumentException e) {
                throw new UsageException(ENCODED + " " + text + ": " + e.getMessage());
            }
            Path folder = InputFiles.path(ENCODED, text.substring(equals + 1));
            if (!Files.isDirectory(folder)) {
                throw new UsageException(ENCODED + " " + text + ": " + folder + " is no folder");
            }
            if (folders.put(format, folder) != null) {
                throw new UsageException(ENCODED + " " + text + ": " + format.name() + " is given twice");
            }
        }
        return folders;
    }

    /**
     * Returns images together with what was made of them.
     *
     * @param part the name of the folder for these images in each of the folders
     * @throws DatasetException naming the folder if an image has no file
     */
    public Dataset with(Dataset images, String part) throws DatasetException {
        if (!given()) {
            return images;
        }
        Map<String, EncodedFiles> files = new HashMap<>();
        for (Map.Entry<EncodedElsewhere, Path> encoding : folders().entrySet()) {
            Path inner = encoding.getValue().resolve(part);
            files.put(
                    encoding.getKey().name(),
                    EncodedFiles.of(Files.isDirectory(inner) ? inner : encoding.getValue(), images));
        }
        return new EncodedImages(images, files);
    }
}
