package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

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

    private static final Pattern PART = Pattern.compile(NAME + "[/\\\\](edge|server|[0-9]{1,4})");
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
     * Writes a part to a temporary file, which is deleted when the process ends.
     *
     * @param name the part, as in {@link #SYNTAX}
     * @return the file; empty if the name isn't that of a part
     * @throws NoSuchFileException if this build has no models
     */
    public static Optional<Path> file(String name) throws IOException {
        Matcher part = PART.matcher(name);
        if (!part.matches()) {
            return Optional.empty();
        }
        String which = part.group(1);
        boolean model = which.equals("edge") || which.equals("server");
        Path folder = Files.createTempDirectory("glimpse-");
        folder.toFile().deleteOnExit();
        Path file = folder.resolve(NAME + "-" + which + (model ? ".safetensors" : ".png"));
        file.toFile().deleteOnExit();
        if (model) {
            Files.write(file, resource(which + ".safetensors"));
        } else {
            writePng(testImages(CLASSES).read(Integer.parseInt(which)), file);
        }
        return Optional.of(file);
    }

    private static void writePng(RgbImage image, Path file) throws IOException {
        BufferedImage grey = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                grey.getRaster().setSample(x, y, 0, image.sample(x, y, 0));
            }
        }
        ImageIO.write(grey, "png", file.toFile());
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
