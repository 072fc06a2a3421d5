package glimpse.evaluation.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Communication;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureFilesTest {
    private static final TableRow COMPLETE = new TableRow(
            OperatingPoint.parse("mean/top:60+diverse:0.6/glimpse:50/always"),
            0,
            60,
            0.01,
            0.7,
            0.3,
            new Accuracy(0.9375, 1),
            new Accuracy(0.9375, 1),
            new Communication(1500, 49, 1500, 49, 0.01, 0.01, 0.02, 0.02));
    private static final ResultTable TABLE =
            new ResultTable(250, 0, new Accuracy(0.75, 1), Optional.empty(), List.of(COMPLETE));
    private static final ErasureRow SOME = new ErasureRow(
            COMPLETE, Erasure.parse("loss:0.2:255:4"), 9.5, 0.2125, 47.25, 3, new Accuracy(0.925, 0.99), 1812.5);
    private static final ErasureRow NOTHING_SENT = new ErasureRow(
            COMPLETE, Erasure.parse("loss:0.2:1460"), Double.NaN, Double.NaN, Double.NaN, 0, new Accuracy(0.75, 1), 0);

    @TempDir
    Path path;

    private Path write(List<ErasureRow> rows) throws IOException {
        try (RunFolder folder = RunFolder.open(path, new Fingerprint(new TreeMap<>()), false)) {
            ErasureFiles.write(rows, folder);
        }
        return path.resolve(ErasureFiles.JSON_NAME);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = write(List.of(SOME, NOTHING_SENT));
        assertThat(ErasureFiles.read(file, TABLE)).containsExactly(SOME, NOTHING_SENT);
        ResultTable other = new ResultTable(250, 0, new Accuracy(0.75, 1), Optional.empty(), List.of());
        assertThat(ErasureFiles.read(file, other)).isEmpty();
    }

    @Test
    void csvHasAHeaderAndNothingWhereThereIsNoNumber() throws IOException {
        write(List.of(SOME, NOTHING_SENT));
        assertThat(Files.readAllLines(path.resolve("erasure.csv")))
                .containsExactly(
                        "score,selection,codec,gate,erasure,mean_packets,lost_share,mean_received,unanswered,"
                                + "collaborative_top1,collaborative_top5,complete_top1,up_bytes_per_image",
                        "mean,top:60+diverse:0.6,glimpse:50,always,loss:0.2:255:4.0,9.5,0.2125,47.25,3,0.925,0.99,"
                                + "0.9375,1812.5",
                        "mean,top:60+diverse:0.6,glimpse:50,always,loss:0.2:1460,,,,0,0.75,1.0,0.9375,0.0");
    }

    @Test
    void withoutRowsTheFilesOfAnEarlierTableAreDeleted() throws IOException {
        write(List.of(SOME));
        Path file = write(List.of());
        assertThat(file).doesNotExist();
        assertThat(path.resolve("erasure.csv")).doesNotExist();
        assertThat(ErasureFiles.read(file, TABLE)).isEmpty();
    }

    @Test
    void anErasureThatIsNoneIsRefusedWithItsRow() throws IOException {
        Path file = write(List.of(SOME));
        Files.writeString(file, Files.readString(file).replace("loss:0.2:255:4.0", "loss:2:255"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErasureFiles.read(file, TABLE))
                .withMessage(file + ": row 1: 'loss:2:255' is invalid, expected " + Erasure.SYNTAX);
    }

    @Test
    void theConsoleHasALinePerRow() {
        assertThat(ErasureTable.of(List.of())).isEmpty();
        assertThat(ErasureTable.of(List.of(SOME, NOTHING_SENT)).lines().skip(3))
                .containsExactly(
                        "upload                              gate    erasure           packets    lost  received"
                                + "  unanswered  up B/image   top-1   points",
                        "mean/top:60+diverse:0.6/glimpse:50  always  loss:0.2:255:4.0     9.50  0.2125     47.25"
                                + "           3       1,813  0.9250    -1.25",
                        "mean/top:60+diverse:0.6/glimpse:50  always  loss:0.2:1460           -       -         -"
                                + "           0           0  0.7500   -18.75");
    }
}
