package glimpse.engine;

import static glimpse.engine.weights.TensorNames.*;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a model, with their shapes: what a converter writes and the loader expects. */
final class ModelTensors {
    private ModelTensors() {}

    /**
     * Returns the shapes by canonical name ({@link glimpse.engine.weights.TensorNames}), in the order of the forward
     * pass.
     *
     * @return unmodifiable
     */
    static Map<String, List<Long>> shapes(VitConfig config) {
        long width = config.width();
        long mlp = config.mlpWidth();
        long pooled = config.pooledWidth();
        long headInputs = config.headInputs();
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put(PATCH_EMBEDDING_WEIGHT, List.of(width, (long) config.patchLength()));
        shapes.put(PATCH_EMBEDDING_BIAS, List.of(width));
        if (config.prefixTokens() > 0) {
            shapes.put(PREFIX_TOKENS, List.of((long) config.prefixTokens(), width));
        }
        shapes.put(POSITION_EMBEDDING, List.of((long) config.patches(), width));
        if (config.preNorm()) {
            shapes.put(PRE_NORM_WEIGHT, List.of(width));
            shapes.put(PRE_NORM_BIAS, List.of(width));
        }
        for (int block = 0; block < config.depth(); block++) {
            shapes.put(block(block, NORM1_WEIGHT), List.of(width));
            shapes.put(block(block, NORM1_BIAS), List.of(width));
            shapes.put(block(block, QKV_WEIGHT), List.of(3 * width, width));
            if (config.qkvBias()) {
                shapes.put(block(block, QKV_BIAS), List.of(3 * width));
            }
            shapes.put(block(block, PROJECTION_WEIGHT), List.of(width, width));
            shapes.put(block(block, PROJECTION_BIAS), List.of(width));
            shapes.put(block(block, NORM2_WEIGHT), List.of(width));
            shapes.put(block(block, NORM2_BIAS), List.of(width));
            shapes.put(block(block, FC1_WEIGHT), List.of((long) config.mlpRows(), width));
            shapes.put(block(block, FC1_BIAS), List.of((long) config.mlpRows()));
            shapes.put(block(block, FC2_WEIGHT), List.of(width, mlp));
            shapes.put(block(block, FC2_BIAS), List.of(width));
        }
        shapes.put(NORM_WEIGHT, List.of(width));
        shapes.put(NORM_BIAS, List.of(width));
        if (config.pooling() == Pooling.ATTENTION) {
            shapes.put(POOLING_QUERY, List.of(1L, width));
            shapes.put(pooling(QKV_WEIGHT), List.of(3 * width, width));
            shapes.put(pooling(QKV_BIAS), List.of(3 * width));
            shapes.put(pooling(PROJECTION_WEIGHT), List.of(width, width));
            shapes.put(pooling(PROJECTION_BIAS), List.of(width));
            shapes.put(pooling(NORM_WEIGHT), List.of(width));
            shapes.put(pooling(NORM_BIAS), List.of(width));
            shapes.put(pooling(FC1_WEIGHT), List.of(mlp, width));
            shapes.put(pooling(FC1_BIAS), List.of(mlp));
            shapes.put(pooling(FC2_WEIGHT), List.of(width, mlp));
            shapes.put(pooling(FC2_BIAS), List.of(width));
        }
        if (config.representationWidth() > 0) {
            shapes.put(REPRESENTATION_WEIGHT, List.of((long) config.representationWidth(), pooled));
            shapes.put(REPRESENTATION_BIAS, List.of((long) config.representationWidth()));
        }
        if (config.projectionWidth() > 0) {
            shapes.put(FEATURE_PROJECTION_WEIGHT, List.of((long) config.projectionWidth(), headInputs));
            shapes.put(FEATURE_PROJECTION_BIAS, List.of((long) config.projectionWidth()));
        }
        if (config.classes() > 0) {
            shapes.put(HEAD_WEIGHT, List.of((long) config.classes(), headInputs));
            shapes.put(HEAD_BIAS, List.of((long) config.classes()));
        }
        if (config.pooling() == Pooling.CLASS_AND_DISTILLATION_TOKEN) {
            shapes.put(DISTILLATION_HEAD_WEIGHT, List.of((long) config.classes(), width));
            shapes.put(DISTILLATION_HEAD_BIAS, List.of((long) config.classes()));
        }
        return Collections.unmodifiableMap(shapes);
    }
}
