package glimpse.engine;

import static glimpse.engine.weights.TensorNames.*;

import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.layer.AttentionPooler;
import glimpse.engine.layer.EncoderBlock;
import glimpse.engine.layer.Head;
import glimpse.engine.layer.LayerNorm;
import glimpse.engine.layer.MeanPooler;
import glimpse.engine.layer.Mlp;
import glimpse.engine.layer.NormalisedPooler;
import glimpse.engine.layer.PatchEmbedding;
import glimpse.engine.layer.Pooler;
import glimpse.engine.layer.SelfAttention;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
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

    static VisionTransformer load(SafetensorsFile file, Workers workers) throws IOException {
        ModelInfo info = ModelInfo.of(file);
        TensorBinder tensors = TensorBinder.bind(file, ModelTensors.shapes(info.config()));
        requireMemory(file, tensors.floatBytes());
        ModelLoader loader = new ModelLoader(info.config(), tensors);
        return new VisionTransformer(info, workers, loader.embedding(), loader.blocks(workers), loader.head());
    }

    private static void requireMemory(SafetensorsFile file, long bytes) throws ModelException {
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available) {
            throw new ModelException(file.name() + ": its weights take " + (bytes >> 20) + " MiB, but Java may use "
                    + (available >> 20) + " MiB; raise the limit with -Xmx");
        }
    }

    private PatchEmbedding embedding() throws IOException {
        return new PatchEmbedding(
                tensors.take(PATCH_EMBEDDING_WEIGHT),
                tensors.take(PATCH_EMBEDDING_BIAS),
                config.prefixTokens() > 0 ? tensors.take(PREFIX_TOKENS) : new float[0],
                tensors.take(POSITION_EMBEDDING),
                config.preNorm() ? Optional.of(norm(PRE_NORM_WEIGHT, PRE_NORM_BIAS)) : Optional.empty());
    }

    /**
     * Makes each block a unit of work: if the file is in the system's cache, reading and packing are limited by the
     * cores.
     */
    private List<EncoderBlock> blocks(Workers workers) throws IOException {
        EncoderBlock[] blocks = new EncoderBlock[config.depth()];
        BlockTensors[] unpacked = new BlockTensors[workers.threads()];
        Arrays.setAll(unpacked, worker -> new BlockTensors(tensors));
        try {
            workers.team().run(blocks.length, (unit, worker) -> {
                try {
                    blocks[unit] = encoderBlock(unit, unpacked[worker]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return List.of(blocks);
    }

    private EncoderBlock encoderBlock(int i, BlockTensors unpacked) throws IOException {
        return new EncoderBlock(
                norm(block(i, NORM1_WEIGHT), block(i, NORM1_BIAS)),
                attention(i, unpacked),
                norm(block(i, NORM2_WEIGHT), block(i, NORM2_BIAS)),
                mlp(
                        unpacked.take(i, FC1_WEIGHT),
                        tensors.take(block(i, FC1_BIAS)),
                        unpacked.take(i, FC2_WEIGHT),
                        tensors.take(block(i, FC2_BIAS))));
    }

    private Mlp mlp(float[] fc1Weight, float[] fc1Bias, float[] fc2Weight, float[] fc2Bias) {
        Mlp.Activation activation = switch (config.activation()) {
            case GELU -> Mlp.Activation.GELU;
            case TANH_GELU -> Mlp.Activation.TANH_GELU;
            case QUICK_GELU -> Mlp.Activation.QUICK_GELU;
            case SWIGLU -> Mlp.Activation.SWIGLU;
        };
        return new Mlp(fc1Weight, fc1Bias, fc2Weight, fc2Bias, activation);
    }

    private SelfAttention attention(int i, BlockTensors unpacked) throws IOException {
        Optional<float[]> bias = config.qkvBias() ? Optional.of(tensors.take(block(i, QKV_BIAS))) : Optional.empty();
        return new SelfAttention(
                kernels,
                config.heads(),
                unpacked.take(i, QKV_WEIGHT),
                bias,
                unpacked.take(i, PROJECTION_WEIGHT),
                tensors.take(block(i, PROJECTION_BIAS)));
    }

    private Head head() throws IOException {
        LayerNorm norm = norm(NORM_WEIGHT, NORM_BIAS);
        boolean classifies = config.classes() > 0;
        boolean projects = config.projectionWidth() > 0;
        String weightName = projects ? FEATURE_PROJECTION_WEIGHT : HEAD_WEIGHT;
        String biasName = projects ? FEATURE_PROJECTION_BIAS : HEAD_BIAS;
        float[] weight = classifies || projects ? tensors.take(weightName) : new float[0];
        float[] bias = classifies || projects ? tensors.take(biasName) : new float[0];
        if (config.pooling() == Pooling.CLASS_AND_DISTILLATION_TOKEN) {
            return Head.ofTwoTokens(
                    norm, weight, bias, tensors.take(DISTILLATION_HEAD_WEIGHT), tensors.take(DISTILLATION_HEAD_BIAS));
        }
        Pooler pooler = pooler(norm);
        if (config.representationWidth() > 0) {
            float[] representation = tensors.take(REPRESENTATION_WEIGHT);
            return Head.ofRepresentation(pooler, representation, tensors.take(REPRESENTATION_BIAS), weight, bias);
        }
        return Head.of(pooler, weight, bias);
    }

    private Pooler pooler(LayerNorm norm) throws IOException {
        return switch (config.pooling()) {
            case CLASS_TOKEN, CLASS_AND_DISTILLATION_TOKEN -> Head.classToken(norm);
            case MEAN_OF_PATCHES -> new MeanPooler(norm, config.prefixTokens());
            case MEAN_OF_NORMALISED_PATCHES -> NormalisedPooler.ofMean(norm, config.prefixTokens());
            case CLASS_TOKEN_AND_MEAN -> NormalisedPooler.ofClassTokenAndMean(norm, config.prefixTokens());
            case ATTENTION -> attentionPooler(norm);
        };
    }

    private AttentionPooler attentionPooler(LayerNorm norm) throws IOException {
        SelfAttention attention = new SelfAttention(
                kernels,
                config.heads(),
                tensors.take(pooling(QKV_WEIGHT)),
                Optional.of(tensors.take(pooling(QKV_BIAS))),
                tensors.take(pooling(PROJECTION_WEIGHT)),
                tensors.take(pooling(PROJECTION_BIAS)));
        Mlp mlp = mlp(
                tensors.take(pooling(FC1_WEIGHT)),
                tensors.take(pooling(FC1_BIAS)),
                tensors.take(pooling(FC2_WEIGHT)),
                tensors.take(pooling(FC2_BIAS)));
        LayerNorm mlpNorm = norm(pooling(NORM_WEIGHT), pooling(NORM_BIAS));
        return new AttentionPooler(norm, tensors.take(POOLING_QUERY), attention, mlpNorm, mlp);
    }

    private LayerNorm norm(String weight, String bias) throws IOException {
        return new LayerNorm(tensors.take(weight), tensors.take(bias), config.layerNormEpsilon());
    }
}
