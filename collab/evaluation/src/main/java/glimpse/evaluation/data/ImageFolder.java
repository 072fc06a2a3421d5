package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.classes.CountedFromOne;
import glimpse.evaluation.classes.ImageLabels;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ImageListing;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Image files (JPEG, PNG or WebP, by their suffixes), each with its class: under a folder, sorted by path, in tar
 * archives, or from a list. Images in other formats, looping links and what can't be read are left out and remarked on.
 * Immutable.
 */
public final class ImageFolder implements Dataset {
    private final List<ImageFile> files;
    private final List<Integer> labels; // [files]
    private final List<String> remarks;

    private ImageFolder(ImageListing listing, List<Integer> labels) {
        this.files = List.copyOf(listing.files());
        this.labels = List.copyOf(labels);
        this.remarks = List.copyOf(listing.remarks());
    }

    /**
     * Opens a folder with a subfolder per class, named by WordNet id, class name or class number. Images may be nested
     * at any depth in their class folder, and classes may be missing. If the model has no labels, folders that aren't
     * named by numbers must be exactly as many as classes; they are numbered in the order of their names, as
     * torchvision does.
     *
     * @param classes the model's classes
     * @throws DatasetException if there is no image, or one of an unknown class
     */
    public static ImageFolder ofClassFolders(Path folder, ClassIndex classes) throws DatasetException {
        return ofClassFolders(ImageListing.of(folder), folder, classes);
    }

    /**
     * Does the same with images that have been listed.
     *
     * @param folder what was listed, for errors
     */
    static ImageFolder ofClassFolders(ImageListing listing, Path folder, ClassIndex classes) throws DatasetException {
        List<ImageFile> files = listing.files();
        Map<String, Integer> byFolder = new HashMap<>();
        TreeSet<String> classFolders = new TreeSet<>();
        for (ImageFile file : files) {
            if (file.topFolder().isEmpty()) {
                throw new DatasetException(folder + ": " + file.name() + " isn't in a class folder; for images without"
                        + " class folders give a file with their labels");
            }
            classFolders.add(file.topFolder());
        }
        // a class folder whose images were all skipped keeps its number
        boolean numbered = (!classes.labelled() || classes.assumed())
                && listing.topFolders().size() == classes.classes()
                && listing.topFolders().stream()
                        .allMatch(name -> classes.findFolder(name).isEmpty());
        for (String name : numbered ? listing.topFolders() : classFolders) {
            byFolder.put(name, numbered ? byFolder.size() : ofFolder(name, classFolders, folder, classes));
        }
        List<Integer> labels = new ArrayList<>();
        for (ImageFile file : files) {
            labels.add(Objects.requireNonNull(byFolder.get(file.topFolder())));
        }
        return new ImageFolder(listing, labels);
    }

    private static int ofFolder(String name, Set<String> all, Path folder, ClassIndex classes) throws DatasetException {
        if (classes.find(name).isEmpty() && CountedFromOne.holds(List.copyOf(all), classes.classes())) {
            throw new DatasetException(folder + ": the class folders are numbered up to " + classes.classes()
                    + ", expected 0.." + (classes.classes() - 1) + CountedFromOne.REMARK);
        }
        return classes.findFolder(name)
                .orElseThrow(() -> new DatasetException(
                        folder + ": folder " + name + " isn't a class of the model; " + classes.hint()));
    }

    /**
     * Opens a folder of images whose labels are in a file; {@link ImageLabels} describes its forms.
     *
     * @param labels the file with the labels
     * @param classes the model's classes
     * @throws DatasetException if the labels can't be read or don't fit the images
     */
    public static ImageFolder withLabels(Path folder, Path labels, ClassIndex classes) throws DatasetException {
        return withLabels(ImageListing.of(folder), folder, labels, Optional.empty(), classes);
    }

    /**
     * Opens the same with numbers that are ILSVRC2012_IDs, whatever the labels' form and place.
     *
     * @param labels the file with the labels
     * @param meta the development kit's {@code data/meta.mat}
     * @param classes the model's classes
     * @throws DatasetException if the labels or the classes can't be read or don't fit
     */
    public static ImageFolder withDevkitLabels(Path folder, Path labels, Path meta, ClassIndex classes)
            throws DatasetException {
        return withLabels(ImageListing.of(folder), folder, labels, Optional.of(meta), classes);
    }

    /**
     * Does the same with images that have been listed.
     *
     * @param folder what was listed, for errors
     * @param meta the development kit's {@code data/meta.mat}
     */
    static ImageFolder withLabels(
            ImageListing listing, Path folder, Path labels, Optional<Path> meta, ClassIndex classes)
            throws DatasetException {
        return of(listing, ImageLabels.read(labels, classes, meta).of(listing.files(), folder));
    }

    /** Returns images with their classes, one for each. */
    static ImageFolder of(ImageListing listing, List<Integer> labels) {
        return new ImageFolder(listing, labels);
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
    public Optional<ImageFile> file(int index) {
        return Optional.of(files.get(index));
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public RgbImage read(int index) throws IOException {
        ImageFile file = files.get(index);
        return file.archived().isEmpty()
                ? ImageFileReader.read(file.path())
                : ImageFileReader.load(file.path() + ": " + file.name(), file::content)
                        .image();
    }
}
