package glimpse.spark.rows;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFileReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/** Images whose files are in memory. */
final class FetchedImages implements Dataset {
    private final List<StoredImage> images;
    private final List<Content> contents;

    private FetchedImages(List<StoredImage> images, List<Content> contents) {
        this.images = images;
        this.contents = contents;
    }

    private sealed interface Content {
        @SuppressWarnings("ArrayRecordComponent") // nobody compares it
        record Bytes(byte[] file) implements Content {}

        record Failure(IOException reason) implements Content {}
    }

    /**
     * Fetches images.
     *
     * @param lastAttempt whether an image that can't be read is to fail alone; otherwise the task fails, and Spark
     *     tries again elsewhere
     */
    static FetchedImages of(List<StoredImage> images, Configuration configuration, boolean lastAttempt)
            throws IOException {
        List<Content> contents = new ArrayList<>();
        for (StoredImage image : images) {
            try {
                contents.add(new Content.Bytes(image.file(configuration).content()));
            } catch (IOException e) {
                if (!lastAttempt) {
                    throw new IOException(image.path() + ": " + image.name() + " can't be read: " + e.getMessage(), e);
                }
                contents.add(new Content.Failure(e));
            }
        }
        return new FetchedImages(images, contents);
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
        return OptionalLong.of(images.get(index).bytes());
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return switch (contents.get(index)) {
            case Content.Bytes(byte[] file) -> ImageFileReader.decode(file);
            case Content.Failure(IOException reason) -> throw reason;
        };
    }
}
