package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Priors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The priors of the format, fitted to photographs: {@code priors.txt} beside this class, which isn't to be changed. */
final class StandardPriors {
    /** The priors. */
    static final Priors PRIORS = read();

    private StandardPriors() {}

    private static Priors read() {
        try (InputStream in =
                Objects.requireNonNull(StandardPriors.class.getResourceAsStream("priors.txt"), "priors.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Priors.parse(text, Contexts.COUNT, Contexts.SETS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
