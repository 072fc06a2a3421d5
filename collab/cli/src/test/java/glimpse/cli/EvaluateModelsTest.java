package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code glimpse evaluate --model}, and what it and a pair's evaluation tell of predictions. */
class EvaluateModelsTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final List<String> TABLES =
            List.of("models.csv", "models.md", "models.json", "classes.csv", "confusion.csv", "calibration.csv");

    @TempDir
    Path folder;

    private Path one;
    private Path two;
    private Path images;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        one = TinyModel.write(folder.resolve("one.safetensors"), TinyModel.RGB, 1, LABELS);
        two = TinyModel.write(folder.resolve("two.safetensors"), TinyModel.RGB, 2, LABELS);
        images = TestImages.folder(folder.resolve("images"), LABELS, 9);
        out = folder.resolve("out");
    }

    @Test
    void severalModelsMakeOneTable() throws IOException {
        CommandRun run = evaluate("--model", one, "--model", two);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("(?s)9 images in [0-9.]+ s: [0-9.]+ images/s, decoding and all 2 models included\\R\\R"
                        + "model  images  failed   top-1   top-5     ECE  images/s of the model\\R"
                        + "one         9       0 .*\\Rtwo         9       0 .*\\R");
        assertThat(Files.readAllLines(out.resolve("models.csv"))).hasSize(1 + 2);
        assertThat(Files.readAllLines(out.resolve("calibration.csv"))).hasSize(1 + 2 * 15);
        assertThat(Files.readAllLines(out.resolve("classes.csv")))
                .hasSize(1 + 2 * 3)
                .contains("model,class,wnid,name,images,top1,top5");
        assertThat(rowFiles())
                .hasSize(2)
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSize(1 + 9));
    }

    @Test
    void theAccuracyIsThatOfThePairsEdge() throws IOException {
        JsonNode alone = json(evaluate("--model", one, "--json"));
        assertThat(alone.get(0).get("model_images_per_second").doubleValue()).isPositive();
        CommandRun.of("evaluate", "--edge", one, "--server", two, "--images", images, "--out", folder.resolve("pair"));
        JsonNode table =
                new ObjectMapper().readTree(folder.resolve("pair/table.json").toFile());
        JsonNode edge = new ObjectMapper()
                .readTree(folder.resolve("pair/models.json").toFile())
                .get(0);
        assertThat(edge.get("model").textValue()).isEqualTo("edge");
        assertThat(alone.get(0).get("top1")).isEqualTo(table.get(0).get("edge_top1"));
        assertThat(edge.get("top1")).isEqualTo(table.get(0).get("edge_top1"));
        assertThat(alone.get(0).get("ece")).isEqualTo(edge.get("ece"));
    }

    @Test
    void anotherModelOrMoreImagesUseTheRowsThatExist() throws IOException {
        evaluate("--model", one, "--limit", "5");
        evaluate("--model", two, "--model", one);
        List<String> extended = tables();
        CommandRun again = evaluate("--model", two, "--model", one);
        assertThat(again.out()).startsWith("all rows were there already");
        assertThat(again.err()).contains("9 of 9 images were already finished");
        evaluate("--model", two, "--model", one, "--fresh");
        assertThat(tables()).isEqualTo(extended);
    }

    @Test
    void fewerImagesThanTheRowsAreRefused() throws IOException {
        evaluate("--model", one);
        CommandRun run = evaluate("--model", one, "--limit", "5");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("holds results of images that aren't among these");
    }

    @Test
    void aFolderOfAPairIsRefused() throws IOException {
        CommandRun.of("evaluate", "--edge", one, "--server", two, "--images", images, "--out", out);
        CommandRun run = evaluate("--model", one);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(out + ": holds the results of another run (");
    }

    @Test
    void thePageShowsReliability() throws IOException {
        evaluate("--model", one, "--model", two);
        CommandRun report = CommandRun.of("report", out);
        assertThat(report.err()).isEmpty();
        String page = Files.readString(out.resolve("report.html"));
        assertThat(page).contains("Reliability of one", "Reliability of two", "images/s by the model", "ant");
        CommandRun.of("evaluate", "--edge", one, "--server", two, "--images", images, "--out", folder.resolve("pair"));
        CommandRun.of("report", folder.resolve("pair"));
        assertThat(Files.readString(folder.resolve("pair/report.html")))
                .contains("Reliability of edge", "Reliability of mean/sum:0.97/raw/min-entropy:0.8");
    }

    /**
     * ImageNet-R in small: images of two of the three classes. What the third would win goes to the better of the two.
     */
    @Test
    void withValidLabelsTheOtherClassesAreIgnored() throws IOException {
        Path some = TestImages.folder(folder.resolve("some"), List.of("ant", "cow"), 8);
        Path valid = Files.writeString(folder.resolve("valid.txt"), "2\n0\n");
        JsonNode row = json(CommandRun.of(
                        "evaluate", "--model", one, "--images", some, "--valid-labels", valid, "--out", out, "--json"))
                .get(0);
        List<String> rows =
                Files.readAllLines(rowFiles().getFirst()).stream().skip(1).toList();
        int right = 0;
        for (String line : rows) {
            String[] fields = line.split(",", -1); // index,file,label,failure,file_bytes,top1,top5,min_entropy_bits,...
            double[] probabilities = new double[3];
            JsonNode answer = json(CommandRun.of(
                            "classify", "--model", one, "--top", "3", "--json", some.resolve(fields[1])))
                    .get(0);
            answer.get("top")
                    .forEach(top -> probabilities[top.get("class").intValue()] =
                            top.get("probability").doubleValue());
            int better = probabilities[2] > probabilities[0] ? 2 : 0;
            double share = probabilities[better] / (probabilities[0] + probabilities[2]);
            right += better == Integer.parseInt(fields[2]) ? 1 : 0;
            assertThat(fields[5]).isEqualTo("" + better);
            assertThat(fields[6]).isEqualTo(better + " " + (2 - better));
            assertThat(Math.pow(2, -Double.parseDouble(fields[7]))).isCloseTo(share, within(1e-9));
        }
        assertThat(rows).hasSize(8);
        assertThat(row.get("top1").doubleValue()).isEqualTo(right / 8.0);
        assertThat(row.get("top5").doubleValue()).isEqualTo(1);
    }

    @Test
    void ofAPairBothModelsPredictAmongTheValidLabels() throws IOException {
        Path some = TestImages.folder(folder.resolve("some"), List.of("ant", "cow"), 6);
        Path valid = Files.writeString(folder.resolve("valid.txt"), "ant\ncow\n");
        Object[] arguments = {
            "evaluate",
            "--edge",
            one,
            "--server",
            two,
            "--images",
            some,
            "--out",
            out,
            "--valid-labels",
            valid,
            "--gate",
            "always"
        };
        json(CommandRun.of(
                Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray()));
        assertThat(Files.readAllLines(out.resolve("images.csv")).stream().skip(1))
                .hasSize(6)
                .allMatch(line -> line.matches("(?:[^,]*,){5}[02],(0 2|2 0),.*,[02],(0 2|2 0),[^,]*"));
        CommandRun without = CommandRun.of(
                "evaluate", "--edge", one, "--server", two, "--images", some, "--out", out, "--gate", "always");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("valid_classes_sha256 was ");
    }

    @Test
    void reassessedLabelsAreMeasuredBesideTheOthers() throws IOException {
        Path validation = folder.resolve("validation");
        for (int i = 1; i <= 4; i++) {
            TestImages.write(validation.resolve("ant/ILSVRC2012_val_0000000" + i + ".png"), i);
        }
        Path real = Files.writeString(folder.resolve("real.json"), "[[0,1,2],[],[0,1,2],[0,1,2]]");
        JsonNode row = json(CommandRun.of(
                        "evaluate",
                        "--model",
                        one,
                        "--images",
                        validation,
                        "--real-labels",
                        real,
                        "--out",
                        out,
                        "--json"))
                .get(0);
        assertThat(row.get("real_images").intValue()).isEqualTo(3);
        assertThat(row.get("real_left_out").intValue()).isEqualTo(1);
        assertThat(row.get("real_top1").doubleValue()).isEqualTo(1);
        CommandRun pair = CommandRun.of(
                "evaluate",
                "--edge",
                one,
                "--server",
                two,
                "--images",
                validation,
                "--real-labels",
                real,
                "--out",
                folder.resolve("pair"));
        assertThat(pair.out()).contains("ReaL top-1  ReaL left out", "mean/sum:0.97/raw/min-entropy:0.8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--select=top:3",
                "--gate=always",
                "--codec=raw",
                "--score=mean",
                "--link=lte",
                "--server-baseline"
            })
    void optionsOfPairsAreRefused(String option) {
        CommandRun run = evaluate("--model", one, option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("glimpse evaluate: " + option.split("=", 2)[0]
                        + ": goes with --edge and --server, but --model evaluates models alone"
                        + System.lineSeparator());
    }

    @Test
    void wrongModelsAreOneLine() throws IOException {
        assertRefused("--model " + one + ": is the same model as " + one, "--model", one, "--model", one);
        Path grey = TinyModel.write(folder.resolve("grey"), TinyModel.GREY, 1, List.of());
        assertRefused(
                "--model one and grey don't fit: the number of classes is 3 and 5", "--model", one, "--model", grey);
        assertRefused("--model nowhere: no such file", "--model", "nowhere");
        assertRefused(
                "--edge: goes with --edge and --server, but --model evaluates models alone",
                "--model",
                one,
                "--edge",
                two);
        assertRefused("missing --edge FILE, expected --edge and --server");
        assertRefused("--real-labels none: no such file", "--model", one, "--real-labels", "none");
    }

    private void assertRefused(String message, Object... arguments) {
        CommandRun run = evaluate(arguments);
        assertThat(run.err()).isEqualTo("glimpse evaluate: " + message + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private List<Path> rowFiles() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(file -> file.endsWith("images.csv")).sorted().toList();
        }
    }

    private List<String> tables() throws IOException {
        List<String> contents = new ArrayList<>();
        for (String name : TABLES) {
            contents.add(Files.readString(out.resolve(name)));
        }
        for (Path rows : rowFiles()) {
            contents.add(Files.readString(rows));
        }
        return contents;
    }

    private static JsonNode json(CommandRun run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private CommandRun evaluate(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("evaluate", "--images", images, "--out", out));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
