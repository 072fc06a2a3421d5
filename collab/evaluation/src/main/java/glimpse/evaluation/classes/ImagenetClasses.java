package glimpse.evaluation.classes;

import glimpse.engine.ClassLabels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.IntStream;

/** The 1,000 classes of ImageNet (ILSVRC2012), which come with the program. */
public final class ImagenetClasses {
    /** The number of classes. */
    public static final int COUNT = 1000;

    private static final String RESOURCE = "imagenet-1k.tsv";

    /** Lists of the names differ in some of them; in another order, hardly any would be in its place. */
    private static final double SAME_NAMES = 0.9;

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

    /** Returns whether a model's labels are the names of these classes in the usual order, without WordNet ids. */
    static boolean areNamedBy(ClassLabels labels) {
        if (labels.size() != COUNT
                || IntStream.range(0, COUNT).anyMatch(i -> labels.wordNetId(i).isPresent())) {
            return false;
        }
        ClassLabels usual = labels();
        long same = IntStream.range(0, COUNT)
                .filter(i -> ClassIndex.firstName(labels.name(i)).equals(ClassIndex.firstName(usual.name(i))))
                .count();
        return same >= SAME_NAMES * COUNT;
    }
}
