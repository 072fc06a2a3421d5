package glimpse.evaluation.data;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.image.RgbImage;
import java.util.OptionalLong;

/**
 * Random images of class 0 in memory.
 *
 * @param size number of images
 * @param side of each in pixels
 */
public record RandomImages(int size, int side) implements Dataset {
    @Override
    public String name(int index) {
        return "image" + index;
    }

    @Override
    public int label(int index) {
        return 0;
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return OptionalLong.empty();
    }

    @Override
    public RgbImage read(int index) {
        return TestImages.random(index, side, side);
    }
}
