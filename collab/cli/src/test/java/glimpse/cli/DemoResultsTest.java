package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures that demo/ holds, of the pair and the images that come with the program. */
class DemoResultsTest {
    private static final Path DEMO = Path.of("..", "..", "demo"); // tests run in the module's folder

    @TempDir
    Path folder;

    @BeforeEach
    void requirePair() {
        assumeTrue(
                Files.exists(DEMO.resolve("point.json")),
                "skipped: this checkout holds no pair; scripts/train/README.md tells how to make and install one");
    }

    /** scripts/demo --check does the same with all 10,000 images. */
    @Test
    void theFirst200ImagesGiveTheCommittedFiguresToTheDigit() throws IOException {
        CommandRun run = CommandRun.of(
                "sweep",
                "--edge",
                "fashion-mnist/edge",
                "--server",
                "fashion-mnist/server",
                "--data",
                "fashion-mnist",
                "--point",
                DEMO.resolve("point.json"),
                "--limit",
                "200",
                "--select",
                "sum:0.5..0.9/0.1",
                "--out",
                folder.resolve("out"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("out/table.csv")).hasSameTextualContentAs(DEMO.resolve("first-200.csv"));
    }

    @Test
    void theOperatingPointKeepsItsPromiseOnTheTestHalf() throws IOException {
        JsonNode point = new ObjectMapper().readTree(DEMO.resolve("point.json").toFile());
        List<String> lines = Files.readAllLines(DEMO.resolve("results.csv"));
        List<String> titles = List.of(lines.getFirst().split(",", -1));
        List<String> row = lines.stream()
                .map(line -> List.of(line.split(",", -1)))
                .filter(cells -> List.of("score", "selection", "codec", "gate").stream()
                        .allMatch(name -> cells.get(titles.indexOf(name))
                                .equals(point.get(name).textValue())))
                .findFirst()
                .orElseThrow();
        double server = Double.parseDouble(row.get(titles.indexOf("server_whole_top1")));
        assertThat(row.get(titles.indexOf("images"))).isEqualTo("10000");
        assertThat(Double.parseDouble(row.get(titles.indexOf("collaborative_top1"))))
                .isGreaterThanOrEqualTo(server - 0.003);
        assertThat(Double.parseDouble(row.get(titles.indexOf("cost")))).isLessThanOrEqualTo(0.4);
    }
}
