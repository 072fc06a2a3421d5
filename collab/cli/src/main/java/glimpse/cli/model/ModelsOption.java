package glimpse.cli.model;

import glimpse.cli.error.UsageException;
import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --model}, for commands that run one model or several on the same images. */
public final class ModelsOption {
    /** The option's name. */
    public static final String MODEL = "--model";

    private static final String SUFFIX = ".safetensors";
    private static final int HASH_CHARACTERS = 8;
    private static final int MOST_CHARACTERS = 100;

    @Option(
            names = MODEL,
            paramLabel = "FILE",
            description = "Model to evaluate alone, in place of --edge and --server: a file written by glimpse convert,"
                    + " hf:OWNER/NAME[@REVISION][/FILE] of the Hugging Face hub, fashion-mnist/edge or"
                    + " fashion-mnist/server. Repeat it for a table of several.")
    private List<String> files = new ArrayList<>();

    /** Made by the command line, which sets the option. */
    public ModelsOption() {}

    /**
     * A loaded model.
     *
     * @param name what tables call it
     * @param classifier the model
     * @param classes its classes
     * @param source where it comes from
     * @param sha256 of its file
     */
    public record Loaded(String name, Classifier classifier, ClassIndex classes, ModelSource source, String sha256) {
        /** Returns the same model predicting among some of its classes; all if there are none. */
        public Loaded among(List<Integer> validClasses) {
            return new Loaded(name, classifier.among(validClasses), classes, source, sha256);
        }

        /** Returns the name of the folder for its rows: that of the model, and the beginning of its hash. */
        public String folderName() {
            String readable = shortName(name).replaceAll("[^A-Za-z0-9._-]+", "-");
            return readable.substring(0, Math.min(readable.length(), MOST_CHARACTERS)) + "-"
                    + sha256.substring(0, HASH_CHARACTERS);
        }
    }

    /** Returns whether the option is given. */
    public boolean given() {
        return !files.isEmpty();
    }

    /** Returns the files among them, which nothing may overwrite. */
    public List<Path> files() {
        return ModelSource.files(MODEL, files);
    }

    /** Checks that all files exist, before anything is loaded. */
    public void check() throws IOException {
        for (String file : files) {
            ModelSource.require(MODEL, file);
        }
    }

    /**
     * Loads the models.
     *
     * @throws UsageException if one is given twice, or they have different classes
     */
    public List<Loaded> load(Workers workers) throws IOException {
        Map<String, String> byHash = new HashMap<>();
        List<Loaded> models = new ArrayList<>();
        for (String file : files) {
            ModelSource source = ModelSource.require(MODEL, file);
            String sha256 = source.sha256();
            String before = byHash.putIfAbsent(sha256, file);
            if (before != null) {
                throw new UsageException(MODEL + " " + file + ": is the same model as " + before);
            }
            Classifier classifier = source.load(workers);
            models.add(new Loaded(name(file), classifier, ModelClasses.of(file, classifier), source, sha256));
            requireFit(models.getFirst(), models.getLast());
        }
        return models;
    }

    /** Returns a model's short name, or all of it if another has the same. */
    private String name(String file) {
        String name = shortName(file);
        boolean shared =
                files.stream().filter(other -> shortName(other).equals(name)).count() > 1;
        return shared ? file : name;
    }

    private static String shortName(String file) {
        if (HubFiles.isReference(file)) {
            return file;
        }
        String name = "" + Path.of(file).getFileName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static void requireFit(Loaded one, Loaded other) {
        int classes = one.classes().classes();
        if (classes != other.classes().classes()) {
            throw new UsageException(MODEL + " " + one.name() + " and " + other.name()
                    + " don't fit: the number of classes is " + classes + " and "
                    + other.classes().classes());
        }
        for (int i = 0; i < classes; i++) {
            var id = one.classes().wnid(i);
            var otherId = other.classes().wnid(i);
            if (id.isPresent() && otherId.isPresent() && !id.equals(otherId)) {
                throw new UsageException(MODEL + " " + one.name() + " and " + other.name() + " don't fit: class " + i
                        + " is " + id.get() + " and " + otherId.get());
            }
        }
    }
}
