package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.classes.ParquetClasses;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ParquetShards;
import glimpse.evaluation.parquet.ImageRow;
import glimpse.evaluation.parquet.ParquetException;
import glimpse.evaluation.parquet.ParquetImageFile;
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
 * The images in one or more Parquet files, in the files' order. An image is named as its file was, or by its row's
 * number if that is missing; of several files, the Parquet file's name is the first folder. The lengths of image files
 * are known only once the images are read. Thread-safe.
 */
final class ParquetImages implements Dataset {
    private final List<Image> images;
    private final String sha256;
    private final List<String> remarks;

    private ParquetImages(List<Image> images, String sha256, List<String> remarks) {
        this.images = List.copyOf(images);
        this.sha256 = sha256;
        this.remarks = List.copyOf(remarks);
    }

    /** An image: its name, its class, and where it is. */
    private record Image(String name, int label, Path path, ParquetImageFile file, int row) {}

    /**
     * Opens files.
     *
     * @param where a file, a name with ranges, or a folder
     * @throws DatasetException if one isn't such a file, or has labels or names that can't be used
     */
    static ParquetImages of(Path where, ClassIndex classes) throws DatasetException {
        ParquetShards shards = ParquetShards.of(where);
        List<Image> images = new ArrayList<>();
        StringBuilder hashes = new StringBuilder();
        for (Path path : shards.files()) {
            ParquetImageFile file = open(path);
            String name = "" + path.getFileName();
            String prefix = shards.files().size() == 1 ? "" : name.replaceFirst("\\.parquet$", "") + "/";
            add(images, path, file, prefix, classes);
            hashes.append(file.footerSha256()).append('\n');
        }
        if (images.isEmpty()) {
            throw new DatasetException(where + ": has no images");
        }
        String sha256 = Sha256.of(hashes.toString().getBytes(StandardCharsets.UTF_8));
        return new ParquetImages(images, sha256, shards.remarks());
    }

    private static ParquetImageFile open(Path path) throws DatasetException {
        try {
            return ParquetImageFile.open(path);
        } catch (ParquetException e) {
            throw new DatasetException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(path + ": can't be read: " + e, e);
        }
    }

    private static void add(List<Image> images, Path path, ParquetImageFile file, String prefix, ClassIndex classes)
            throws DatasetException {
        Map<String, Integer> rows = new HashMap<>();
        try {
            ParquetClasses labels = ParquetClasses.of(file.features().orElse("{}"), classes);
            for (int row = 0; row < file.rows().size(); row++) {
                ImageRow image = file.rows().get(row);
                String name = name(image.path(), row);
                Integer before = rows.put(name, row);
                if (before != null) {
                    throw new DatasetException("rows " + before + " and " + row + " both have an image " + name);
                }
                images.add(new Image(prefix + name, index(image.label(), row, labels), path, file, row));
            }
        } catch (DatasetException e) {
            throw new DatasetException(path + ": " + e.getMessage(), e);
        }
    }

    private static int index(long label, int row, ParquetClasses labels) throws DatasetException {
        try {
            return labels.index(label);
        } catch (DatasetException e) {
            throw new DatasetException("row " + row + " " + e.getMessage(), e);
        }
    }

    private static String name(Optional<String> path, int row) {
        return path.map(text -> text.replaceFirst("^[./]+/|^/", ""))
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> "%06d".formatted(row));
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String name(int index) {
        return images.get(index).name();
    }

    @Override
    public int label(int index) {
        return images.get(index).label();
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return OptionalLong.empty();
    }

    @Override
    public Optional<String> pixelsSha256() {
        return Optional.of(sha256); // of the footers, which say where each image is and how long the columns are
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return load(index).image();
    }

    @Override
    public Loaded load(int index) throws IOException {
        Image image = images.get(index);
        return ImageFileReader.load(
                image.path() + ": " + image.name(), () -> image.file().image(image.row()));
    }
}
