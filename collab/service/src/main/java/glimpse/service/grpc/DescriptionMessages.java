package glimpse.service.grpc;

import glimpse.service.metrics.ModelStatistics.Total;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.RepositoryEntry;
import glimpse.service.oip.TensorSpec;
import glimpse.service.proto.inference.DataType;
import glimpse.service.proto.inference.InferBatchStatistics;
import glimpse.service.proto.inference.InferStatistics;
import glimpse.service.proto.inference.ModelConfig;
import glimpse.service.proto.inference.ModelInput;
import glimpse.service.proto.inference.ModelMetadataResponse;
import glimpse.service.proto.inference.ModelMetadataResponse.TensorMetadata;
import glimpse.service.proto.inference.ModelOutput;
import glimpse.service.proto.inference.ModelStatistics;
import glimpse.service.proto.inference.RepositoryIndexResponse;
import glimpse.service.proto.inference.StatisticDuration;
import java.util.List;
import java.util.Map;

/** Writes what describes a server's models. */
final class DescriptionMessages {
    private DescriptionMessages() {}

    static ModelMetadataResponse metadata(ModelInterface model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addVersions(ModelInterface.VERSION)
                .setPlatform(ModelInterface.PLATFORM)
                .addAllInputs(
                        model.inputs().stream().map(DescriptionMessages::tensor).toList())
                .addAllOutputs(model.outputs().stream()
                        .map(DescriptionMessages::tensor)
                        .toList())
                .putAllProperties(model.properties())
                .build();
    }

    private static TensorMetadata tensor(TensorSpec tensor) {
        return TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.type().name())
                .addAllShape(tensor.shape())
                .build();
    }

    static ModelConfig config(ModelInterface model) {
        ModelConfig.Builder config = ModelConfig.newBuilder()
                .setName(model.name())
                .setPlatform(ModelInterface.PLATFORM)
                .setBackend(ModelInterface.PLATFORM)
                .setMaxBatchSize(ModelInterface.MAX_IMAGES);
        for (TensorSpec tensor : model.inputs()) {
            config.addInput(ModelInput.newBuilder()
                    .setName(tensor.name())
                    .setDataType(DataType.valueOf(tensor.configType()))
                    .addAllDims(tensor.configDimensions())
                    .setOptional(true)); // one of them is enough
        }
        for (TensorSpec tensor : model.outputs()) {
            config.addOutput(ModelOutput.newBuilder()
                    .setName(tensor.name())
                    .setDataType(DataType.valueOf(tensor.configType()))
                    .addAllDims(tensor.configDimensions()));
        }
        return config.build();
    }

    static RepositoryIndexResponse index(List<RepositoryEntry> entries) {
        RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
        for (RepositoryEntry entry : entries) {
            index.addModelsBuilder()
                    .setName(entry.model())
                    .setVersion(ModelInterface.VERSION)
                    .setState(entry.state())
                    .setReason(entry.reason());
        }
        return index.build();
    }

    static List<ModelStatistics> statistics(Map<String, glimpse.service.metrics.ModelStatistics> models) {
        return models.entrySet().stream()
                .map(one -> statistics(one.getKey(), one.getValue()))
                .toList();
    }

    private static ModelStatistics statistics(String name, glimpse.service.metrics.ModelStatistics statistics) {
        ModelStatistics.Builder message = ModelStatistics.newBuilder()
                .setName(name)
                .setVersion(ModelInterface.VERSION)
                .setLastInference(statistics.lastInferenceMillis())
                .setInferenceCount(statistics.inferences())
                .setExecutionCount(statistics.executions())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(duration(statistics.success()))
                        .setFail(duration(statistics.fail()))
                        .setQueue(duration(statistics.queue()))
                        .setComputeInput(duration(statistics.computeInput()))
                        .setComputeInfer(duration(statistics.computeInfer()))
                        .setComputeOutput(duration(statistics.computeOutput())));
        statistics
                .batches()
                .forEach((images, total) -> message.addBatchStats(
                        InferBatchStatistics.newBuilder().setBatchSize(images).setComputeInfer(duration(total))));
        return message.build();
    }

    private static StatisticDuration duration(Total total) {
        return StatisticDuration.newBuilder()
                .setCount(total.count())
                .setNs(total.nanos())
                .build();
    }
}
