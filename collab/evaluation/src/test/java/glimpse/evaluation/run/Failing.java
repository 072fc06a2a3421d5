package glimpse.evaluation.run;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.Dataset;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A data set of which some images can't be read. */
final class Failing implements Dataset {
    private final Dataset images;
    private final int[] failing;

    Failing(Dataset images, int... failing) {
        this.images = images;
        this.failing = failing.clone();
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
    public RgbImage read(int index) throws IOException {
        if (IntStream.of(failing).anyMatch(one -> one == index)) {
            throw new IOException("input/output error");
        }
        return images.read(index);
    }
}
