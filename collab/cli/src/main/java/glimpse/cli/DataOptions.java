package glimpse.cli;

import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.data.IdxDataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.data.ImageRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images a command runs on. */
final class DataOptions {
    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Images in a folder for each class, named by WordNet id or class name; or flat, with --labels;"
                            + " or a file of images in IDX, as of MNIST, with --labels.")
    private @Nullable Path images;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Labels of a flat folder: a line an image, file name and class; or of an IDX file, in IDX.")
    private @Nullable Path labels;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            description = "Instead of --images, a data set that comes with the program: " + FashionMnist.NAME
                    + " (10,000 test images).")
    private @Nullable String name;

    @Option(names = "--skip", paramLabel = "N", description = "Leave out the first N images.")
    private int skip;

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N images alone, of those not left out.")
    private @Nullable Integer limit;

    /** The images, with their labels as a model counts its classes. */
    Dataset images(ClassIndex classes) throws IOException {
        if (limit != null && limit < 1) {
            throw new UsageException("--limit " + limit + " is invalid, expected 1 or more");
        }
        Dataset all = all(classes);
        if (skip < 0 || skip >= all.size()) {
            throw new UsageException("--skip " + skip + " is invalid, expected 0.." + (all.size() - 1));
        }
        int rest = all.size() - skip;
        return new ImageRange(all, skip, limit == null ? rest : Math.min(limit, rest));
    }

    /** The images in words. */
    String description(Dataset chosen) {
        String where = images == null ? "" + name : "" + images.getFileName();
        return where + ", " + chosen.size() + " images" + (skip == 0 ? "" : " after the first " + skip);
    }

    private Dataset all(ClassIndex classes) throws IOException {
        if ((images == null) == (name == null)) {
            throw new UsageException("expected one of --images DIR and --data NAME");
        }
        if (images == null) {
            return named("" + name, classes);
        }
        if (Files.isRegularFile(images)) {
            if (labels == null) {
                throw new UsageException("--images " + images + ": is a file, expected --labels with it");
            }
            return IdxDataset.read(images, labels, classes.classes());
        }
        return labels == null
                ? ImageFolder.ofClassFolders(images, classes)
                : ImageFolder.withLabels(images, labels, classes);
    }

    private Dataset named(String dataset, ClassIndex classes) throws IOException {
        if (labels != null) {
            throw new UsageException("--labels goes with --images, " + dataset + " has labels of its own");
        }
        if (!dataset.equals(FashionMnist.NAME)) {
            throw new UsageException("--data '" + dataset + "' is invalid, expected " + FashionMnist.NAME);
        }
        return FashionMnist.testImages(classes.classes());
    }
}
