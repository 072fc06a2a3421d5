package glimpse.evaluation.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkFilesTest {
    private static final Distribution NONE = new Distribution(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private static final LinkRow SOME = new LinkRow(
            OperatingPoint.parse("mean/sum:0.97/raw/min-entropy:0.8"),
            Links.lte(),
            new Distribution(1.5, 0, 80.25, 90),
            new Distribution(75, 70, 80, 91),
            new Distribution(1, 2, 3, 4),
            new Distribution(5, 6, 7, 8));
    private static final LinkRow NOTHING_SENT = new LinkRow(
            OperatingPoint.parse("file/jpeg:50/always"),
            Links.parse("link:100:50:20:0.1"),
            new Distribution(0, 0, 0, 0),
            NONE,
            new Distribution(0, 0, 0, 0),
            NONE);

    @TempDir
    Path path;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        write(List.of(SOME, NOTHING_SENT));
        assertThat(LinkFiles.read(path.resolve("links.json"))).containsExactly(SOME, NOTHING_SENT);
    }

    @Test
    void csvHasAHeaderAndNothingWhereThereIsNoNumber() throws IOException {
        write(List.of(SOME, NOTHING_SENT));
        assertThat(Files.readAllLines(path.resolve("links.csv")))
                .containsExactly(
                        "link,score,selection,codec,gate,latency_ms_per_image_mean,latency_ms_per_image_p50,"
                                + "latency_ms_per_image_p95,latency_ms_per_image_p99,latency_ms_per_offloaded_mean,"
                                + "latency_ms_per_offloaded_p50,latency_ms_per_offloaded_p95,"
                                + "latency_ms_per_offloaded_p99,radio_ms_per_image_mean,radio_ms_per_image_p50,"
                                + "radio_ms_per_image_p95,radio_ms_per_image_p99,radio_ms_per_offloaded_mean,"
                                + "radio_ms_per_offloaded_p50,radio_ms_per_offloaded_p95,radio_ms_per_offloaded_p99",
                        "lte,mean,sum:0.97,raw,min-entropy:0.8,1.5,0.0,80.25,90.0,75.0,70.0,80.0,91.0,1.0,2.0,3.0,4.0,"
                                + "5.0,6.0,7.0,8.0",
                        "link:100:50:20:0.1,none,file,jpeg:50,always,0.0,0.0,0.0,0.0,,,,,0.0,0.0,0.0,0.0,,,,");
    }

    @Test
    void withoutRowsTheFilesOfAnEarlierTableAreDeleted() throws IOException {
        write(List.of(SOME));
        write(List.of());
        assertThat(path.resolve("links.json")).doesNotExist();
        assertThat(path.resolve("links.csv")).doesNotExist();
        assertThat(LinkFiles.read(path.resolve("links.json"))).isEmpty();
    }

    @Test
    void whatIsNoArrayIsRefused() throws IOException {
        Path file = Files.writeString(path.resolve("links.json"), "{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkFiles.read(file))
                .withMessage(file + ": expected an array of rows");
    }

    @Test
    void anUnknownLinkIsRefusedWithItsRow() throws IOException {
        write(List.of(SOME, SOME));
        Path file = path.resolve("links.json");
        String json = Files.readString(file);
        int second = json.lastIndexOf("lte");
        Files.writeString(file, json.substring(0, second) + "gprs" + json.substring(second + 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkFiles.read(file))
                .withMessage(file + ": row 2: 'gprs' is invalid, expected " + Links.SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-80.25", "NaN", "Infinity", "1e400"})
    void aTimeThatIsNoneIsRefusedWithItsRow(String bad) throws IOException {
        write(List.of(SOME));
        Path file = path.resolve("links.json");
        Files.writeString(file, Files.readString(file).replace("80.25", bad));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkFiles.read(file))
                .withMessage(file + ": row 1: latency_ms_per_image_p95 is " + Double.valueOf(bad)
                        + ", expected a finite number of at least 0");
    }

    private void write(List<LinkRow> rows) throws IOException {
        try (RunFolder folder = RunFolder.open(path, new Fingerprint(new TreeMap<>()), false)) {
            LinkFiles.write(rows, folder);
        }
    }
}
