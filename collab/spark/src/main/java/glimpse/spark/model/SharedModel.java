package glimpse.spark.model;

import glimpse.cli.file.TemporaryFolder;
import glimpse.cli.model.ModelSource;
import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A model that every executor fetches once from the driver and loads once, when the first of its tasks needs it.
 * Travels in a broadcast variable, of which an executor has one copy. Thread-safe.
 */
public final class SharedModel implements Serializable {
    /** The beginning of the names of folders with models, which the process deletes at its end. */
    static final String FOLDER = "glimpse-model-";

    private static final long serialVersionUID = 1;

    private final String name;
    private final String file; // among the files that Spark distributes

    private transient @Nullable Classifier loaded;

    private SharedModel(String name, String file) {
        this.name = name;
        this.file = file;
    }

    /**
     * Gives a model to the executors.
     *
     * @param sha256 the hash of the model's file, which names it among those of other models
     */
    public static SharedModel of(ModelSource source, String sha256, JavaSparkContext context) throws IOException {
        String file = sha256 + ".safetensors";
        if (context.sc().listFiles().forall(url -> !url.endsWith(file))) {
            Path copy = TemporaryFolder.create(FOLDER).path().resolve(file); // executors fetch it at any time
            source.copyTo(copy);
            context.addFile(copy.toString());
        }
        return new SharedModel(source.name().toString(), file);
    }

    /** Returns the model as it was named. */
    public String name() {
        return name;
    }

    /**
     * Returns the model, on workers of the caller's choice.
     *
     * @param workers run the forward passes; the caller closes them
     */
    public Classifier on(Workers workers) {
        return loaded().on(workers);
    }

    private synchronized Classifier loaded() {
        Classifier model = loaded;
        if (model == null) {
            try (Workers loading = Workers.of(1)) { // its users have workers of their own
                model = Classifier.load(Path.of(SparkFiles.get(file)), loading);
            } catch (IOException e) {
                throw new UncheckedIOException(name + ": can't be loaded: " + e.getMessage(), e);
            }
            loaded = model;
        }
        return model;
    }
}
