package glimpse.cli.input;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.Proxies;
import glimpse.convert.http.WebAddress;
import glimpse.convert.http.WebClient;
import glimpse.convert.http.WebFetch;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.ImageListing;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images that arguments stand for. Web images share one client, which is made when the first is fetched. */
final class ImageInputs implements AutoCloseable {
    static final int MOST_WEB_BYTES = 1 << 26;
    static final Duration MOST_WEB_TIME = Duration.ofSeconds(60);

    private final Consumer<String> remarks;
    private final InputStream standardInput;
    private final Proxies proxies;
    private final List<ImageInput> images = new ArrayList<>();
    private @Nullable WebClient client;

    private ImageInputs(Consumer<String> remarks, InputStream standardInput, Proxies proxies) {
        this.remarks = remarks;
        this.standardInput = standardInput;
        this.proxies = proxies;
    }

    /**
     * Finds out what arguments stand for: a file, a folder with all that is below it, {@code -}, or an address.
     *
     * @param remarks receives a line about what a folder holds that is skipped
     * @throws ConvertException if an address is among them and the environment names a proxy that isn't one
     */
    static ImageInputs of(
            List<String> arguments,
            Consumer<String> remarks,
            InputStream standardInput,
            Map<String, String> environment)
            throws ConvertException {
        boolean web = arguments.stream().anyMatch(WebAddress::matches);
        ImageInputs inputs = new ImageInputs(remarks, standardInput, web ? Proxies.of(environment) : Proxies.none());
        arguments.forEach(inputs::add);
        return inputs;
    }

    /** Returns the images in the order of the arguments, those of a folder sorted by name. */
    List<ImageInput> images() {
        return List.copyOf(images);
    }

    private void add(String argument) {
        if (argument.equals(ImageInput.Standard.NAME)) {
            boolean before = images.stream().anyMatch(ImageInput.Standard.class::isInstance);
            images.add(
                    before
                            ? new ImageInput.None(argument, "-: standard input holds one image, which is read already")
                            : new ImageInput.Standard(standardInput));
        } else if (WebAddress.matches(argument)) {
            addWeb(argument);
        } else {
            addLocal(argument);
        }
    }

    private void addWeb(String argument) {
        try {
            images.add(new ImageInput.Web(WebAddress.parse(argument), this::fetch));
        } catch (IllegalArgumentException e) {
            String name = WebAddress.shown(argument);
            images.add(new ImageInput.None(name, name + ": " + e.getMessage()));
        }
    }

    private void addLocal(String argument) {
        try {
            Path path = Path.of(argument);
            if (!Files.isDirectory(path)) {
                images.add(new ImageInput.Local(path));
                return;
            }
            ImageListing listing = ImageListing.of(path);
            listing.remarks().forEach(remarks);
            listing.files().forEach(file -> images.add(new ImageInput.Local(file.path())));
        } catch (InvalidPathException e) {
            images.add(new ImageInput.None(argument, argument + ": not a path: " + e.getReason()));
        } catch (DatasetException e) {
            images.add(new ImageInput.None(argument, String.valueOf(e.getMessage())));
        }
    }

    private synchronized WebFetch fetch() {
        if (client == null) {
            client = new WebClient(proxies);
        }
        return new WebFetch(client, MOST_WEB_BYTES, MOST_WEB_TIME);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
