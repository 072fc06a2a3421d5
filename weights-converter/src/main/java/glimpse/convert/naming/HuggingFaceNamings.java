package glimpse.convert.naming;

import static glimpse.convert.naming.Recipe.matrix;
import static glimpse.convert.naming.Recipe.table;
import static glimpse.convert.naming.Recipe.vector;
import static glimpse.engine.weights.TensorNames.DISTILLATION_HEAD_BIAS;
import static glimpse.engine.weights.TensorNames.DISTILLATION_HEAD_WEIGHT;
import static glimpse.engine.weights.TensorNames.FC1_BIAS;
import static glimpse.engine.weights.TensorNames.FC1_WEIGHT;
import static glimpse.engine.weights.TensorNames.FC2_BIAS;
import static glimpse.engine.weights.TensorNames.FC2_WEIGHT;
import static glimpse.engine.weights.TensorNames.FEATURE_PROJECTION_WEIGHT;
import static glimpse.engine.weights.TensorNames.HEAD_BIAS;
import static glimpse.engine.weights.TensorNames.HEAD_WEIGHT;
import static glimpse.engine.weights.TensorNames.NORM1_BIAS;
import static glimpse.engine.weights.TensorNames.NORM1_WEIGHT;
import static glimpse.engine.weights.TensorNames.NORM2_BIAS;
import static glimpse.engine.weights.TensorNames.NORM2_WEIGHT;
import static glimpse.engine.weights.TensorNames.NORM_BIAS;
import static glimpse.engine.weights.TensorNames.NORM_WEIGHT;
import static glimpse.engine.weights.TensorNames.POOLING_QUERY;
import static glimpse.engine.weights.TensorNames.PROJECTION_BIAS;
import static glimpse.engine.weights.TensorNames.PROJECTION_WEIGHT;
import static glimpse.engine.weights.TensorNames.QKV_BIAS;
import static glimpse.engine.weights.TensorNames.QKV_WEIGHT;
import static glimpse.engine.weights.TensorNames.pooling;

import glimpse.convert.naming.TensorNaming.OtherMlp;
import glimpse.convert.naming.TensorNaming.OtherPooling;
import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tensor names of Hugging Face's transformers: each model class has its own, and version 5 renamed some. */
final class HuggingFaceNamings {
    /** A model class's names for a block's layers, after the block's number. */
    private record BlockNames(
            String block,
            String norm1,
            List<String> queryKeyValue,
            String projection,
            String norm2,
            String fc1,
            String fc2) {

        Map<String, Recipe> recipes() {
            return Map.ofEntries(
                    Map.entry(NORM1_WEIGHT, vector(block + norm1 + ".weight")),
                    Map.entry(NORM1_BIAS, vector(block + norm1 + ".bias")),
                    Map.entry(
                            QKV_WEIGHT,
                            new Recipe.Stack(queryKeyValue.stream()
                                    .map(name -> matrix(block + name + ".weight"))
                                    .toList())),
                    Map.entry(
                            QKV_BIAS,
                            new Recipe.Stack(queryKeyValue.stream()
                                    .map(name -> vector(block + name + ".bias"))
                                    .toList())),
                    Map.entry(PROJECTION_WEIGHT, matrix(block + projection + ".weight")),
                    Map.entry(PROJECTION_BIAS, vector(block + projection + ".bias")),
                    Map.entry(NORM2_WEIGHT, vector(block + norm2 + ".weight")),
                    Map.entry(NORM2_BIAS, vector(block + norm2 + ".bias")),
                    Map.entry(FC1_WEIGHT, matrix(block + fc1 + ".weight")),
                    Map.entry(FC1_BIAS, vector(block + fc1 + ".bias")),
                    Map.entry(FC2_WEIGHT, matrix(block + fc2 + ".weight")),
                    Map.entry(FC2_BIAS, vector(block + fc2 + ".bias")));
        }
    }

    private static final List<String> SEPARATE =
            List.of("attention.attention.query", "attention.attention.key", "attention.attention.value");
    private static final List<String> SEPARATE_5 = List.of("attention.q_proj", "attention.k_proj", "attention.v_proj");

    private static final BlockNames VIT = new BlockNames(
            "encoder.layer.{n}.",
            "layernorm_before",
            SEPARATE,
            "attention.output.dense",
            "layernorm_after",
            "intermediate.dense",
            "output.dense");
    private static final BlockNames VIT_5 = new BlockNames(
            "layers.{n}.", "layernorm_before", SEPARATE_5, "attention.o_proj", "layernorm_after", "mlp.fc1", "mlp.fc2");
    private static final BlockNames DINOV2 = new BlockNames(
            "encoder.layer.{n}.", "norm1", SEPARATE, "attention.output.dense", "norm2", "mlp.fc1", "mlp.fc2");
    private static final BlockNames DINOV2_5 = new BlockNames(
            "encoder.layer.{n}.", "norm1", SEPARATE_5, "attention.o_proj", "norm2", "mlp.fc1", "mlp.fc2");

    private static final BlockNames CLIP = new BlockNames(
            "encoder.layers.{n}.",
            "layer_norm1",
            List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
            "self_attn.out_proj",
            "layer_norm2",
            "mlp.fc1",
            "mlp.fc2");
    private static final TensorNaming.PreNorm CLIP_PRE_NORM =
            new TensorNaming.PreNorm("pre_layrnorm.weight", "pre_layrnorm.bias", 1e-5f);

    /** All namings, in the order in which they are tried. */
    static final List<TensorNaming> ALL = Stream.of(
                    vit("encoder.layer.0.layernorm_before.weight", VIT),
                    vit("layers.0.layernorm_before.weight", VIT_5),
                    dinov2("encoder.layer.0.attention.attention.query.weight", DINOV2),
                    dinov2("encoder.layer.0.attention.q_proj.weight", DINOV2_5),
                    clip(),
                    siglip())
            .toList();

    private HuggingFaceNamings() {}

    /** ViT and DeiT. */
    private static TensorNaming vit(String mark, BlockNames names) {
        return new TensorNaming(
                "Hugging Face",
                mark,
                "embeddings.patch_embeddings.projection.weight",
                "embeddings.patch_embeddings.projection.bias",
                List.of("embeddings.cls_token", "embeddings.distillation_token"),
                "embeddings.position_embeddings",
                names.recipes(),
                Map.of(),
                Map.of(
                        NORM_WEIGHT, vector("layernorm.weight"),
                        NORM_BIAS, vector("layernorm.bias"),
                        HEAD_WEIGHT, matrix("classifier.weight"),
                        HEAD_BIAS, vector("classifier.bias")),
                List.of(),
                List.of(new OtherPooling(
                        "distillation_classifier.weight",
                        Pooling.CLASS_AND_DISTILLATION_TOKEN,
                        Map.of(
                                HEAD_WEIGHT, matrix("cls_classifier.weight"),
                                HEAD_BIAS, vector("cls_classifier.bias"),
                                DISTILLATION_HEAD_WEIGHT, matrix("distillation_classifier.weight"),
                                DISTILLATION_HEAD_BIAS, vector("distillation_classifier.bias")))),
                Pattern.compile("embeddings\\.mask_token|pooler\\..*|.*position_ids"),
                CLIP_PRE_NORM,
                1e-12f,
                Activation.GELU);
    }

    /** DINOv2, with and without registers. */
    private static TensorNaming dinov2(String mark, BlockNames names) {
        Recipe scale1 = vector(names.block() + "layer_scale1.lambda1");
        Recipe scale2 = vector(names.block() + "layer_scale2.lambda1");
        return new TensorNaming(
                "Hugging Face DINOv2",
                mark,
                "embeddings.patch_embeddings.projection.weight",
                "embeddings.patch_embeddings.projection.bias",
                List.of("embeddings.cls_token", "embeddings.register_tokens"),
                "embeddings.position_embeddings",
                names.recipes(),
                Map.of(PROJECTION_WEIGHT, scale1, PROJECTION_BIAS, scale1, FC2_WEIGHT, scale2, FC2_BIAS, scale2),
                Map.of(
                        NORM_WEIGHT, vector("layernorm.weight"),
                        NORM_BIAS, vector("layernorm.bias"),
                        HEAD_WEIGHT, matrix("classifier.weight"),
                        HEAD_BIAS, vector("classifier.bias")),
                List.of(packedGate(), separateGate()),
                List.of(new OtherPooling("classifier.weight", Pooling.CLASS_TOKEN_AND_MEAN, Map.of())),
                Pattern.compile("embeddings\\.mask_token"),
                CLIP_PRE_NORM,
                1e-6f,
                Activation.GELU);
    }

    /** The gated MLP of DINOv2's largest model. */
    private static OtherMlp packedGate() {
        return new OtherMlp(
                "encoder.layer.0.mlp.weights_in.weight",
                Map.of(
                        FC1_WEIGHT, matrix("encoder.layer.{n}.mlp.weights_in.weight"),
                        FC1_BIAS, vector("encoder.layer.{n}.mlp.weights_in.bias"),
                        FC2_WEIGHT, matrix("encoder.layer.{n}.mlp.weights_out.weight"),
                        FC2_BIAS, vector("encoder.layer.{n}.mlp.weights_out.bias")));
    }

    private static OtherMlp separateGate() {
        String mlp = "encoder.layer.{n}.mlp.";
        return new OtherMlp(
                "encoder.layer.0.mlp.gate_proj.weight",
                Map.of(
                        FC1_WEIGHT,
                        new Recipe.Stack(List.of(matrix(mlp + "gate_proj.weight"), matrix(mlp + "up_proj.weight"))),
                        FC1_BIAS,
                        new Recipe.Stack(List.of(vector(mlp + "gate_proj.bias"), vector(mlp + "up_proj.bias"))),
                        FC2_WEIGHT,
                        matrix(mlp + "down_proj.weight"),
                        FC2_BIAS,
                        vector(mlp + "down_proj.bias")));
    }

    /**
     * CLIP's vision tower, alone or beside the text tower, with the projection to the shared space if it is present.
     */
    private static TensorNaming clip() {
        return new TensorNaming(
                "Hugging Face CLIP",
                "pre_layrnorm.weight",
                "embeddings.patch_embedding.weight",
                "embeddings.patch_embedding.bias",
                List.of("embeddings.class_embedding"),
                "embeddings.position_embedding.weight",
                CLIP.recipes(),
                Map.of(),
                Map.of(
                        NORM_WEIGHT, vector("post_layernorm.weight"),
                        NORM_BIAS, vector("post_layernorm.bias"),
                        FEATURE_PROJECTION_WEIGHT, matrix("visual_projection.weight")),
                List.of(),
                List.of(),
                Pattern.compile("text_model\\..*|text_projection\\..*|logit_scale|.*position_ids"),
                CLIP_PRE_NORM,
                1e-5f,
                Activation.QUICK_GELU);
    }

    /**
     * SigLIP's vision tower, alone or beside the text tower. A classifier reads the tokens' mean instead of the
     * pooling.
     */
    private static TensorNaming siglip() {
        return new TensorNaming(
                "Hugging Face SigLIP",
                "post_layernorm.weight",
                "embeddings.patch_embedding.weight",
                "embeddings.patch_embedding.bias",
                List.of(),
                "embeddings.position_embedding.weight",
                CLIP.recipes(),
                Map.of(),
                Map.of(
                        NORM_WEIGHT, vector("post_layernorm.weight"),
                        NORM_BIAS, vector("post_layernorm.bias"),
                        HEAD_WEIGHT, matrix("classifier.weight"),
                        HEAD_BIAS, vector("classifier.bias")),
                List.of(),
                List.of(
                        new OtherPooling("classifier.weight", Pooling.MEAN_OF_NORMALISED_PATCHES, Map.of()),
                        new OtherPooling("head.probe", Pooling.ATTENTION, attentionPooling())),
                Pattern.compile("text_model\\..*|head\\..*|logit_(scale|bias)|.*position_ids"),
                CLIP_PRE_NORM,
                1e-6f,
                Activation.TANH_GELU);
    }

    private static Map<String, Recipe> attentionPooling() {
        return Map.ofEntries(
                Map.entry(POOLING_QUERY, table("head.probe")),
                Map.entry(pooling(QKV_WEIGHT), matrix("head.attention.in_proj_weight")),
                Map.entry(pooling(QKV_BIAS), vector("head.attention.in_proj_bias")),
                Map.entry(pooling(PROJECTION_WEIGHT), matrix("head.attention.out_proj.weight")),
                Map.entry(pooling(PROJECTION_BIAS), vector("head.attention.out_proj.bias")),
                Map.entry(pooling(NORM_WEIGHT), vector("head.layernorm.weight")),
                Map.entry(pooling(NORM_BIAS), vector("head.layernorm.bias")),
                Map.entry(pooling(FC1_WEIGHT), matrix("head.mlp.fc1.weight")),
                Map.entry(pooling(FC1_BIAS), vector("head.mlp.fc1.bias")),
                Map.entry(pooling(FC2_WEIGHT), matrix("head.mlp.fc2.weight")),
                Map.entry(pooling(FC2_BIAS), vector("head.mlp.fc2.bias")));
    }
}
