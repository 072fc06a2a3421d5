package glimpse.spark;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TarWriter;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.spark.LocalSpark.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cluster's commands leave must equal, to the byte, what glimpse leaves on one machine. */
class ClusterRunTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final String[] METHOD = {"--select", "sum:0.5,top:3,random:4:7", "--gate", "always,min-entropy:1.2"};

    @TempDir
    Path folder;

    private Path edge;
    private Path server;
    private Path images;

    @BeforeEach
    void makeModelsAndImages() throws IOException {
        edge = TinyModel.write(folder.resolve("edge.safetensors"), TinyModel.RGB, 1, LABELS);
        server = TinyModel.write(folder.resolve("server.safetensors"), TinyModel.RGB, 2, LABELS);
        images = TestImages.folder(folder.resolve("images"), LABELS, 23);
        Files.writeString(images.resolve("bee/broken, twice.jpg"), "no picture");
    }

    @Test
    void anEvaluationOfAFolderIsTheSame() throws IOException {
        String[] data = {"--images", images.toString(), "--server-baseline", "--link", "lte"};
        Outcome alone = LocalSpark.alone(evaluate(data, "alone"));
        Outcome cluster = LocalSpark.cluster(evaluate(data, "cluster"));
        assertThat(cluster.err()).contains("broken, twice.jpg");
        assertThat(cluster.exitCode()).isZero();
        assertThat(cluster.out()).isEqualTo(alone.out()).contains("sum:0.5");
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKeys("images.csv", "table.csv", "links.csv");
    }

    @Test
    void anEvaluationOfOffloadedImagesOnlyIsTheSame() throws IOException {
        Files.delete(images.resolve("bee/broken, twice.jpg")); // which would be tried again
        String[] pair = {"evaluate", "--edge", edge.toString(), "--server", server.toString()};
        String[] method = {"--images", images.toString(), "--gate", "min-entropy:1.2", "--only-offloaded"};
        LocalSpark.alone(joined(pair, method, new String[] {"--out", out("alone")}));
        Outcome cluster = LocalSpark.cluster(joined(pair, method, new String[] {"--out", out("cluster")}));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone"));
        assertThat(Files.readAllLines(folder.resolve("cluster/images.csv")))
                .anyMatch(line -> line.endsWith(",,,,,,,,"))
                .anyMatch(line -> !line.endsWith(",,,,,,,,"));
    }

    @Test
    void aSweepIsTheSame() throws IOException {
        String[] data = {"--images", images.toString(), "--file", "jpeg:60"};
        LocalSpark.alone(command("sweep", data, "alone"));
        Outcome cluster = LocalSpark.cluster(command("sweep", data, "cluster"));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKeys("point.json", "gallery.json");
    }

    @Test
    void aReproductionIsTheSame() throws IOException {
        String[] pair = {"reproduce", "--edge", edge.toString(), "--server", server.toString()};
        String[] data = {"--images", images.toString(), "--limit", "9", "--spread"};
        LocalSpark.alone(joined(pair, data, new String[] {"--out", out("alone")}));
        Outcome cluster = LocalSpark.cluster(joined(pair, data, new String[] {"--out", out("cluster")}));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(cluster.err()).contains("9 images take about ", " on 2 threads: ");
        Map<String, String> results = results("cluster");
        assertThat(results.remove("reproduction.html")).contains("9 images count"); // and measured times
        Map<String, String> expected = results("alone");
        expected.remove("reproduction.html");
        assertThat(results).isEqualTo(expected).containsKeys("images.csv", "comparison.csv");
    }

    @Test
    void modelsAloneGetTheSameTable() throws IOException {
        String[] models = {"evaluate", "--model", edge.toString(), "--model", server.toString()};
        String[] data = {"--images", images.toString(), "--limit", "14"};
        LocalSpark.alone(joined(models, data, new String[] {"--out", out("alone")}));
        Outcome cluster = LocalSpark.cluster(joined(models, data, new String[] {"--out", out("cluster")}));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(cluster.out()).contains("14 images in ", "decoding and all 2 models included");
        assertThat(tables("cluster")).isEqualTo(tables("alone")).hasSize(11).containsKeys("models.csv", "classes.csv");
    }

    /** What a smaller run left on the other file system is extended, each model's rows in a folder of its own. */
    @Test
    void modelsAloneAndTheirRowsMayBeOnAnotherFileSystem() throws IOException {
        Files.delete(images.resolve("bee/broken, twice.jpg")); // which would be tried again
        LocalSpark.alone("evaluate", "--model=" + edge, "--images=" + images, "--out=" + out("alone"));
        String[] remote = {
            "evaluate",
            "--model=" + OtherFileSystem.uri(edge),
            "--images=" + OtherFileSystem.uri(images),
            "--out=" + OtherFileSystem.uri(folder.resolve("cluster"))
        };
        LocalSpark.cluster(joined(remote, new String[] {"--limit=7"}));
        Outcome cluster = LocalSpark.cluster(remote);
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(cluster.err()).contains("7 of 23 images were already finished");
        assertThat(tables("cluster")).isEqualTo(tables("alone")).containsKey("models.csv");
        Outcome again = LocalSpark.cluster(remote);
        assertThat(again.out()).contains("all rows were there already");
    }

    @Test
    void modelsImagesAndResultsMayBeOnAnotherFileSystem() throws IOException {
        LocalSpark.alone(evaluate(new String[] {"--images", images.toString()}, "alone"));
        Outcome cluster = LocalSpark.cluster(
                "evaluate",
                "--edge=" + OtherFileSystem.uri(edge),
                "--server=" + OtherFileSystem.uri(server),
                "--images=" + OtherFileSystem.uri(images),
                "--select=" + METHOD[1],
                "--gate=" + METHOD[3],
                "--out=" + OtherFileSystem.uri(folder.resolve("cluster")));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKey("images.csv");
    }

    @Test
    void shardsOnAnotherFileSystemAreReadInPlace() throws IOException {
        Path shards = Files.createDirectory(folder.resolve("shards"));
        for (int shard = 0; shard < 2; shard++) {
            TarWriter tar = new TarWriter();
            for (int i = 0; i < 5; i++) {
                byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), shard * 5 + i));
                tar.file("000" + i + ".png", picture).file("000" + i + ".cls", "" + i % 3);
            }
            Files.write(shards.resolve("train-00" + shard + ".tar"), tar.end());
        }
        String[] data = {"--images", shards + "/train-{000..001}.tar"};
        LocalSpark.alone(evaluate(data, "alone"));
        data[1] = OtherFileSystem.uri(shards) + "/train-{000..001}.tar";
        Outcome cluster = LocalSpark.cluster(evaluate(data, "cluster"));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKey("images.csv");
    }

    @Test
    void parquetOnAnotherFileSystemIsReadByTheTasks() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), i));
            rows.add(RowFactory.create(RowFactory.create(picture, "image" + i + ".png"), (long) i % 3));
        }
        StructType image = new StructType().add("bytes", DataTypes.BinaryType).add("path", DataTypes.StringType);
        LocalSpark.session()
                .createDataFrame(rows, new StructType().add("image", image).add("label", DataTypes.LongType))
                .repartition(3)
                .write()
                .parquet(out("parquet"));
        String[] data = {"--images", out("parquet")};
        LocalSpark.alone(evaluate(data, "alone"));
        data[1] = OtherFileSystem.uri(folder.resolve("parquet"));
        Outcome cluster = LocalSpark.cluster(evaluate(data, "cluster"));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKey("images.csv");
    }

    @Test
    void aDataSetThatIsNotMadeOfFilesIsOpenedByTheTasks() throws IOException {
        String[] data = {
            "--data", "fashion-mnist", "--skip", "30", "--limit", "20", "--select", "top:5", "--gate", "always",
        };
        String[] pair = {"evaluate", "--edge", "fashion-mnist/edge", "--server", "fashion-mnist/server"};
        LocalSpark.alone(joined(pair, data, new String[] {"--out", out("alone")}));
        Outcome cluster = LocalSpark.cluster(joined(pair, data, new String[] {"--out", out("cluster")}));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone")).containsKey("images.csv");
    }

    @Test
    void anEarlierRunIsExtended() throws IOException {
        String[] some = {"--images", images.toString(), "--limit", "7"};
        String[] all = {"--images", images.toString()};
        LocalSpark.alone(evaluate(all, "alone"));
        LocalSpark.alone(evaluate(some, "cluster"));
        Outcome cluster = LocalSpark.cluster(evaluate(all, "cluster"));
        assertThat(cluster.exitCode()).as(cluster.err()).isZero();
        assertThat(results("cluster")).isEqualTo(results("alone"));
    }

    @Test
    void resultsOfOtherModelsAreRefused() throws IOException {
        String[] data = {"--images", images.toString()};
        LocalSpark.cluster(evaluate(data, "cluster"));
        TinyModel.write(edge, TinyModel.RGB, 3, LABELS);
        Map<String, String> before = results("cluster");
        Outcome refused = LocalSpark.cluster(evaluate(data, "cluster"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("holds the results of another run (edge_sha256 was")
                .hasLineCount(1);
        assertThat(results("cluster")).isEqualTo(before);
    }

    @Test
    void anUnknownFileSystemIsNamed() {
        Outcome refused = LocalSpark.cluster(evaluate(new String[] {"--images", "what://ever/images"}, "cluster"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("what://ever/images: no file system").hasLineCount(1);
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        String model = OtherFileSystem.uri(folder.resolve("none.safetensors"));
        Outcome refused = LocalSpark.cluster(
                "evaluate",
                "--edge",
                model,
                "--server",
                server.toString(),
                "--images",
                images.toString(),
                "--out",
                out("cluster"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(model + ": no such file").hasLineCount(1);
    }

    private String[] evaluate(String[] data, String out) {
        return command("evaluate", data, out);
    }

    private String[] command(String name, String[] data, String out) {
        String[] pair = {name, "--edge", edge.toString(), "--server", server.toString()};
        return joined(pair, data, METHOD, new String[] {"--out", out(out)});
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private static String[] joined(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Returns the results except the file with the speed of the models. */
    private Map<String, String> tables(String name) throws IOException {
        Map<String, String> tables = results(name);
        assertThat(tables.remove("speed.json")).contains("run_seconds");
        return tables;
    }

    /** Returns the content of each file of a run's folder but the lock, and of folders below it. */
    private Map<String, String> results(String name) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Path out = folder.resolve(name);
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("run.lock")) {
                    contents.put(out.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
