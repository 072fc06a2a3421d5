package glimpse.evaluation.plan;

import glimpse.collab.codec.JpegImage;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.spec.SpecText;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Resampler;
import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** An image file format, for uploads of whole images. Immutable. */
public sealed interface FileFormat {
    /** How a format is written in an option. */
    String SYNTAX =
            "png, jpeg:QUALITY (1..100), jpeg:QUALITY@SIDE (scaled down to SIDE pixels before) or scans:QUALITY (a"
                    + " progressive JPEG, of which each round sends a scan)";

    /** Returns the format as written in an option; {@link #parse} reads it back. */
    String spec();

    /** Returns whether decoding restores the pixels exactly. */
    boolean lossless();

    /**
     * An encoded file.
     *
     * @param bytes the file's length
     * @param decoded all patches of the image that the file decodes to
     */
    record Encoded(int bytes, PixelPatches decoded) {
        /**
         * Makes what the server sees of a file: its image, scaled up if it is smaller than what was encoded.
         *
         * @param image the file's, a square
         * @param whole all patches of the image that was encoded
         * @throws IllegalArgumentException if the image isn't a square
         */
        public static Encoded of(int bytes, RgbImage image, PixelPatches whole) {
            if (image.width() != image.height()) {
                throw new IllegalArgumentException(
                        "the image is " + image.width() + " x " + image.height() + " pixels, expected a square");
            }
            int side = PatchAssembler.side(whole);
            RgbImage seen = image.width() == side ? image : Resampler.resize(image, side, side, Interpolation.BICUBIC);
            return new Encoded(bytes, PixelPatches.cut(seen, whole.patchSize(), whole.channels()));
        }
    }

    /** A format that is written here. */
    sealed interface Written extends FileFormat {
        /**
         * Encodes an image as a file.
         *
         * @param whole all patches of a square image
         */
        Encoded encode(PixelPatches whole);
    }

    /**
     * Reads a format that is written here, as in an option.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static Written parse(String text) {
        SpecText option = SpecText.parse(text);
        return switch (option.name()) {
            case "png" -> {
                option.requireArguments(0, 0, SYNTAX);
                yield new Png();
            }
            case "jpeg" -> {
                option.requireArguments(1, 1, SYNTAX);
                yield option.arguments().getFirst().contains("@") ? scaled(option) : new Jpeg(quality(option));
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

    private static Written scaled(SpecText option) {
        String argument = option.arguments().getFirst();
        int at = argument.indexOf('@');
        SpecText numbers = new SpecText(
                option.text(), option.name(), List.of(argument.substring(0, at), argument.substring(at + 1)));
        int side = numbers.integer(1, SYNTAX);
        if (side < 1) {
            throw option.invalid(SYNTAX);
        }
        return new ScaledJpeg(quality(numbers), side);
    }

    private static int quality(SpecText option) {
        int quality = option.integer(0, SYNTAX);
        if (quality < 1 || quality > 100) {
            throw option.invalid(SYNTAX);
        }
        return quality;
    }

    /** Lossless PNG as the Java runtime writes it; its length may differ slightly between runtimes. */
    record Png() implements Written {
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
    record Jpeg(int quality) implements Written {
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
            JpegImage jpeg = image(whole);
            return Encoded.of(jpeg.bytes(), jpeg.decoded(), whole);
        }

        JpegImage image(PixelPatches whole) {
            return JpegImage.encode(PatchAssembler.assemble(whole), whole.channels(), quality);
        }
    }

    /**
     * A JPEG of an image that was scaled down, which the server scales up again: Lanczos down, bicubic up.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     * @param side of the smaller image in pixels, less than that of what is encoded
     */
    record ScaledJpeg(int quality, int side) implements Written {
        @Override
        public String spec() {
            return PayloadCodec.jpeg(quality).spec() + "@" + side;
        }

        @Override
        public boolean lossless() {
            return false;
        }

        @Override
        public Encoded encode(PixelPatches whole) {
            JpegImage jpeg = image(whole);
            return Encoded.of(jpeg.bytes(), jpeg.decoded(), whole);
        }

        JpegImage image(PixelPatches whole) {
            RgbImage image = PatchAssembler.assemble(whole);
            if (side >= image.width()) {
                throw new IllegalArgumentException(
                        spec() + ": the image has a side of " + image.width() + " pixels, expected a larger one");
            }
            RgbImage small = Resampler.resize(image, side, side, Interpolation.LANCZOS);
            return JpegImage.encode(small, whole.channels(), quality);
        }
    }

    /**
     * The first scans of a progressive JPEG as the Java runtime writes it, ended so that they are a file; its length
     * may differ slightly between runtimes.
     *
     * @param quality 1..100, on the scale of the Independent JPEG Group
     * @param scans 1..{@value JpegScans#MAX_SCANS}; all if the file has fewer
     */
    record Scans(int quality, int scans) implements Written {
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

    /**
     * Files that another encoder made of the same images. Whoever encodes has their bytes.
     *
     * @param kind how they were encoded: files of one kind are one method at several settings
     * @param setting the setting; empty if there is only one
     */
    record EncodedElsewhere(String kind, String setting) implements FileFormat {
        /** How such files are named in an option. */
        public static final String SYNTAX = "KIND or KIND:SETTING (letters, digits and .@_-)";

        private static final String PREFIX = "encoded:";
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.@_-]{1,40}(:[A-Za-z0-9.@_-]{1,40})?");

        /**
         * Reads what {@link #name} returns.
         *
         * @throws IllegalArgumentException with one line that says what was expected
         */
        public static EncodedElsewhere ofName(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is invalid, expected " + SYNTAX);
            }
            int colon = name.indexOf(':');
            return colon < 0
                    ? new EncodedElsewhere(name, "")
                    : new EncodedElsewhere(name.substring(0, colon), name.substring(colon + 1));
        }

        /** Returns whether a format is written as these are. */
        static boolean matches(String spec) {
            return spec.startsWith(PREFIX);
        }

        /** Reads what {@link #spec} returns. */
        static EncodedElsewhere ofSpec(String spec) {
            return ofName(spec.substring(PREFIX.length()));
        }

        /** Returns the kind and the setting, {@code webp:40}. */
        public String name() {
            return setting.isEmpty() ? kind : kind + ":" + setting;
        }

        @Override
        public String spec() {
            return PREFIX + name();
        }

        @Override
        public boolean lossless() {
            return false;
        }
    }
}
