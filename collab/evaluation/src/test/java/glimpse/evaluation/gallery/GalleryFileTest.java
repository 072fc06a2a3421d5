package glimpse.evaluation.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryFileTest {
    private static final String PNG = "data:image/png;base64,AAAA";
    private static final String JPEG = "data:image/jpeg;base64,AAA=";

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        List<GalleryItem> items = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            items.add(item(outcome, PNG, JPEG, PNG));
        }
        Path file = folder.resolve(GalleryFile.NAME);
        GalleryFile.write(items, file);
        assertThat(GalleryFile.read(file)).isEqualTo(items);
    }

    @Test
    void withoutAFileThereAreNoItems() throws IOException {
        assertThat(GalleryFile.read(folder.resolve(GalleryFile.NAME))).isEmpty();
    }

    @Test
    void aPictureFromElsewhereIsRefused() throws IOException {
        String url = "//example.org/a.png";
        for (GalleryItem item : List.of(
                item(Outcome.CORRECTED, url, PNG, PNG),
                item(Outcome.CORRECTED, PNG, url, PNG),
                item(Outcome.CORRECTED, PNG, PNG, url))) {
            Path file = folder.resolve(GalleryFile.NAME);
            GalleryFile.write(List.of(item), file);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GalleryFile.read(file))
                    .withMessage(file + ": a picture of a.jpg isn't a data URI of a PNG or JPEG");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[1]", "[{}]", "null", "[null]", "[{\"outcome\": \"LOST\"}]"})
    void whatIsNoGalleryIsRefusedByName(String json) throws IOException {
        Path file = Files.writeString(folder.resolve(GalleryFile.NAME), json);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GalleryFile.read(file))
                .withMessageStartingWith(file + ": not a gallery of this version");
    }

    @ParameterizedTest
    @CsvSource({
        "minEntropyBits, NaN, NaN",
        "minEntropyBits, '\"NaN\"', NaN",
        "minEntropyBits, -0.5, -0.5",
        "minEntropyBits, 1e400, Infinity",
        "kept, -1, -1",
        "patches, -49, -49",
        "upBytes, -2147483648, -2147483648"
    })
    void aNumberThatIsNoneIsRefusedByName(String field, String bad, String shown) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GalleryFile.read(with(field, bad)))
                .withMessage(folder.resolve(GalleryFile.NAME) + ": " + field + " of a.jpg is " + shown
                        + ", expected a finite number of at least 0");
    }

    @Test
    void aNumberBeyondItsTypeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GalleryFile.read(with("kept", "1e400")))
                .withMessageStartingWith(folder.resolve(GalleryFile.NAME) + ": not a gallery of this version: kept: ");
    }

    /** Writes a gallery in which a field has another value. */
    private Path with(String field, String value) throws IOException {
        Path file = folder.resolve(GalleryFile.NAME);
        GalleryFile.write(List.of(item(Outcome.CORRECTED, PNG, PNG, PNG)), file);
        String json = Files.readString(file).replaceAll("\"" + field + "\" : [0-9.]+", "\"" + field + "\" : " + value);
        return Files.writeString(file, json);
    }

    private static GalleryItem item(Outcome outcome, String whole, String attention, String kept) {
        return new GalleryItem(outcome, "a.jpg", "fox", "cat", 1.0 / 3, "dog", 12, 49, 1234, whole, attention, kept);
    }
}
