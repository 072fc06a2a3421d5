package glimpse.engine;

import static glimpse.engine.weights.TensorNames.*;

import glimpse.engine.binding.TensorBinder;
import glimpse.engine.binding.TensorRows;
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
import glimpse.engine.packed.WeightRows;
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
    private final TensorRows matrices; // of this thread

    private ModelLoader(VitConfig config, TensorBinder tensors) {
        this.config = config;
        this.tensors = tensors;
        this.matrices = new TensorRows(tensors);
    }

    static VisionTransformer load(SafetensorsFile file, Workers workers) throws IOException {
        ModelInfo info = ModelInfo.of(file);
        TensorBinder tensors = TensorBinder.bind(file, ModelTensors.shapes(info.config()));
        requireMemory(file, tensors.bytes());
        ModelLoader loader = new ModelLoader(info.config(), tensors);
        try {
            return new VisionTransformer(info, workers, loader.embedding(), loader.blocks(workers), loader.head());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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
                matrices.of(PATCH_EMBEDDING_WEIGHT),
                config.patchLength(),
                tensors.take(PATCH_EMBEDDING_BIAS),
                config.prefixTokens() > 0 ? tensors.take(PREFIX_TOKENS) : new float[0],
                tensors.take(POSITION_EMBEDDING),
                config.preNorm() ? Optional.of(norm(PRE_NORM_WEIGHT, PRE_NORM_BIAS)) : Optional.empty());
    }

    /**
     * Makes each block a unit of work: if the file is in the system's cache, reading and packing are limited by the
     * cores.
     */
    private List<EncoderBlock> blocks(Workers workers) {
        EncoderBlock[] blocks = new EncoderBlock[config.depth()];
        TensorRows[] rows = new TensorRows[workers.threads()];
        Arrays.setAll(rows, worker -> new TensorRows(tensors));
        workers.team().run(blocks.length, (unit, worker) -> {
            try {
                blocks[unit] = encoderBlock(unit, rows[worker]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return List.of(blocks);
    }

    private EncoderBlock encoderBlock(int i, TensorRows rows) throws IOException {
        return new EncoderBlock(
                norm(block(i, NORM1_WEIGHT), block(i, NORM1_BIAS)),
                attention(i, rows),
                norm(block(i, NORM2_WEIGHT), block(i, NORM2_BIAS)),
                mlp(
                        rows.of(block(i, FC1_WEIGHT)),
                        tensors.take(block(i, FC1_BIAS)),
                        rows.of(block(i, FC2_WEIGHT)),
                        tensors.take(block(i, FC2_BIAS))));
    }

    private Mlp mlp(WeightRows fc1Weight, float[] fc1Bias, WeightRows fc2Weight, float[] fc2Bias) {
        Mlp.Activation activation = switch (config.activation()) {
            case GELU -> Mlp.Activation.GELU;
            case TANH_GELU -> Mlp.Activation.TANH_GELU;
            case QUICK_GELU -> Mlp.Activation.QUICK_GELU;
            case SWIGLU -> Mlp.Activation.SWIGLU;
        };
        return new Mlp(fc1Weight, fc1Bias, fc2Weight, fc2Bias, config.mlpWidth(), activation);
    }

    private SelfAttention attention(int i, TensorRows rows) throws IOException {
        Optional<float[]> bias = config.qkvBias() ? Optional.of(tensors.take(block(i, QKV_BIAS))) : Optional.empty();
        return new SelfAttention(
                kernels,
                config.heads(),
                rows.of(block(i, QKV_WEIGHT)),
                bias,
                rows.of(block(i, PROJECTION_WEIGHT)),
                tensors.take(block(i, PROJECTION_BIAS)));
    }

    private Head head() throws IOException {
        LayerNorm norm = norm(NORM_WEIGHT, NORM_BIAS);
        boolean classifies = config.classes() > 0;
        boolean projects = config.projectionWidth() > 0;
        String weightName = projects ? FEATURE_PROJECTION_WEIGHT : HEAD_WEIGHT;
        String biasName = projects ? FEATURE_PROJECTION_BIAS : HEAD_BIAS;
        WeightRows weight = classifies || projects ? matrices.of(weightName) : WeightRows.of(new float[0], 0, 0);
        float[] bias = classifies || projects ? tensors.take(biasName) : new float[0];
        if (config.pooling() == Pooling.CLASS_AND_DISTILLATION_TOKEN) {
            return Head.ofTwoTokens(
                    norm, weight, bias, matrices.of(DISTILLATION_HEAD_WEIGHT), tensors.take(DISTILLATION_HEAD_BIAS));
        }
        Pooler pooler = pooler(norm);
        if (config.representationWidth() > 0) {
            WeightRows representation = matrices.of(REPRESENTATION_WEIGHT);
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
                matrices.of(pooling(QKV_WEIGHT)),
                Optional.of(tensors.take(pooling(QKV_BIAS))),
                matrices.of(pooling(PROJECTION_WEIGHT)),
                tensors.take(pooling(PROJECTION_BIAS)));
        Mlp mlp = mlp(
                matrices.of(pooling(FC1_WEIGHT)),
                tensors.take(pooling(FC1_BIAS)),
                matrices.of(pooling(FC2_WEIGHT)),
                tensors.take(pooling(FC2_BIAS)));
        LayerNorm mlpNorm = norm(pooling(NORM_WEIGHT), pooling(NORM_BIAS));
        return new AttentionPooler(norm, tensors.take(POOLING_QUERY), attention, mlpNorm, mlp);
    }

    private LayerNorm norm(String weight, String bias) throws IOException {
        return new LayerNorm(tensors.take(weight), tensors.take(bias), config.layerNormEpsilon());
    }
}
