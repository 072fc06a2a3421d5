package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.evaluation.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                "--gate",
                "always",
                "--out",
                folder.resolve("out"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("out/table.csv")).hasSameTextualContentAs(DEMO.resolve("first-200.csv"));
    }

    @Test
    void theOperatingPointIsAsAccurateAsTheServerAtLowCost() throws IOException {
        Map<String, String> row = row(point());
        assertThat(row).containsEntry("images", "10000");
        assertThat(number(row, "collaborative_top1")).isGreaterThanOrEqualTo(number(row, "server_whole_top1") - 0.002);
        assertThat(number(row, "cost")).isLessThanOrEqualTo(0.3);
    }

    @Test
    void withinEveryBudgetItIsMoreAccurateThanThePapersMethod() throws IOException {
        JsonNode budgets = point().get("budgets");
        assertThat(budgets).hasSizeGreaterThan(1);
        for (JsonNode budget : budgets) {
            assertThat(number(row(budget.get("best")), "collaborative_top1"))
                    .as(budget.get("budget").toString())
                    .isGreaterThan(number(row(budget.get("paper")), "collaborative_top1"));
        }
    }

    private static JsonNode point() throws IOException {
        return new ObjectMapper().readTree(DEMO.resolve("point.json").toFile());
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    /** Returns the row of results.csv of a point, by column. */
    private static Map<String, String> row(JsonNode point) throws IOException {
        List<String> lines = Files.readAllLines(DEMO.resolve("results.csv"));
        List<String> titles =
                Csv.parse(lines.getFirst() + "\n", 0).orElseThrow().fields();
        for (String line : lines) {
            List<String> cells = Csv.parse(line + "\n", 0).orElseThrow().fields();
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < titles.size(); i++) {
                row.put(titles.get(i), cells.get(i));
            }
            if (Stream.of("score", "selection", "codec", "gate", "until")
                    .allMatch(name -> point.path(name).asText().equals(row.get(name)))) {
                return row;
            }
        }
        throw new AssertionError("no row of " + point);
    }
}
