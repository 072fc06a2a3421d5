package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data set and models that come with the program: the test images of Fashion-MNIST (arXiv 1708.07747, MIT licence;
 * 10,000 grey images of 28 x 28) and a pair of small models trained on its training images.
 */
public final class FashionMnist {
    /** The data set's name in options. */
    public static final String NAME = "fashion-mnist";

    /** How its parts are written in options that take files. */
    public static final String SYNTAX =
            NAME + "/edge, " + NAME + "/server (the models) or " + NAME + "/0 to 9999 (images)";

    private static final Pattern MODEL = Pattern.compile(NAME + "[/\\\\](edge|server)");
    private static final Pattern IMAGE = Pattern.compile(NAME + "[/\\\\]([0-9]{1,4})");
    private static final int CLASSES = 10;

    private FashionMnist() {}

    /**
     * Returns the 10,000 test images.
     *
     * @param classes the model's number of classes
     * @throws DatasetException if the model has another number of classes
     */
    public static Dataset testImages(int classes) throws IOException {
        if (classes != CLASSES) {
            throw new DatasetException(NAME + " has " + CLASSES + " classes, but the model has " + classes);
        }
        return IdxDataset.of(
                NAME, resource("t10k-images-idx3-ubyte.gz"), resource("t10k-labels-idx1-ubyte.gz"), classes);
    }

    /**
     * Returns the content of a model's file.
     *
     * @param name the model, as in {@link #SYNTAX}
     * @return empty if the name isn't that of a model
     * @throws NoSuchFileException if this build has no models
     */
    public static Optional<byte[]> model(String name) throws IOException {
        Matcher model = MODEL.matcher(name);
        return model.matches() ? Optional.of(resource(model.group(1) + ".safetensors")) : Optional.empty();
    }

    /**
     * Returns a test image.
     *
     * @param name the image, as in {@link #SYNTAX}
     * @return empty if the name isn't that of an image
     */
    public static Optional<RgbImage> image(String name) throws IOException {
        Matcher image = IMAGE.matcher(name);
        return image.matches()
                ? Optional.of(testImages(CLASSES).read(Integer.parseInt(image.group(1))))
                : Optional.empty();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = FashionMnist.class.getResourceAsStream(NAME + "/" + name)) {
            if (in == null) {
                throw new NoSuchFileException(
                        NAME + "/" + name, null, "not in this build; scripts/train/README.md says how to make it");
            }
            return in.readAllBytes();
        }
    }
}
