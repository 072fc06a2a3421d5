package glimpse.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page's own files, which are the same for everybody. Immutable. */
final class PageFiles {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String SVG = "image/svg+xml";
    private static final List<String> SCRIPTS =
            List.of("api", "app", "charts", "controls", "details", "pickers", "picture", "rounds", "words");
    private static final List<String> COLOUR_SAMPLES = List.of("cat.jpg", "clock.png", "traffic-light.png");
    private static final List<String> GREY_SAMPLES = List.of("boot.png", "bag.png", "dress.png", "shirt.png");

    private final Map<String, PageReply> files = new HashMap<>(); // by path

    PageFiles() {
        add("/", "index.html", HTML);
        add("/page/style.css", "style.css", CSS);
        add("/page/icon.svg", "icon.svg", SVG);
        SCRIPTS.forEach(name -> add("/page/" + name + ".js", name + ".js", SCRIPT));
        Stream.concat(COLOUR_SAMPLES.stream(), GREY_SAMPLES.stream())
                .forEach(name -> add(
                        "/page/samples/" + name, "samples/" + name, name.endsWith("jpg") ? "image/jpeg" : "image/png"));
    }

    private void add(String path, String resource, String contentType) {
        try (InputStream in = PageFiles.class.getResourceAsStream("web/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("this build has no " + resource);
            }
            files.put(path, new PageReply(PageReply.OK, contentType, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file at a path; empty if there is none. */
    Optional<PageReply> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Returns the samples that suit a model, relative to the page. */
    static List<String> samples(int channels) {
        return (channels == 1 ? GREY_SAMPLES : COLOUR_SAMPLES)
                .stream().map(name -> "page/samples/" + name).toList();
    }
}
