package glimpse.evaluation.paper;

import glimpse.collab.node.Classifier;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Preprocessing;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the two models. Immutable.
 *
 * @param role {@code edge} or {@code server}
 * @param name the model as it was named
 * @param model the model itself
 * @param sha256 of its file
 */
public record ModelFacts(String role, String name, Classifier model, String sha256) {
    private static final int DEPTH = 12;
    private static final int HEAD_WIDTH = 64;
    private static final int CLASSES = 1000;
    private static final int IMAGE = 224;
    private static final int PATCH = 16;
    private static final double MILLION = 1e6;

    /** Returns the model's configuration. */
    public VitConfig config() {
        return model.transformer().config();
    }

    /** Returns the model's size in words. */
    public String size() {
        VitConfig config = config();
        return String.format(
                Locale.ROOT,
                "%d wide, %d blocks, %d heads, %.1f million parameters, %d patches, %,d classes",
                config.width(),
                config.depth(),
                config.heads(),
                config.parameters() / MILLION,
                config.patches(),
                config.classes());
    }

    /** Returns the name of the checkpoint that the model was converted from, if it is known. */
    public Optional<String> source() {
        return Optional.ofNullable(model.transformer().metadata().get("glimpse.source.name"));
    }

    /** Returns whether the model has the shape of the DeiT model of this width. */
    boolean isDeit(int width) {
        VitConfig config = config();
        return config.width() == width
                && config.depth() == DEPTH
                && config.heads() == width / HEAD_WIDTH
                && config.mlpWidth() == 4 * width
                && config.classes() == CLASSES
                && config.imageSize() == IMAGE
                && config.patchSize() == PATCH
                && config.pooling() == Pooling.CLASS_TOKEN;
    }

    /** Returns whether images are prepared as the paper's were. */
    boolean hasPapersPreprocessing() {
        return model.preprocessing().equals(Preprocessing.imagenet(IMAGE, PATCH));
    }

    /** Returns the preprocessing in words. */
    String preprocessing() {
        Preprocessing preprocessing = model.preprocessing();
        String framing = switch (preprocessing.framing()) {
            case Framing.Center(int resize, int size, var interpolation) ->
                "shorter side to " + resize + " pixels (" + interpolation.name().toLowerCase(Locale.ROOT)
                        + "), central " + size + " x " + size;
            case Framing.Squash(int resize, int size, var interpolation) ->
                "both sides to " + resize + " pixels (" + interpolation.name().toLowerCase(Locale.ROOT) + "), central "
                        + size + " x " + size;
            case Framing.AsIs(int size) -> "images of " + size + " x " + size + " as they are";
        };
        return framing + ", mean " + preprocessing.mean() + ", standard deviation " + preprocessing.std();
    }
}
