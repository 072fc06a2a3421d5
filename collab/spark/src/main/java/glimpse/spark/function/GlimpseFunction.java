package glimpse.spark.function;

import glimpse.cli.model.ModelSource;
import glimpse.spark.model.RemoteModels;
import glimpse.spark.model.SharedModel;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Runs a model in DataFrames: {@code glimpse(content)} takes the bytes of a JPEG, PNG or WebP file and returns a struct
 * of {@link #TYPE}; null for null. An image that can't be decoded has an error and nothing else.
 *
 * <pre>{@code
 * UserDefinedFunction glimpse = GlimpseFunction.of(spark, GlimpseOptions.ofModel("hf:facebook/deit-tiny-patch16-224"));
 * spark.udf().register("glimpse", glimpse);
 * spark.read().format("binaryFile").load("hdfs:///photos")
 *      .select(col("path"), glimpse.apply(col("content")).as("seen"))
 *      .select("path", "seen.label", "seen.probability", "seen.kept");
 * }</pre>
 *
 * The function isn't deterministic for Spark's optimiser, so that an expression which uses several fields of its result
 * runs the model once per image.
 */
public final class GlimpseFunction {
    /**
     * What the function returns: the most probable class, its index and its probability; the positions of the patches
     * that the method would send; the features, which are the input of the model's head; why there is nothing else.
     */
    public static final StructType TYPE = new StructType(new StructField[] {
        DataTypes.createStructField("label", DataTypes.StringType, true),
        DataTypes.createStructField("index", DataTypes.IntegerType, true),
        DataTypes.createStructField("probability", DataTypes.DoubleType, true),
        DataTypes.createStructField("kept", DataTypes.createArrayType(DataTypes.IntegerType, false), true),
        DataTypes.createStructField("features", DataTypes.createArrayType(DataTypes.FloatType, false), true),
        DataTypes.createStructField("error", DataTypes.StringType, true)
    });

    /** Spark's setting for sessions whose tasks see their own files alone, not those of the context such as models. */
    public static final String ISOLATION = "spark.sql.artifact.isolation.enabled";

    private static final String BY_DEFAULT = "true";

    private GlimpseFunction() {}

    /** Runs in an executor. */
    private record OnBytes(Broadcast<ImageWorker> worker) implements UDF1<byte[], Row> {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("NullAway") // null is SQL's
        public Row call(byte[] file) {
            return file == null ? null : worker.value().row(file);
        }
    }

    /**
     * Makes the function. The model is given to the executors, and each loads it once.
     *
     * @param spark a session of a cluster has {@value #ISOLATION} set to false when it is started
     * @throws IllegalArgumentException if the model doesn't have what the options ask for, or the executors wouldn't
     *     get it because the session is isolated
     * @throws IOException if the model can't be read
     */
    public static UserDefinedFunction of(SparkSession spark, GlimpseOptions options) throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        if (!context.isLocal() && Boolean.parseBoolean(spark.conf().get(ISOLATION, BY_DEFAULT))) {
            throw new IllegalArgumentException(
                    "the session's tasks don't see the model, which is a file of the context;"
                            + " start the session with " + ISOLATION + "=false");
        }
        ModelSource source =
                ModelSource.require("model", RemoteModels.fetch(options.model(), context.hadoopConfiguration()));
        options.requireFit(source.info().config());
        SharedModel model = SharedModel.of(source, source.sha256(), context);
        Broadcast<ImageWorker> worker = context.broadcast(new ImageWorker(model, options));
        return functions.udf(new OnBytes(worker), TYPE).asNondeterministic();
    }

    /** Returns the names of the fields. */
    public static List<String> fields() {
        return List.of(TYPE.fieldNames());
    }
}
