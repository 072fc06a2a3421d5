package glimpse.cli.input;

import glimpse.cli.file.InputFiles;
import glimpse.convert.http.WebAddress;
import glimpse.convert.http.WebFetch;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ImageFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/** One image that a command is given. */
sealed interface ImageInput {
    /** Returns the name that results and messages show. */
    String name();

    /**
     * Reads and decodes the image.
     *
     * @throws IOException naming it and what is wrong with it
     */
    RgbImage read() throws IOException;

    /** A file, or a built-in image. */
    record Local(Path file) implements ImageInput {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public RgbImage read() throws IOException {
            try {
                return InputFiles.readImage(file);
            } catch (NoSuchFileException e) {
                throw new ImageFormatException(file + ": no such file", e);
            }
        }
    }

    /** Standard input, which is read to its end. */
    record Standard(InputStream in) implements ImageInput {
        /** The name by which it is given. */
        static final String NAME = "-";

        private static final int MOST_BYTES = 1 << 28;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public RgbImage read() throws IOException {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length == 0) {
                throw new ImageFormatException("-: standard input is empty, expected an image");
            }
            if (content.length > MOST_BYTES) {
                throw new ImageFormatException("-: more than " + MOST_BYTES + " bytes, too large for an image");
            }
            return decode(NAME, content);
        }
    }

    /** An image of the web. */
    record Web(URI address, Supplier<WebFetch> fetch) implements ImageInput {
        private static final WebFetch.Wanted IMAGE =
                new WebFetch.Wanted(12, Web::isImage, "an image (JPEG, PNG or WebP)");

        @Override
        public String name() {
            return WebAddress.shown(address);
        }

        @Override
        public RgbImage read() throws IOException {
            return decode(name(), fetch.get().fetch(address, IMAGE));
        }

        private static boolean isImage(byte[] start) {
            return startsWith(start, 0, 0xFF, 0xD8, 0xFF)
                    || startsWith(start, 0, 0x89, 'P', 'N', 'G')
                    || (startsWith(start, 0, 'R', 'I', 'F', 'F') && startsWith(start, 8, 'W', 'E', 'B', 'P'));
        }

        private static boolean startsWith(byte[] bytes, int from, int... expected) {
            byte[] narrow = new byte[expected.length];
            for (int i = 0; i < expected.length; i++) {
                narrow[i] = (byte) expected[i];
            }
            return bytes.length >= from + expected.length
                    && Arrays.equals(bytes, from, from + expected.length, narrow, 0, expected.length);
        }
    }

    /** An argument that stands for no image. */
    record None(String name, String reason) implements ImageInput {
        @Override
        public RgbImage read() throws IOException {
            throw new ImageFormatException(reason);
        }
    }

    private static RgbImage decode(String name, byte[] content) throws ImageFormatException {
        try {
            return ImageFileReader.decode(content);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(name + ": " + e.getMessage(), e);
        }
    }
}
