package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ImageListing;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files that another encoder made of the images of a data set, in a folder, under the images' names with any
 * suffix. Immutable.
 */
public final class EncodedFiles {
    private final List<ImageFile> files; // one per image
    private final List<ImageFile> all; // in the folder, which may have those of more images

    private EncodedFiles(List<ImageFile> files, List<ImageFile> all) {
        this.files = List.copyOf(files);
        this.all = List.copyOf(all);
    }

    /**
     * Finds the files of some images.
     *
     * @throws DatasetException naming the folder if an image has no file, or two
     */
    public static EncodedFiles of(Path folder, Dataset images) throws DatasetException {
        List<ImageFile> all = ImageListing.of(folder).files();
        Map<String, ImageFile> byName = new HashMap<>();
        for (ImageFile file : all) {
            ImageFile other = byName.put(withoutSuffix(file.name()), file);
            if (other != null) {
                throw new DatasetException(folder + ": has both " + other.name() + " and " + file.name()
                        + ", expected one file per image");
            }
        }
        List<ImageFile> files = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            ImageFile file = byName.get(withoutSuffix(images.name(i)));
            if (file == null) {
                throw new DatasetException(folder + ": has no file for the image " + images.name(i)
                        + ", expected one of the same name with any suffix (.jpeg, .jpg, .png or .webp)");
            }
            files.add(file);
        }
        return new EncodedFiles(files, all);
    }

    private static String withoutSuffix(String name) {
        return ImageListing.isImage(name) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /**
     * Reads and decodes the file of an image.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    Dataset.Loaded read(int index) throws IOException {
        ImageFile file = files.get(index);
        return new Dataset.Loaded(ImageFileReader.read(file.path()), OptionalLong.of(file.bytes()));
    }

    /**
     * Reads the file of an image and decodes its first bytes.
     *
     * @param bytes how many bytes of the file there are, at most all
     * @throws IOException naming the file if it can't be read
     */
    Optional<RgbImage> readBeginning(int index, int bytes) throws IOException {
        return ImageFileReader.readBeginning(files.get(index).path(), bytes);
    }

    /** Returns a hash of the files' names and lengths. */
    String sha256() {
        StringBuilder lines = new StringBuilder();
        // of the whole folder: a run that takes fewer of the images gets the same hash
        all.forEach(file ->
                lines.append(file.name()).append('\0').append(file.bytes()).append('\n'));
        return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
