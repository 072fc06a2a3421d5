package glimpse.cli.option;

import glimpse.cli.file.InputFiles;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.quality.RealLabels;
import glimpse.evaluation.quality.ValidClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What else is known of the images' classes. */
public final class LabelOptions {
    private static final String REAL = "--real-labels";
    private static final String VALID = "--valid-labels";

    @Option(
            names = REAL,
            paramLabel = "FILE",
            description =
                    "Also measure accuracy against the reassessed labels of ImageNet's validation images, of which"
                            + " an image has any number: real.json (arXiv 2006.07159). Images without any are left out of it.")
    private @Nullable Path real;

    @Option(
            names = VALID,
            paramLabel = "FILE",
            description =
                    "Predict only among these classes, for images that have no others, such as ImageNet-A and -R: a"
                            + " text file with a class number or WordNet id per line.")
    private @Nullable Path valid;

    /** Made by the command line, which sets the options. */
    public LabelOptions() {}

    /** Checks that the files exist, before anything is loaded. */
    public void check() {
        if (real != null) {
            InputFiles.require(REAL, real);
        }
        if (valid != null) {
            InputFiles.require(VALID, valid);
        }
    }

    /** Returns the files that are given. */
    public List<Path> files() {
        return Stream.of(real, valid)
                .flatMap(file -> Optional.ofNullable(file).stream())
                .toList();
    }

    /** Returns the indices of the classes to predict among; none for all of them. */
    public List<Integer> validClasses(ClassIndex classes) throws IOException {
        return valid == null ? List.of() : ValidClasses.read(valid, classes);
    }

    /** Returns the reassessed labels of each image, if they are given. */
    public Optional<List<List<Integer>>> realLabels(Dataset images, ClassIndex classes) throws IOException {
        return real == null
                ? Optional.empty()
                : Optional.of(RealLabels.read(real, classes.classes()).of(images));
    }
}
