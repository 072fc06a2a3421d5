package glimpse.spark.function;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.Capture;
import glimpse.engine.ClassProbability;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.ImageFileReader;
import glimpse.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlimpseFunctionTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final String BROKEN = "broken.jpg";

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Path model;
    private static Path photos;
    private static UserDefinedFunction glimpse;

    @BeforeAll
    static void makeFunction() throws IOException {
        spark = LocalSpark.session();
        model = TinyModel.write(folder.resolve("model.safetensors"), TinyModel.RGB, 1, LABELS);
        photos = folder.resolve("photos");
        for (int i = 0; i < 5; i++) {
            TestImages.write(photos.resolve("photo" + i + ".png"), i);
        }
        Files.writeString(photos.resolve(BROKEN), "no picture");
        glimpse = GlimpseFunction.of(
                spark, GlimpseOptions.ofModel(model.toString()).keeping("mean", "top:4"));
    }

    @Test
    void binaryFilesGetWhatTheEnginesGives() throws IOException {
        requireAsTheEngine(seen(
                binaryFiles().select(col("path"), glimpse.apply(col("content")).as("seen"))));
    }

    @Test
    void parquetImagesGetTheSame() throws IOException {
        requireAsTheEngine(seen(parquet()
                .select(
                        col("image.path").as("path"),
                        glimpse.apply(col("image.bytes")).as("seen"))));
    }

    @Test
    void sqlGetsTheSame() throws IOException {
        spark.udf().register("glimpse", glimpse);
        binaryFiles().createOrReplaceTempView("photos");
        requireAsTheEngine(seen(spark.sql("SELECT path, glimpse(content) AS seen FROM photos")));
    }

    @Test
    void aStreamGetsTheSame() throws Exception {
        parquet();
        StructType schema =
                spark.read().parquet(folder.resolve("parquet").toString()).schema();
        StreamingQuery query = spark.readStream()
                .schema(schema)
                .parquet(folder.resolve("parquet").toString())
                .select(
                        col("image.path").as("path"),
                        glimpse.apply(col("image.bytes")).as("seen"))
                .writeStream()
                .format("memory")
                .queryName("streamed")
                .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        requireAsTheEngine(seen(spark.table("streamed")));
    }

    @Test
    void aBrokenImageHasAnErrorAndNullStaysNull() {
        Row broken = row(
                seen(binaryFiles()
                        .select(col("path"), glimpse.apply(col("content")).as("seen"))),
                BROKEN);
        assertThat(broken.getString(5)).contains("expected");
        assertThat(broken.isNullAt(0)).isTrue();
        assertThat(broken.isNullAt(4)).isTrue();
        Row missing = spark.sql("SELECT CAST(NULL AS BINARY) AS content")
                .select(glimpse.apply(col("content")))
                .first();
        assertThat(missing.isNullAt(0)).isTrue();
    }

    @Test
    void whatIsNotAskedForIsNull() throws IOException {
        UserDefinedFunction plain = GlimpseFunction.of(
                spark, GlimpseOptions.ofModel(model.toString()).withoutPatches().withoutFeatures());
        Row row = row(
                seen(binaryFiles()
                        .select(col("path"), plain.apply(col("content")).as("seen"))),
                "photo1.png");
        assertThat(row.isNullAt(3)).isTrue();
        assertThat(row.isNullAt(4)).isTrue();
        assertThat(row.getString(0)).isIn(LABELS);
    }

    @Test
    void aScoreThatTheModelLacksIsRefusedInTheDriver() {
        GlimpseOptions options = GlimpseOptions.ofModel(model.toString()).keeping("rollout-heads-first:1-7", "top:4");
        assertThatThrownBy(() -> GlimpseFunction.of(spark, options)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Dataset<Row> binaryFiles() {
        return spark.read().format("binaryFile").load(photos.toString());
    }

    /** Returns the pictures as the hub stores ImageNet: a struct of bytes and path. */
    private static Dataset<Row> parquet() throws IOException {
        StructType image = new StructType(new StructField[] {
            DataTypes.createStructField("bytes", DataTypes.BinaryType, true),
            DataTypes.createStructField("path", DataTypes.StringType, true)
        });
        StructType type = new StructType(new StructField[] {DataTypes.createStructField("image", image, true)});
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = "photo" + i + ".png";
            rows.add(RowFactory.create(RowFactory.create(Files.readAllBytes(photos.resolve(name)), name)));
        }
        String path = folder.resolve("parquet").toString();
        spark.createDataFrame(rows, type).write().mode("overwrite").parquet(path);
        return spark.read().parquet(path);
    }

    /** Returns the function's results by file name. */
    private static Map<String, Row> seen(Dataset<Row> rows) {
        Map<String, Row> seen = new TreeMap<>();
        for (Row row : rows.collectAsList()) {
            String path = row.getString(0);
            seen.put(path.substring(path.lastIndexOf('/') + 1), row.getStruct(1));
        }
        return seen;
    }

    private static Row row(Map<String, Row> seen, String name) {
        return Objects.requireNonNull(seen.get(name), name);
    }

    private static void requireAsTheEngine(Map<String, Row> seen) throws IOException {
        AttentionScore mean = AttentionScore.parse("mean");
        try (Workers workers = Workers.of(1)) {
            Classifier classifier = Classifier.load(model, workers);
            EdgeRunner runner = new EdgeRunner(classifier, Set.of(mean));
            for (int i = 0; i < 5; i++) {
                String name = "photo" + i + ".png";
                PixelPatches patches = classifier.patches(ImageFileReader.read(photos.resolve(name)));
                EdgeResult result = runner.classify(List.of(patches)).getFirst();
                ClassProbability best = result.prediction().top(1).getFirst();
                float[] features = classifier
                        .transformer()
                        .newSession()
                        .forward(classifier.preprocessing().normalise(patches), Capture.none())
                        .features(0);
                Row row = row(seen, name);
                assertThat(row.getString(0)).isEqualTo(LABELS.get(best.index()));
                assertThat(row.getInt(1)).isEqualTo(best.index());
                assertThat(row.getDouble(2)).isEqualTo(best.probability());
                assertThat(row.<Integer>getList(3))
                        .containsExactlyElementsOf(positions(PatchSelection.parse("top:4")
                                .select(result.scores(mean), name)
                                .positions()));
                assertThat(row.<Float>getList(4))
                        .hasSize(features.length)
                        .first()
                        .isEqualTo(features[0]);
                assertThat(row.isNullAt(5)).isTrue();
            }
        }
    }

    private static List<Integer> positions(int[] positions) {
        return java.util.Arrays.stream(positions).boxed().toList();
    }
}
