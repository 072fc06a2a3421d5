package glimpse.spark.function;

import glimpse.collab.node.Classifier;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Capture;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.Output;
import glimpse.engine.Prediction;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.evaluation.data.ImageFileReader;
import glimpse.spark.model.SharedModel;
import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Runs the model in an executor, on the thread of whichever task calls. Thread-safe. */
final class ImageWorker implements Serializable {
    private static final long serialVersionUID = 1;

    private final SharedModel model;
    private final GlimpseOptions options;

    private transient @Nullable Queue<Pass> idle;

    ImageWorker(SharedModel model, GlimpseOptions options) {
        this.model = model;
        this.options = options;
    }

    /** What one task at a time uses. */
    private record Pass(Classifier classifier, Session session, Optional<SelectionPolicy> policy, Capture capture) {}

    /** Returns the function's result. */
    Row row(byte[] file) {
        Pass pass = take();
        Row row;
        try {
            row = row(file, pass);
        } catch (IOException | IllegalArgumentException | NonFiniteOutputException e) {
            row = RowFactory.create(null, null, null, null, null, String.valueOf(e.getMessage()));
        }
        idle().add(pass);
        return row;
    }

    private Row row(byte[] file, Pass pass) throws IOException {
        Classifier classifier = pass.classifier;
        var patches = classifier.patches(ImageFileReader.decode(file));
        Output output = pass.session.forward(classifier.preprocessing().normalise(patches), pass.capture);
        int @Nullable [] kept = pass.policy
                .map(policy -> policy.select(output, 0, classifier.transformer().config(), contentName(file))
                        .positions())
                .orElse(null);
        float @Nullable [] features = options.features() ? output.features(0) : null;
        if (classifier.transformer().config().classes() == 0) {
            return RowFactory.create(null, null, null, kept, features, null);
        }
        ClassProbability best = Prediction.softmax(output.logits(0)).top(1).getFirst();
        ClassLabels labels = classifier.transformer().labels();
        String label = labels.isEmpty() ? Integer.toString(best.index()) : labels.name(best.index());
        return RowFactory.create(label, best.index(), best.probability(), kept, features, null);
    }

    /** Names an image for random selections: the function knows its bytes alone. */
    private static String contentName(byte[] file) {
        return HexFormat.of().toHexDigits(java.util.Arrays.hashCode(file));
    }

    private Pass take() {
        Pass free = idle().poll();
        if (free != null) {
            return free;
        }
        Classifier classifier = model.on(Workers.of(1)); // the task's own thread, which needs no closing
        Optional<SelectionPolicy> policy = options.keepsPatches() ? Optional.of(options.policy()) : Optional.empty();
        Capture capture = policy.map(
                        some -> some.capture(classifier.transformer().config()))
                .orElse(Capture.none());
        return new Pass(classifier, classifier.transformer().newSession(), policy, capture);
    }

    private synchronized Queue<Pass> idle() {
        Queue<Pass> queue = idle;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            idle = queue;
        }
        return queue;
    }
}
