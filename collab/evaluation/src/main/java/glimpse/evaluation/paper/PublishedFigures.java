package glimpse.evaluation.paper;

import glimpse.evaluation.io.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the published figures, which come with the program. */
final class PublishedFigures {
    private static final String RESOURCE = "published.csv";

    private PublishedFigures() {}

    static List<PublishedFigure> read() {
        try (InputStream in = Objects.requireNonNull(PublishedFigures.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PublishedFigure> parse(String text) {
        List<PublishedFigure> figures = new ArrayList<>();
        int at = text.indexOf('\n') + 1;
        while (at < text.length()) {
            Csv.ParsedRecord line = Csv.parse(text, at).orElseThrow();
            List<String> fields = line.fields();
            figures.add(new PublishedFigure(
                    Setting.parse(fields.get(0), fields.get(1)),
                    Quantity.of(fields.get(2)),
                    Double.parseDouble(fields.get(3)),
                    Double.parseDouble(fields.get(4)),
                    fields.get(3),
                    fields.get(5)));
            at = line.end();
        }
        return figures;
    }
}
