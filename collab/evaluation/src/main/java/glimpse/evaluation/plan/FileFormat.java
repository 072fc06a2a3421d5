package glimpse.evaluation.plan;

import glimpse.collab.codec.JpegImage;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.spec.SpecText;
import glimpse.engine.image.PixelPatches;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** An image file format, for uploads of whole images. Immutable. */
public sealed interface FileFormat {
    /** How a format is written in an option. */
    String SYNTAX =
            "png, jpeg:QUALITY (1..100) or scans:QUALITY (a progressive JPEG, of which each round sends a scan)";

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
                yield new Jpeg(quality(option));
            }
            case "scans" -> {
                option.requireArguments(1, 2, SYNTAX);
                int scans = option.arguments().size() == 2 ? option.integer(1, SYNTAX) : JpegScans.MAX_SCANS;
                if (scans < 1 || scans > JpegScans.MAX_SCANS) {
                    throw option.invalid(SYNTAX);
                }
                yield new Scans(quality(option), scans);
            }
            default -> throw option.invalid(SYNTAX);
        };
    }

    private static int quality(SpecText option) {
        int quality = option.integer(0, SYNTAX);
        if (quality < 1 || quality > 100) {
            throw option.invalid(SYNTAX);
        }
        return quality;
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
            BufferedImage buffered = PatchAssembler.buffered(whole);
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

    /**
     * The first scans of a progressive JPEG as the Java runtime writes it, ended so that they are a file; its length
     * may differ slightly between runtimes.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     * @param scans 1..{@value JpegScans#MAX_SCANS}; all if the file has fewer
     */
    record Scans(int quality, int scans) implements FileFormat {
        @Override
        public String spec() {
            return "scans:" + quality + (scans == JpegScans.MAX_SCANS ? "" : ":" + scans);
        }

        @Override
        public boolean lossless() {
            return false;
        }

        @Override
        public Encoded encode(PixelPatches whole) {
            return JpegScans.encode(whole, quality).first(scans);
        }
    }
}
