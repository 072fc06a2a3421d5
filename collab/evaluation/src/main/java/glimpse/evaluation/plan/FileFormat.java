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

/** An image file format, for uploads of whole images. Immutable. */
public sealed interface FileFormat {
    /** How a format is written in an option. */
    String SYNTAX = "png or jpeg:QUALITY (1..100)";

    /** Returns the format as written in an option; {@link #parse} reads it back. */
    String spec();

    /** Returns whether decoding restores the pixels exactly. */
    boolean lossless();

    /**
     * Encodes an image as a file.
     *
     * @param whole all patches of a square image
     */
    Encoded encode(PixelPatches whole);

    /**
     * An encoded file.
     *
     * @param bytes the file's length
     * @param decoded all patches of the image that the file decodes to
     */
    record Encoded(int bytes, PixelPatches decoded) {}

    /**
     * Reads a format as written in an option.
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

    /** Lossless PNG as the Java runtime writes it; its length may differ slightly between runtimes. */
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
            RgbImage image = PatchAssembler.assemble(whole);
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
                throw new UncheckedIOException(e); // written to memory only
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
            JpegImage jpeg = JpegImage.encode(PatchAssembler.assemble(whole), whole.channels(), quality);
            return new Encoded(jpeg.bytes(), PixelPatches.cut(jpeg.decoded(), whole.patchSize(), whole.channels()));
        }
    }
}
