package glimpse.cli.front;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.option.NumberOf;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageSource;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.io.Counted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --choose-on}: the images that operating points are chosen on. */
public final class ChooseOnOptions {
    /** The option's name. */
    static final String CHOOSE_ON = "--choose-on";

    /** Name of the folder for these images' rows, in that of the others'. */
    static final String FOLDER = "choose-on";

    private static final String LABELS = "--choose-on-labels";
    private static final String SKIP = "--choose-on-skip";
    private static final String LIMIT = "--choose-on-limit";

    @Option(
            names = CHOOSE_ON,
            paramLabel = "PATH",
            description =
                    "Choose operating points on these images, which come as those of --images do and aren't among them:"
                            + " for each method and each budget the most accurate one, or of those that are about as"
                            + " accurate the one that sends the most, which is then measured once on --images. A method"
                            + " is a kind of upload (patches by attention, complementing patches, rounds, whole images in"
                            + " each format) to one server, with the edge's gate and without.")
    private @Nullable Path images;

    @Option(names = LABELS, paramLabel = "FILE", description = "Labels of the images of --choose-on.")
    private @Nullable Path labels;

    @Option(
            names = SKIP,
            paramLabel = "N",
            converter = NumberOf.AtLeastZero.class,
            description = "Skip the first N images of --choose-on. Default: 0.")
    private @Nullable Integer skip;

    @Option(
            names = LIMIT,
            paramLabel = "N",
            converter = NumberOf.AtLeastOne.class,
            description = "Use at most N images of --choose-on, from all over it. Default: all.")
    private @Nullable Integer limit;

    /** Made by the command line, which sets the options. */
    public ChooseOnOptions() {}

    /** Returns whether there are images to choose on. */
    public boolean given() {
        return images != null;
    }

    /** Checks what can be checked before a model is loaded. */
    public void check() throws IOException {
        if (images == null) {
            if (labels != null || skip != null || limit != null) {
                String option = labels != null ? LABELS : skip != null ? SKIP : LIMIT;
                throw new UsageException(option + ": goes with " + CHOOSE_ON + " PATH");
            }
            return;
        }
        if (ImageSource.form(images).isEmpty()) {
            throw new UsageException(CHOOSE_ON + " " + images + ": no such folder or file");
        }
        if (labels != null) {
            InputFiles.require(LABELS, labels);
        }
    }

    /** Returns the files that are read, which nothing may overwrite. */
    public List<Path> files() {
        return Stream.of(images, labels)
                .flatMap(file -> Optional.ofNullable(file).stream())
                .toList();
    }

    /**
     * Returns the images.
     *
     * @param measured the images that points are measured on
     * @throws UsageException if any of these is among them
     */
    Dataset images(ClassIndex classes, Dataset measured) throws IOException {
        Path path = required();
        Dataset all = ImageSource.open(path, Optional.ofNullable(labels), Optional.empty(), classes);
        int first = skip == null ? 0 : skip;
        if (first >= all.size()) {
            throw UsageException.invalid(SKIP, first, "0.." + (all.size() - 1));
        }
        Dataset rest = ImageSubset.range(all, first, all.size() - first);
        Dataset some = limit == null ? rest : ImageSubset.spread(rest, Math.min(limit, rest.size()));
        requireOthers(some, measured);
        return some;
    }

    private void requireOthers(Dataset chosen, Dataset measured) throws IOException {
        if (!chosen.pixelsSha256().equals(measured.pixelsSha256())) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < measured.size(); i++) {
            names.add(identity(measured, i));
        }
        for (int i = 0; i < chosen.size(); i++) {
            if (names.contains(identity(chosen, i))) {
                throw new UsageException(CHOOSE_ON + " " + required() + ": " + chosen.name(i)
                        + " is among the images that points are measured on, expected others");
            }
        }
    }

    /** Returns what identifies an image: those with equal names and lengths are the same, wherever they lie. */
    private static String identity(Dataset images, int index) {
        return images.name(index) + "/" + images.fileBytes(index).orElse(-1);
    }

    private Path required() {
        if (images == null) {
            throw new IllegalStateException("no images to choose on");
        }
        return images;
    }

    /** Describes the images in words. */
    String description(Dataset chosen) {
        return required().getFileName() + ", " + Counted.of(chosen.size(), "image");
    }
}
