package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Image files under a folder (JPEG, PNG, WebP; told by their suffixes), sorted by path, each with its class. Immutable.
 */
public final class ImageFolder implements Dataset {
    private final List<ImageFile> files;
    private final List<Integer> labels; // [files]

    private ImageFolder(List<ImageFile> files, List<Integer> labels) {
        this.files = List.copyOf(files);
        this.labels = List.copyOf(labels);
    }

    /**
     * A folder with a folder for each class, called by its WordNet id or its name; how an image lies inside its class
     * folder doesn't matter. Not all classes need be there. If the model has no labels, there must be just as many
     * class folders as classes, and they are numbered in the order of their names, as torchvision numbers them.
     *
     * @param classes of the model
     * @throws DatasetException if there is no image, or one whose class isn't known
     */
    public static ImageFolder ofClassFolders(Path folder, ClassIndex classes) throws DatasetException {
        List<ImageFile> files = ImageListing.of(folder);
        Map<String, Integer> byFolder = new HashMap<>();
        TreeSet<String> classFolders = new TreeSet<>();
        for (ImageFile file : files) {
            if (file.topFolder().isEmpty()) {
                throw new DatasetException(folder + ": " + file.name() + " is in no class folder; for images without"
                        + " class folders give a file with their labels");
            }
            classFolders.add(file.topFolder());
        }
        boolean numbered = !classes.labelled() && classFolders.size() == classes.classes();
        for (String name : classFolders) {
            byFolder.put(
                    name,
                    numbered
                            ? byFolder.size()
                            : classes.find(name)
                                    .orElseThrow(() -> new DatasetException(folder + ": folder " + name
                                            + " is no class of the model; " + classes.hint())));
        }
        List<Integer> labels = new ArrayList<>();
        for (ImageFile file : files) {
            labels.add(Objects.requireNonNull(byFolder.get(file.topFolder())));
        }
        return new ImageFolder(files, labels);
    }

    /**
     * A folder of images with their labels in a UTF-8 text file, in one of two forms.
     *
     * <ul>
     *   <li>A line an image: the file's name (or its path under the folder, or its name without suffix), then a tab, a
     *       comma or a space, then the class; more columns are ignored. Images that the folder lacks may be listed, but
     *       each image of the folder must be. The first line may be a heading.
     *   <li>One class a line, as many lines as images, in the order of their paths.
     * </ul>
     *
     * <p>A class is an index from 0 as the model counts, or a WordNet id that the model's labels have. (The numbers 1 to
     * 1000 of the ILSVRC2012 development kit are in an order of their own: translate them to WordNet ids first.)
     *
     * @param labels the file
     * @param classes of the model
     * @throws DatasetException if the labels can't be read or don't fit the images
     */
    public static ImageFolder withLabels(Path folder, Path labels, ClassIndex classes) throws DatasetException {
        List<ImageFile> files = ImageListing.of(folder);
        return new ImageFolder(files, ImageLabels.read(labels, classes).of(files, folder));
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public String name(int index) {
        return files.get(index).name();
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return OptionalLong.of(files.get(index).bytes());
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return ImageFileReader.read(files.get(index).path());
    }
}
