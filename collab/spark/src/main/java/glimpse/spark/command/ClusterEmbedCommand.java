package glimpse.spark.command;

import static org.apache.spark.sql.functions.col;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.evaluation.io.Counted;
import glimpse.spark.function.GlimpseFunction;
import glimpse.spark.function.GlimpseOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code embed} on a cluster: the features of images as a Parquet data set. */
@Command(
        name = "embed",
        sortOptions = false,
        description = {
            "Writes the feature vectors of images as Parquet: columns image, features and error.",
            "",
            "The output appears whole or not at all, as Spark commits it. An image that can't be decoded has an error in"
                    + " place of features."
        },
        exitCodeList = {
            "0:Every image was embedded.",
            "1:The command failed.",
            "2:The input is invalid. If some images are, the others are embedded."
        },
        footer = {"", "Example:", "  embed --model dinov2.safetensors --images hdfs:///photos --out hdfs:///features"})
public final class ClusterEmbedCommand implements Callable<Integer> {
    private static final String IMAGES = "*.{jpg,jpeg,png,webp,JPG,JPEG,PNG,WEBP}";

    private final Supplier<SparkSession> spark;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "Model to run: a file written by glimpse convert, or hf:OWNER/NAME[@REVISION][/FILE].")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "PATH",
            description = "Folder of images at any depth, or of Parquet files with their bytes, on any file system that"
                    + " Spark reads. Spark leaves out empty files.")
    @SuppressWarnings("NullAway.Init")
    private String images;

    @Option(
            names = "--parquet",
            paramLabel = "COLUMN",
            description = "The images are in this column of Parquet files: the bytes, or a struct with the fields bytes"
                    + " and path, such as image.")
    private String parquetColumn = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the features, which must not exist.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    /** Makes the command. */
    public ClusterEmbedCommand(Supplier<SparkSession> spark) {
        this.spark = spark;
    }

    @Override
    public Integer call() throws IOException {
        SparkSession session = spark.get();
        var glimpse = GlimpseFunction.of(session, GlimpseOptions.ofModel(model).withoutPatches());
        Dataset<Row> read = read(session);
        Dataset<Row> embedded = read.withColumn("seen", glimpse.apply(col("content")))
                .select(col("image"), col("seen.features"), col("seen.error"));
        try {
            embedded.write().parquet(out);
        } catch (Exception e) {
            throw readable(e);
        }
        long failed =
                session.read().parquet(out).filter(col("features").isNull()).count();
        if (failed > 0) {
            ErrorLines.print(
                    spec.commandLine().getErr(),
                    spec.qualifiedName(),
                    Counted.of(failed, "image") + " without features; the column error of " + out + " says why");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.INVALID_INPUT;
    }

    /** Returns the columns image and content. */
    private Dataset<Row> read(SparkSession session) throws IOException {
        try {
            if (parquetColumn.isEmpty()) {
                return session.read()
                        .format("binaryFile")
                        .option("recursiveFileLookup", true)
                        .option("pathGlobFilter", IMAGES)
                        .load(images)
                        .select(col("path").as("image"), col("content"));
            }
            Dataset<Row> rows = session.read().parquet(images);
            Column column = col(parquetColumn);
            boolean struct =
                    rows.select(column).schema().apply(0).dataType().typeName().equals("struct");
            return struct
                    ? rows.select(
                            column.getField("path").as("image"),
                            column.getField("bytes").as("content"))
                    : rows.selectExpr("_metadata.file_path AS image", parquetColumn + " AS content");
        } catch (Exception e) {
            throw readable(e);
        }
    }

    /**
     * Returns an error of one line: Spark's own, which aren't declared, have several.
     *
     * @throws UsageException if a path or column doesn't exist, or the output does
     */
    private static IOException readable(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("" + e);
        if (e instanceof AnalysisException) {
            throw new UsageException(line);
        }
        return new IOException(line, e);
    }
}
