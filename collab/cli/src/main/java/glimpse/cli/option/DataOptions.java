package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.data.IdxDataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.data.ImageRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The images that a command runs on. */
public final class DataOptions {
    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Folder of images with one subfolder per class, named by WordNet id or class name. With --labels, a"
                            + " folder without subfolders, or an IDX file of images such as MNIST's.")
    private @Nullable Path images;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Labels of the images: for a folder, a text file with one file name and class per line; for an"
                            + " IDX file, an IDX file.")
    private @Nullable Path labels;

    @Option(
            names = "--devkit-meta",
            paramLabel = "FILE",
            description = "The ILSVRC2012 development kit's data/meta.mat: the labels' numbers are its ILSVRC2012_IDs."
                    + " Default: meta.mat beside a labels file without names, if there is one.")
    private @Nullable Path devkitMeta;

    @Option(
            names = "--data",
            paramLabel = "NAME",
            description = "Built-in data set to use in place of --images: " + FashionMnist.NAME
                    + " (its 10,000 test images).")
    private @Nullable String name;

    @Option(
            names = "--skip",
            paramLabel = "N",
            converter = NumberOf.AtLeastZero.class,
            description = "Skip the first N images. Default: ${DEFAULT-VALUE}.")
    private int skip;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberOf.AtLeastOne.class,
            description = "Use at most N images. Default: all.")
    private @Nullable Integer limit;

    /** Made by the command line, which sets the options. */
    public DataOptions() {}

    /** Checks what can be checked before a model is loaded. */
    public void check() {
        if ((images == null) == (name == null)) {
            throw new UsageException("expected either --images DIR or --data NAME");
        }
        if (images == null && labels != null) {
            throw new UsageException("--labels: goes with --images; --data " + name + " has labels of its own");
        }
        if (images == null && !FashionMnist.NAME.equals(name)) {
            throw UsageException.invalid("--data", "" + name, FashionMnist.NAME);
        }
        if (images != null && !Files.exists(images)) {
            throw new UsageException("--images " + images + ": no such folder or file");
        }
        if (images != null && Files.isRegularFile(images) && labels == null) {
            throw new UsageException("--images " + images
                    + ": is a file, expected a folder; for an IDX file, also give its labels with --labels");
        }
        if (labels != null) {
            InputFiles.require("--labels", labels);
        }
        checkDevkit();
    }

    private void checkDevkit() {
        if (devkitMeta == null) {
            return;
        }
        if (labels == null || images == null || Files.isRegularFile(images)) {
            throw new UsageException("--devkit-meta: goes with --images DIR and --labels FILE");
        }
        InputFiles.require("--devkit-meta", devkitMeta);
    }

    /** Returns the images, with labels as indices into these classes. */
    public Dataset images(ClassIndex classes) throws IOException {
        check();
        Dataset all = all(classes);
        if (skip >= all.size()) {
            throw UsageException.invalid("--skip", skip, "0.." + (all.size() - 1));
        }
        int rest = all.size() - skip;
        return new ImageRange(all, skip, limit == null ? rest : Math.min(limit, rest));
    }

    /** Returns the images' folder or file, the labels' file and the development kit's, where they are given. */
    List<Path> files() {
        return Stream.of(images, labels, devkitMeta)
                .flatMap(file -> Optional.ofNullable(file).stream())
                .toList();
    }

    /** Describes the images in words. */
    public String description(Dataset chosen) {
        String where = images == null ? "" + name : "" + images.getFileName();
        return where + ", " + chosen.size() + " images" + (skip == 0 ? "" : " after the first " + skip);
    }

    private Dataset all(ClassIndex classes) throws IOException {
        if (images == null) {
            return FashionMnist.testImages(classes.classes());
        }
        if (labels == null) {
            return ImageFolder.ofClassFolders(images, classes);
        }
        if (Files.isRegularFile(images)) {
            return IdxDataset.read(images, labels, classes.classes());
        }
        return devkitMeta != null
                ? ImageFolder.withDevkitLabels(images, labels, devkitMeta, classes)
                : ImageFolder.withLabels(images, labels, classes);
    }
}
