package glimpse.evaluation.classes;

import glimpse.engine.ClassLabels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The 1,000 classes of ImageNet (ILSVRC2012), which come with the program. */
public final class ImagenetClasses {
    /** The number of classes. */
    public static final int COUNT = 1000;

    private static final String RESOURCE = "imagenet-1k.tsv";

    private ImagenetClasses() {}

    /** Returns WordNet id and WordNet's names of each class, in the models' usual order, that of the ids. */
    public static ClassLabels labels() {
        try (InputStream in = Objects.requireNonNull(ImagenetClasses.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ClassLabels.ofLines(
                    text.lines().filter(line -> !line.startsWith("#")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the resource is part of the program
        }
    }
}
