package glimpse.engine.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's own PNG reader. Other providers are not considered, so that a library on the class path can't change what
 * an image decodes to.
 */
final class JdkPngReader {
    private static final String FORMAT = "PNG";
    private static final Optional<ImageReaderSpi> PROVIDER = find();

    private JdkPngReader() {}

    /**
     * Reads the samples as they are stored.
     *
     * @param file what {@link PngStructure} has kept: no metadata, no colour profile, nothing unchecked
     * @throws ImageFormatException if the reader throws anything
     */
    static Raster read(byte[] file) throws ImageFormatException {
        ImageReader reader = reader();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return reader.read(0).getRaster();
        } catch (IOException | RuntimeException e) {
            // the JDK's readers throw unchecked exceptions for some corrupt files
            String reason =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new ImageFormatException("corrupt PNG: " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader() throws ImageFormatException {
        try {
            return PROVIDER.orElseThrow(
                            () -> new ImageFormatException("this Java runtime has no PNG reader of its own"))
                    .createReaderInstance();
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageFormatException("the JDK's PNG reader doesn't start", e);
        }
    }

    private static Optional<ImageReaderSpi> find() {
        var providers = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            if (provider.getClass().getModule() == ImageReader.class.getModule()
                    && List.of(provider.getFormatNames()).contains(FORMAT)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
