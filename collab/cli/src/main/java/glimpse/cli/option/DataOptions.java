package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.FashionMnist;
import glimpse.evaluation.data.ImageSource;
import glimpse.evaluation.data.ImageSource.Form;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.io.Counted;
import java.io.IOException;
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
            paramLabel = "PATH",
            description =
                    "Folder of images with one subfolder, or one tar archive, per class, named by WordNet id, class name or"
                            + " class number; a tar archive of such subfolders; WebDataset shards such as shard-{000..009}.tar; Parquet files of the Hugging Face hub's"
                            + " imagenet-1k, or a folder of them; or a text file with an"
                            + " image's path and class per line. With --labels, a folder or tar archive without"
                            + " subfolders, or an IDX file of images such as MNIST's.")
    private @Nullable Path images;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Labels of the images: for a folder or archive, a text file with one file name and class per line, or"
                            + " ImageNet's development kit, ILSVRC2012_devkit_t12.tar.gz, which is found if it is beside the"
                            + " images; for an IDX file, an IDX file.")
    private @Nullable Path labels;

    @Option(
            names = "--devkit-meta",
            paramLabel = "FILE",
            description = "The ILSVRC2012 development kit's data/meta.mat, map_clsloc.txt of a later one, or a list of"
                    + " WordNet ids in their order: the labels' numbers are its ILSVRC2012_IDs. Default: meta.mat or"
                    + " map_clsloc.txt beside a labels file without names, if there is one.")
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

    @Option(
            names = "--spread",
            description = "Take the images of --limit from all over the data set, at equal distances, instead of its"
                    + " beginning.")
    private boolean spread;

    /** Made by the command line, which sets the options. */
    public DataOptions() {}

    /** Checks what can be checked before a model is loaded. */
    public void check() {
        if ((images == null) == (name == null)) {
            throw new UsageException("expected either --images PATH or --data NAME");
        }
        if (images == null && labels != null) {
            throw new UsageException("--labels: goes with --images; --data " + name + " has labels of its own");
        }
        if (images == null && !FashionMnist.NAME.equals(name)) {
            throw UsageException.invalid("--data", "" + name, FashionMnist.NAME);
        }
        if (images != null) {
            checkForm(images);
        }
        if (labels != null) {
            InputFiles.require("--labels", labels);
        }
        checkDevkit();
        if (spread && limit == null) {
            throw new UsageException("--spread: goes with --limit N");
        }
    }

    private void checkForm(Path path) {
        Form form = form(path).orElseThrow(() -> new UsageException("--images " + path + ": no such folder or file"));
        if (form == Form.IDX && labels == null) {
            throw new UsageException(
                    "--images " + path
                            + ": expected a folder, tar archive, Parquet file or list; for an IDX file, also give its labels with --labels");
        }
        if (form == Form.LIST && labels != null) {
            throw new UsageException("--images " + path
                    + ": is a text file, which lists a class for each image, so --labels doesn't go with it");
        }
        if (form == Form.PARQUET && labels != null) {
            throw new UsageException("--images " + path
                    + ": Parquet files have a label for each image, so --labels doesn't go with them");
        }
    }

    private static Optional<Form> form(Path path) {
        try {
            return ImageSource.form(path);
        } catch (IOException e) {
            throw new UsageException("--images " + path + ": can't be read: " + e);
        }
    }

    private void checkDevkit() {
        if (devkitMeta == null) {
            return;
        }
        if (labels == null || images == null || form(images).equals(Optional.of(Form.IDX))) {
            throw new UsageException("--devkit-meta: goes with --images PATH and --labels FILE");
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
        int size = limit == null ? rest : Math.min(limit, rest);
        return spread
                ? ImageSubset.spread(ImageSubset.range(all, skip, rest), size)
                : ImageSubset.range(all, skip, size);
    }

    /** Returns the images' folder or file, the labels' file and the development kit's, where they are given. */
    public List<Path> files() {
        return Stream.of(images, labels, devkitMeta)
                .flatMap(file -> Optional.ofNullable(file).stream())
                .toList();
    }

    /** Describes the images in words. */
    public String description(Dataset chosen) {
        String where = images == null ? "" + name : "" + images.getFileName();
        return where + ", " + Counted.of(chosen.size(), "image") + (spread ? " spread over it" : "")
                + (skip == 0 ? "" : " after the first " + skip);
    }

    private Dataset all(ClassIndex classes) throws IOException {
        if (images == null) {
            return FashionMnist.testImages(classes.classes());
        }
        return ImageSource.open(images, Optional.ofNullable(labels), Optional.ofNullable(devkitMeta), classes);
    }
}
