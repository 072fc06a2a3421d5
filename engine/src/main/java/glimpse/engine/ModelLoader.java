package glimpse.engine;

import static glimpse.engine.weights.TensorNames.*;

import glimpse.engine.kernel.Gemm;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.layer.EncoderBlock;
import glimpse.engine.layer.Head;
import glimpse.engine.layer.LayerNorm;
import glimpse.engine.layer.Mlp;
import glimpse.engine.layer.PatchEmbedding;
import glimpse.engine.layer.SelfAttention;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a model from the tensors of a converted file. */
final class ModelLoader {
    private final VitConfig config;
    private final Kernels kernels = KernelProvider.kernels();
    private final TensorBinder tensors;

    private ModelLoader(VitConfig config, TensorBinder tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    static VisionTransformer load(SafetensorsFile file, Path path, Workers workers)
            throws ModelException, SafetensorsException {
        VitConfig config;
        try {
            config = VitConfig.readFrom(file.metadata());
        } catch (IllegalArgumentException e) {
            throw new ModelException(path + ": " + e.getMessage());
        }
        ModelLoader loader = new ModelLoader(config, TensorBinder.bind(file, ModelTensors.shapes(config)));
        VisionTransformer model = new VisionTransformer(
                config, file.metadata(), workers, loader.embedding(), loader.blocks(), loader.head());
        if (!model.labels().isEmpty() && model.labels().size() != config.classes()) {
            throw new ModelException(path + ": metadata key " + VisionTransformer.LABELS_KEY + " has "
                    + model.labels().size() + " lines, expected one for each of " + config.classes() + " classes");
        }
        return model;
    }

    private PatchEmbedding embedding() throws SafetensorsException {
        return new PatchEmbedding(
                tensors.take(PATCH_EMBEDDING_WEIGHT),
                tensors.take(PATCH_EMBEDDING_BIAS),
                config.prefixTokens() > 0 ? tensors.take(PREFIX_TOKENS) : new float[0],
                tensors.take(POSITION_EMBEDDING),
                config.preNorm() ? Optional.of(norm(PRE_NORM_WEIGHT, PRE_NORM_BIAS)) : Optional.empty());
    }

    private List<EncoderBlock> blocks() throws SafetensorsException {
        List<EncoderBlock> blocks = new ArrayList<>();
        for (int i = 0; i < config.depth(); i++) {
            blocks.add(new EncoderBlock(
                    norm(block(i, NORM1_WEIGHT), block(i, NORM1_BIAS)),
                    attention(i),
                    norm(block(i, NORM2_WEIGHT), block(i, NORM2_BIAS)),
                    new Mlp(
                            tensors.take(block(i, FC1_WEIGHT)),
                            tensors.take(block(i, FC1_BIAS)),
                            tensors.take(block(i, FC2_WEIGHT)),
                            tensors.take(block(i, FC2_BIAS)),
                            activation())));
        }
        return blocks;
    }

    private Gemm.Epilogue activation() {
        return switch (config.activation()) {
            case GELU -> Gemm.Epilogue.GELU;
            case TANH_GELU -> Gemm.Epilogue.TANH_GELU;
            case QUICK_GELU -> Gemm.Epilogue.QUICK_GELU;
        };
    }

    private SelfAttention attention(int i) throws SafetensorsException {
        Optional<float[]> bias = config.qkvBias() ? Optional.of(tensors.take(block(i, QKV_BIAS))) : Optional.empty();
        return new SelfAttention(
                kernels,
                config.heads(),
                tensors.take(block(i, QKV_WEIGHT)),
                bias,
                tensors.take(block(i, PROJECTION_WEIGHT)),
                tensors.take(block(i, PROJECTION_BIAS)));
    }

    private Head head() throws SafetensorsException {
        LayerNorm norm = norm(NORM_WEIGHT, NORM_BIAS);
        boolean classifies = config.classes() > 0;
        float[] weight = classifies ? tensors.take(HEAD_WEIGHT) : new float[0];
        float[] bias = classifies ? tensors.take(HEAD_BIAS) : new float[0];
        return switch (config.pooling()) {
            case CLASS_TOKEN -> Head.ofClassToken(norm, weight, bias);
            case CLASS_AND_DISTILLATION_TOKEN ->
                Head.ofTwoTokens(
                        norm,
                        weight,
                        bias,
                        tensors.take(DISTILLATION_HEAD_WEIGHT),
                        tensors.take(DISTILLATION_HEAD_BIAS));
            case MEAN_OF_PATCHES -> Head.ofMean(norm, config.prefixTokens(), weight, bias);
        };
    }

    private LayerNorm norm(String weight, String bias) throws SafetensorsException {
        return new LayerNorm(tensors.take(weight), tensors.take(bias), config.layerNormEpsilon());
    }
}
