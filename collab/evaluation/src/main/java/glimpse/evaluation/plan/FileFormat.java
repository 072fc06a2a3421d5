package glimpse.evaluation.plan;

import glimpse.collab.codec.JpegImage;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.spec.SpecText;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A format of image files. Immutable. */
public sealed interface FileFormat {
    /** How a format is written in an option. */
    String SYNTAX = "png or jpeg:QUALITY (1..100)";

    /** The format as an option writes it; {@link #parse} reads it back. */
    String spec();

    /** Whether the pixels come out as they went in. */
    boolean lossless();

    /**
     * Makes a file of an image.
     *
     * @param whole all patches of a square image
     */
    Encoded encode(PixelPatches whole);

    /**
     * A file's length, and what whoever gets it sees.
     *
     * @param bytes of the file
     * @param decoded all patches
     */
    record Encoded(int bytes, PixelPatches decoded) {}

    /**
     * Reads a format as an option writes it.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static FileFormat parse(String text) {
        SpecText option = SpecText.parse(text);
        return switch (option.name()) {
            case "png" -> {
                option.requireArguments(0, 0, SYNTAX);
                yield new Png();
            }
            case "jpeg" -> {
                option.requireArguments(1, 1, SYNTAX);
                int quality = option.integer(0, SYNTAX);
                if (quality < 1 || quality > 100) {
                    throw option.invalid(SYNTAX);
                }
                yield new Jpeg(quality);
            }
            default -> throw option.invalid(SYNTAX);
        };
    }

    /** PNG as the Java runtime writes it: without loss; its length may differ a little from one runtime to another. */
    record Png() implements FileFormat {
        @Override
        public String spec() {
            return "png";
        }

        @Override
        public boolean lossless() {
            return true;
        }

        @Override
        public Encoded encode(PixelPatches whole) {
            boolean grey = whole.channels() == 1;
            RgbImage image = WholeImage.of(whole);
            BufferedImage buffered = new BufferedImage(
                    image.width(), image.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    for (int channel = 0; channel < whole.channels(); channel++) {
                        buffered.getRaster().setSample(x, y, channel, image.sample(x, y, channel));
                    }
                }
            }
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try {
                ImageIO.write(buffered, "png", file);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory alone
            }
            return new Encoded(file.size(), whole);
        }
    }

    /**
     * Baseline JPEG as most software writes it by default; see {@link JpegImage}.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     */
    record Jpeg(int quality) implements FileFormat {
        @Override
        public String spec() {
            return PayloadCodec.jpeg(quality).spec();
        }

        @Override
        public boolean lossless() {
            return false;
        }

        @Override
        public Encoded encode(PixelPatches whole) {
            JpegImage jpeg = JpegImage.encode(WholeImage.of(whole), whole.channels(), quality);
            return new Encoded(jpeg.bytes(), PixelPatches.cut(jpeg.decoded(), whole.patchSize(), whole.channels()));
        }
    }
}
