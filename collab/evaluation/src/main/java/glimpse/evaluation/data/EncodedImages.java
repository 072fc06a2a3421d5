package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.ImageListing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set together with what other encoders made of its images.
 *
 * @param images the data set
 * @param files the encoded files, by the name of the encoding
 */
public record EncodedImages(Dataset images, Map<String, EncodedFiles> files) implements Dataset {
    /** Copies the map. */
    public EncodedImages {
        files = Map.copyOf(files);
    }

    @Override
    public SortedMap<String, String> encodings() {
        SortedMap<String, String> hashes = new TreeMap<>();
        files.forEach((name, some) -> hashes.put(name, some.sha256()));
        return hashes;
    }

    @Override
    public Loaded encoded(String encoding, int index) throws IOException {
        EncodedFiles some = files.get(encoding);
        return some == null ? images.encoded(encoding, index) : some.read(index);
    }

    @Override
    public Optional<RgbImage> encodedBeginning(String encoding, int index, int bytes) throws IOException {
        EncodedFiles some = files.get(encoding);
        return some == null ? images.encodedBeginning(encoding, index, bytes) : some.readBeginning(index, bytes);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String name(int index) {
        return images.name(index);
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return images.fileBytes(index);
    }

    @Override
    public Optional<ImageListing.ImageFile> file(int index) {
        return images.file(index);
    }

    @Override
    public Optional<String> pixelsSha256() {
        return images.pixelsSha256();
    }

    @Override
    public List<String> remarks() {
        return images.remarks();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return images.read(index);
    }

    @Override
    public Loaded load(int index) throws IOException {
        return images.load(index);
    }
}
