package glimpse.evaluation.webp;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;

/** A program that decodes a file and prints its size. */
final class DecodeWebP {
    private DecodeWebP() {}

    /** Decodes the file that the argument names. */
    public static void main(String[] arguments) throws IOException {
        RgbImage image = WebP.read(Path.of(arguments[0]));
        System.out.println(image.width() + " x " + image.height());
    }
}
