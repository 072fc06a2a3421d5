package glimpse.service.oip.json;

import glimpse.service.metrics.ModelStatistics;
import glimpse.service.metrics.ModelStatistics.Total;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.RepositoryEntry;
import glimpse.service.oip.ServerInfo;
import glimpse.service.oip.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The protocol's documents that describe a server and its models, as maps and lists. */
public final class Documents {
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String COMPUTE_INPUT = "compute_input";
    private static final String COMPUTE_INFER = "compute_infer";
    private static final String COMPUTE_OUTPUT = "compute_output";

    private Documents() {}

    /** Describes the server. */
    public static Map<String, Object> server() {
        return ordered(NAME, ServerInfo.NAME, VERSION, ServerInfo.version(), "extensions", ServerInfo.EXTENSIONS);
    }

    /** Describes a model's inputs and outputs. */
    public static Map<String, Object> metadata(ModelInterface model) {
        return ordered(
                NAME,
                model.name(),
                "versions",
                List.of(ModelInterface.VERSION),
                "platform",
                ModelInterface.PLATFORM,
                "inputs",
                model.inputs().stream().map(Documents::tensor).toList(),
                "outputs",
                model.outputs().stream().map(Documents::tensor).toList(),
                "properties",
                model.properties());
    }

    private static Map<String, Object> tensor(TensorSpec tensor) {
        return ordered(NAME, tensor.name(), "datatype", tensor.type().name(), "shape", tensor.shape());
    }

    /** Describes a model as Triton's configurations do. */
    public static Map<String, Object> config(ModelInterface model) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (TensorSpec tensor : model.inputs()) {
            Map<String, Object> input = configured(tensor);
            input.put("optional", true); // one of them is enough
            inputs.add(input);
        }
        return ordered(
                NAME,
                model.name(),
                "platform",
                ModelInterface.PLATFORM,
                "backend",
                ModelInterface.PLATFORM,
                "max_batch_size",
                ModelInterface.MAX_IMAGES,
                "input",
                inputs,
                "output",
                model.outputs().stream().map(Documents::configured).toList());
    }

    private static Map<String, Object> configured(TensorSpec tensor) {
        return ordered(NAME, tensor.name(), "data_type", tensor.configType(), "dims", tensor.configDimensions());
    }

    /** Lists what a repository has. */
    public static List<Map<String, Object>> index(List<RepositoryEntry> entries) {
        return entries.stream()
                .map(entry -> ordered(
                        NAME,
                        entry.model(),
                        VERSION,
                        ModelInterface.VERSION,
                        "state",
                        entry.state(),
                        "reason",
                        entry.reason()))
                .toList();
    }

    /** Lists models' statistics. */
    public static Map<String, Object> statistics(Map<String, ModelStatistics> models) {
        List<Map<String, Object>> list = new ArrayList<>();
        models.forEach((name, statistics) -> list.add(statistics(name, statistics)));
        return ordered("model_stats", list);
    }

    private static Map<String, Object> statistics(String name, ModelStatistics statistics) {
        List<Map<String, Object>> batches = new ArrayList<>();
        statistics
                .batches()
                .forEach((images, total) -> batches.add(ordered(
                        "batch_size",
                        images,
                        COMPUTE_INPUT,
                        duration(new Total(total.count(), 0)),
                        COMPUTE_INFER,
                        duration(total),
                        COMPUTE_OUTPUT,
                        duration(new Total(total.count(), 0)))));
        return ordered(
                NAME,
                name,
                VERSION,
                ModelInterface.VERSION,
                "last_inference",
                statistics.lastInferenceMillis(),
                "inference_count",
                statistics.inferences(),
                "execution_count",
                statistics.executions(),
                "inference_stats",
                ordered(
                        "success",
                        duration(statistics.success()),
                        "fail",
                        duration(statistics.fail()),
                        "queue",
                        duration(statistics.queue()),
                        COMPUTE_INPUT,
                        duration(statistics.computeInput()),
                        COMPUTE_INFER,
                        duration(statistics.computeInfer()),
                        COMPUTE_OUTPUT,
                        duration(statistics.computeOutput())),
                "batch_stats",
                batches);
    }

    private static Map<String, Object> duration(Total total) {
        return ordered("count", total.count(), "ns", total.nanos());
    }

    /** Makes a map of names and values in this order. */
    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
