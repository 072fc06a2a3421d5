package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {
    static List<String> commands() {
        return List.of(
                "convert", "info", "classify", "embed", "explain", "evaluate", "sweep", "reproduce", "report", "edge");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExample(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: glimpse " + command)
                .contains("Example:")
                .contains("  glimpse " + command);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsReadable(String command) {
        String help = CommandRun.of(command, "--help").out();
        assertThat(help).doesNotContain("$");
        String example = help.substring(help.indexOf("Example:"));
        // no name is broken at the edge, so an example can be copied
        assertThat(example.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("  "));
    }

    @Test
    void helpListsTheCommands() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "convert",
                        "info",
                        "classify",
                        "embed",
                        "explain",
                        "evaluate",
                        "sweep",
                        "reproduce",
                        "report",
                        "edge")
                .doesNotContain("stacktrace");
    }

    @ParameterizedTest
    @CsvSource({
        "evaluate, Default: sum:0.97., Default: min-entropy:0.8.",
        "sweep, 'Default: sum:0.5..0.9/0.1,sum:0.95,sum:0.97.', 'Default: always,min-entropy:0.001,'"
    })
    void helpShowsTheDefaultsOfTheCommand(String command, String selection, String gate) {
        assertThat(CommandRun.of(command, "--help").out()).contains(selection, gate, "Default: mean.", "Default: raw.");
    }

    @Test
    void itHasAVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("glimpse ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|glimpse: no command, expected convert, info, classify, embed, explain, evaluate, sweep, calibrate, reproduce, report or edge (see glimpse --help)",
                "brew|glimpse: unknown command 'brew', expected convert, info, classify, embed, explain, evaluate, sweep, calibrate, reproduce, report or edge (see glimpse --help)",
                "--brew|glimpse: Unknown option: '--brew' (see glimpse --help)",
                "info|glimpse info: Missing required parameter: 'MODEL' (see glimpse info --help)",
                "info a b|glimpse info: Unmatched argument at index 2: 'b' (see glimpse info --help)",
                "info nowhere|glimpse info: MODEL nowhere: no such file",
                "info .|glimpse info: MODEL .: is a folder, expected a file",
                "classify x.jpg|glimpse classify: Missing required option: '--model=FILE' (see glimpse classify --help)",
                "classify --model nowhere x.jpg|glimpse classify: --model nowhere: no such file",
                "classify --model pom.xml --threads 0 x.jpg|glimpse classify: --threads: '0' is invalid, expected an integer from 1 to 1024",
                "classify --model pom.xml --top 0 x.jpg|glimpse classify: --top: '0' is invalid, expected an integer of at least 1",
                "evaluate --edge a --server b --images c|"
                        + "glimpse evaluate: Missing required option: '--out=DIR' (see glimpse evaluate --help)",
                "evaluate --edge a --server b --images c --out d|glimpse evaluate: --edge a: no such file",
                "evaluate --edge pom.xml --server b --images c --out d|glimpse evaluate: --server b: no such file",
                "evaluate --edge a --server b --images c --out d --limit x|"
                        + "glimpse evaluate: --limit: 'x' is invalid, expected an integer of at least 1",
                "evaluate --edge a --server b --images c --out d --batch 0|"
                        + "glimpse evaluate: --batch: '0' is invalid, expected an integer of at least 1",
            })
    void wrongInputIsOneLineAndExitCodeTwo(String arguments, String line) {
        CommandRun run = CommandRun.of((Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertThat(run.err()).isEqualTo(line + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--score|max|--score: 'max' is invalid, expected mean, rollout, ",
                "--select|sum:2|--select: 'sum:2' is invalid, expected top:COUNT, ",
                "--gate|entropy:1|--gate: 'entropy:1' is invalid, expected min-entropy:BITS, "
            })
    void aChoiceThatIsNoneNamesItsOption(String option, String value, String message) {
        CommandRun run =
                CommandRun.of("evaluate", "--edge", "a", "--server", "b", "--images", "c", "--out", "d", option, value);
        assertThat(run.err()).startsWith("glimpse evaluate: " + message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aStackTraceIsShownWhenAskedFor() {
        assertThat(CommandRun.of("info", "nowhere", "--stacktrace").err()).contains("at glimpse.cli.");
    }

    @Test
    void anOptionMayStandBeforeTheCommand() {
        assertThat(CommandRun.of("--stacktrace", "info", "nowhere").err())
                .startsWith("glimpse info: MODEL nowhere: no such file")
                .contains("at glimpse.cli.");
    }

    @Test
    void aModelThatIsNoneIsTheOnlyError() {
        CommandRun run = CommandRun.of("classify", "--model", "pom.xml", "nowhere.jpg");
        assertThat(run.err()).startsWith("glimpse classify: pom.xml: not a safetensors file");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
