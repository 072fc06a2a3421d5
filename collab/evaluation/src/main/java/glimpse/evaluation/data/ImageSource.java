package glimpse.evaluation.data;

import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.classes.CountedFromOne;
import glimpse.evaluation.classes.ImageLabels;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ImageList;
import glimpse.evaluation.listing.ImageListing;
import glimpse.evaluation.listing.ParquetShards;
import glimpse.evaluation.listing.ShardNames;
import glimpse.evaluation.listing.TarImages;
import glimpse.evaluation.listing.TarShards;
import glimpse.evaluation.parquet.ParquetImageFile;
import glimpse.evaluation.tar.TarIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens labelled images in the form in which they are stored, which their content tells. */
public final class ImageSource {
    private static final int START_BYTES = 4096;

    /** How images are stored. */
    public enum Form {
        /** A folder with or without class folders. */
        FOLDER,
        /** A tar archive, or several. */
        TAR,
        /** A Parquet file of the Hugging Face hub, or several. */
        PARQUET,
        /** A text file with a path and a class per line. */
        LIST,
        /** An IDX file, compressed or not, or something unknown. */
        IDX
    }

    private ImageSource() {}

    /**
     * Returns how images are stored; empty if there are none.
     *
     * @param images a folder or file, or a name with ranges such as {@code shard-{000..009}.tar}
     */
    public static Optional<Form> form(Path images) throws IOException {
        if (ShardNames.isPattern(images)) {
            return Optional.of(ParquetShards.isNamed(images) ? Form.PARQUET : Form.TAR);
        }
        if (!Files.exists(images)) {
            return Optional.empty();
        }
        if (Files.isDirectory(images)) {
            if (ParquetShards.isFolder(images)) {
                return Optional.of(Form.PARQUET);
            }
            return Optional.of(TarShards.isFolder(images) ? Form.TAR : Form.FOLDER);
        }
        if (ParquetShards.isNamed(images) || ParquetImageFile.matches(images)) {
            return Optional.of(Form.PARQUET);
        }
        if (TarShards.isNamed(images) || TarIndex.matches(images)) {
            return Optional.of(Form.TAR);
        }
        return Optional.of(isText(images) ? Form.LIST : Form.IDX);
    }

    private static boolean isText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(START_BYTES);
            boolean gzip = start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
            for (byte value : start) {
                if (value == 0) {
                    return false;
                }
            }
            return !gzip;
        }
    }

    /**
     * Opens images.
     *
     * @param images a folder or file, or a name with ranges
     * @param labels the file with the labels, which a list doesn't have
     * @param devkitMeta the ILSVRC2012 development kit's {@code data/meta.mat}
     * @param classes the model's classes
     * @throws DatasetException if they can't be read, or the labels don't fit
     */
    public static Dataset open(Path images, Optional<Path> labels, Optional<Path> devkitMeta, ClassIndex classes)
            throws IOException {
        Form form = form(images).orElseThrow(() -> new DatasetException(images + ": no such folder or file"));
        if (labels.isPresent() && (form == Form.LIST || form == Form.PARQUET)) {
            throw new DatasetException(images + ": " + (form == Form.LIST ? "is a list" : "is Parquet")
                    + " with a class for each image, so no other labels go with it");
        }
        if (labels.isEmpty()) {
            return switch (form) {
                case FOLDER -> ofClasses(ImageListing.of(images), images, classes);
                case TAR -> ofTar(images, classes);
                case PARQUET -> ParquetImages.of(images, classes);
                case LIST -> {
                    ImageList list = ImageList.read(images);
                    yield ImageFolder.of(list.listing(), labels(list.listing(), list.classes(), images, classes));
                }
                case IDX ->
                    throw new DatasetException(images + ": not a folder, tar archive, Parquet file or list of images");
            };
        }
        if (form == Form.IDX) {
            return IdxDataset.read(images, labels.get(), classes.classes());
        }
        ImageListing listing = form == Form.FOLDER
                ? ImageListing.of(images)
                : TarShards.images(images, false).listing();
        return ImageFolder.withLabels(listing, images, labels.get(), devkitMeta, classes);
    }

    private static Dataset ofTar(Path images, ClassIndex classes) throws DatasetException {
        TarImages tar = TarShards.images(images, true);
        return tar.classes().isEmpty()
                ? ofClasses(withoutCommonFolder(tar.listing(), classes), images, classes)
                : ImageFolder.of(tar.listing(), labels(tar.listing(), tar.classes(), images, classes));
    }

    /** Returns images in class folders, or without them but with the development kit beside them. */
    private static Dataset ofClasses(ImageListing listing, Path images, ClassIndex classes) throws DatasetException {
        boolean flat =
                listing.files().stream().allMatch(file -> file.topFolder().isEmpty());
        Optional<Path> kit = flat ? ImageLabels.kitBeside(images) : Optional.empty();
        if (kit.isEmpty()) {
            return ImageFolder.ofClassFolders(listing, images, classes);
        }
        List<String> remarks = new ArrayList<>(listing.remarks());
        remarks.add(images + ": the labels are those of " + kit.get());
        return ImageFolder.withLabels(
                new ImageListing(listing.files(), listing.topFolders(), remarks),
                images,
                kit.get(),
                Optional.empty(),
                classes);
    }

    /** Leaves out a folder that holds all class folders. */
    private static ImageListing withoutCommonFolder(ImageListing listing, ClassIndex classes) {
        ImageListing inner = listing;
        while (inner.topFolders().size() == 1
                && classes.findFolder(inner.topFolders().iterator().next()).isEmpty()
                && inner.files().stream()
                        .allMatch(
                                file -> file.name().indexOf('/') != file.name().lastIndexOf('/'))) {
            List<ImageListing.ImageFile> files = inner.files().stream()
                    .map(ImageListing.ImageFile::withoutTopFolder)
                    .toList();
            Set<String> topFolders =
                    files.stream().map(ImageListing.ImageFile::topFolder).collect(Collectors.toSet());
            inner = new ImageListing(files, topFolders, inner.remarks());
        }
        return inner;
    }

    private static List<Integer> labels(ImageListing listing, List<String> texts, Path images, ClassIndex classes)
            throws DatasetException {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            OptionalInt found = classes.findFolder(texts.get(i));
            if (found.isEmpty()) {
                boolean fromOne = CountedFromOne.holds(texts, classes.classes());
                throw new DatasetException(images + ": "
                        + listing.files().get(i).name() + " has class '"
                        + texts.get(i) + "', expected 0.." + (classes.classes() - 1) + " or a class of the model; "
                        + classes.hint() + (fromOne ? CountedFromOne.REMARK : ""));
            }
            labels.add(found.getAsInt());
        }
        return labels;
    }
}
