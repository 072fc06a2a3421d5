package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFileTest {
    private static final Calibration CALIBRATION = new Calibration(
            new Calibration.CalibratedPair("ab".repeat(32), "cd".repeat(32), 1.5, 0.75),
            OperatingPoint.parse("mean/rounds:top:10,top:20/raw/min-entropy:0.5/min-entropy:0.3"),
            new Promise(0.01, OptionalDouble.of(0.9)),
            "photos, 1000 images",
            200,
            new GateCounts(800, 500, 12, 3),
            new TreeMap<>(Map.of(5, 0.8f, 20, 0.6f)));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(CalibrationFile.read(write(CALIBRATION))).isEqualTo(CALIBRATION);
        Calibration least = new Calibration(
                CALIBRATION.pair(),
                OperatingPoint.parse("mean/top:20+diverse:0.6/raw/min-entropy:0.5"),
                new Promise(0.01, OptionalDouble.empty()),
                "photos",
                0,
                new GateCounts(99, 0, 0, 0),
                new TreeMap<>());
        assertThat(CalibrationFile.read(write(least))).isEqualTo(least);
    }

    /** Each case spoils one field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"calibration\" : 1 | \"calibration\" : 2 | calibration is 2, expected 1",
                "\"risk\" : 0.01 | \"risk\" : 0.001 | promised_on is 800, too few images for this promise, expected at least 2302",
                "\"risk\" : 0.01 | \"risk\" : 0.005 | wrong is 3 of 800 images, which bounds the risk at 0.00833, expected at most risk, 0.005",
                "\"risk\" : 0.01 | \"risk\" : 7 | risk is 7.0, expected a number from 0 to 1",
                "\"risk\" : 0.01 | \"risk\" : 0 | risk is 0.0, expected above 0 and below 1",
                "\"confidence\" : 0.9 | \"confidence\" : \"high\" | confidence is \"high\", expected a number",
                "\"confidence\" : 0.9 | \"confidence\" : null | confidence is missing, expected a number",
                "\"wrong\" : 3 | \"wrong\" : 30 | wrong is 30, expected 0..12",
                "\"wrong\" : 3 | \"wrong\" : -1 | wrong is -1, expected a whole number of at least 0",
                "\"confident\" : 500 | \"confident\" : 900 | confident is 900, expected 0..800",
                "\"gate\" : \"min-entropy:0.5\" | \"gate\" : \"min-entropy:x\" | 'min-entropy:x' is invalid, expected min-entropy:BITS",
                "\"until\" : \"min-entropy:0.3\" | \"until\" : \"soon\" | 'soon' is invalid, expected",
                "\"until\" : \"min-entropy:0.3\" | \"until\" : 3 | until is 3, expected a text",
                "\"selection\" : \"rounds:top:10,top:20\" | \"selection\" : \"best\" | 'best' is invalid, expected",
                "\"edge_temperature\" : 1.5 | \"edge_temperature\" : 0 | edge_temperature is 0.0, expected 0.01..100.0",
                "\"edge_temperature\" : 1.5 | \"edge_temperature\" : NaN | edge_temperature is",
                "\"edge_sha256\" : \"ab | \"edge_sha256\" : \"xx | expected 64 hexadecimal digits",
                "\"5\" : 0.8 | \"five\" : 0.8 | weights: 'five' is 0.8, expected numbers of patches",
                "\"5\" : 0.8 | \"5\" : -1 | weights: '5' is -1, expected numbers of patches",
                "\"images\" : | \"pictures\" : | 'pictures' is unknown, expected calibration, images,",
                "\"chosen_on\" : 200 | \"chosen_on\" : 1.5 | chosen_on is 1.5, expected a whole number",
            })
    void aSpoiltFieldIsNamedInOneLine(String field, String spoilt, String expected) throws IOException {
        Path file = write(CALIBRATION);
        String text = Files.readString(file);
        assertThat(text).contains(field);
        Files.writeString(file, text.replace(field, spoilt));
        assertThatThrownBy(() -> CalibrationFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | not a calibration, expected a JSON object", "{ | not JSON", "'' | not"})
    void anotherFileIsRefused(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), text);
        assertThatThrownBy(() -> CalibrationFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(expected);
    }

    @Test
    void otherModelsAreRefused() {
        CALIBRATION.pair().requireEdge("ab".repeat(32));
        assertThatThrownBy(() -> CALIBRATION.pair().requireServer("ab".repeat(32)))
                .hasMessage("was made with another server's model (SHA-256 cdcdcdcdcdcd..., this one's is"
                        + " abababababab...)");
    }

    @Test
    void itsUploadsAreThoseOfAllFittedWeights() {
        Calibration complementing = new Calibration(
                CALIBRATION.pair(),
                OperatingPoint.parse("mean/top:20+diverse:0.6/raw/min-entropy:0.5"),
                CALIBRATION.promise(),
                CALIBRATION.images(),
                CALIBRATION.chosenOn(),
                CALIBRATION.counts(),
                CALIBRATION.weights());

        assertThat(complementing.uploads())
                .containsExactly(
                        Upload.parse("mean/top:20+diverse:0.6/raw"), Upload.parse("mean/top:5+diverse:0.8/raw"));
    }

    @Test
    void theSentenceSaysWhatIsPromisedAndHow() {
        assertThat(CALIBRATION.sentence())
                .isEqualTo(
                        "with 90 % confidence, at most 1 % of all images like the 800 it was calibrated on are answered"
                                + " wrong by the edge where the server would be right");
    }

    private Path write(Calibration calibration) throws IOException {
        Path file = folder.resolve("pair.json");
        CalibrationFile.write(file, calibration);
        return file;
    }
}
