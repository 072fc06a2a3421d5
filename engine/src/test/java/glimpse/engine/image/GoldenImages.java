package glimpse.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that scripts/golden/make_preprocessing.py made. */
final class GoldenImages {
    private GoldenImages() {}

    /** Rows of a folder's index, without its heading. */
    static Stream<String[]> index(String folder) {
        return new String(bytes(folder + "/index.tsv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.split("\t", -1));
    }

    /** The names of all image files. */
    static List<String> imageFiles(String suffix) {
        return index("decode")
                .map(row -> row[0])
                .filter(name -> name.endsWith(suffix))
                .toList();
    }

    static byte[] imageFile(String name) {
        return bytes("decode/" + name);
    }

    static RgbImage rgb(String name, int width, int height) {
        return RgbImage.of(width, height, bytes(name));
    }

    static byte[] bytes(String name) {
        try (InputStream in = GoldenImages.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
