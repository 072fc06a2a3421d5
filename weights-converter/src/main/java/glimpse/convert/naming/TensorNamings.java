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
import static glimpse.engine.weights.TensorNames.FEATURE_PROJECTION_BIAS;
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
import static glimpse.engine.weights.TensorNames.REPRESENTATION_BIAS;
import static glimpse.engine.weights.TensorNames.REPRESENTATION_WEIGHT;
import static glimpse.engine.weights.TensorNames.pooling;

import glimpse.convert.naming.TensorNaming.OtherMlp;
import glimpse.convert.naming.TensorNaming.OtherPooling;
import glimpse.engine.Activation;
import glimpse.engine.Pooling;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tensor namings that can be converted: timm's, and those of Hugging Face's transformers. */
final class TensorNamings {
    private static final TensorNaming TIMM = new TensorNaming(
            "timm",
            "blocks.0.norm1.weight",
            "patch_embed.proj.weight",
            "patch_embed.proj.bias",
            List.of("cls_token", "dist_token", "reg_token", "register_tokens"),
            "pos_embed",
            Map.ofEntries(
                    Map.entry(NORM1_WEIGHT, vector("blocks.{n}.norm1.weight")),
                    Map.entry(NORM1_BIAS, vector("blocks.{n}.norm1.bias")),
                    Map.entry(QKV_WEIGHT, matrix("blocks.{n}.attn.qkv.weight")),
                    Map.entry(QKV_BIAS, vector("blocks.{n}.attn.qkv.bias")),
                    Map.entry(PROJECTION_WEIGHT, matrix("blocks.{n}.attn.proj.weight")),
                    Map.entry(PROJECTION_BIAS, vector("blocks.{n}.attn.proj.bias")),
                    Map.entry(NORM2_WEIGHT, vector("blocks.{n}.norm2.weight")),
                    Map.entry(NORM2_BIAS, vector("blocks.{n}.norm2.bias")),
                    Map.entry(FC1_WEIGHT, matrix("blocks.{n}.mlp.fc1.weight")),
                    Map.entry(FC1_BIAS, vector("blocks.{n}.mlp.fc1.bias")),
                    Map.entry(FC2_WEIGHT, matrix("blocks.{n}.mlp.fc2.weight")),
                    Map.entry(FC2_BIAS, vector("blocks.{n}.mlp.fc2.bias"))),
            Map.of(
                    PROJECTION_WEIGHT, vector("blocks.{n}.ls1.gamma"),
                    PROJECTION_BIAS, vector("blocks.{n}.ls1.gamma"),
                    FC2_WEIGHT, vector("blocks.{n}.ls2.gamma"),
                    FC2_BIAS, vector("blocks.{n}.ls2.gamma")),
            Map.of(
                    NORM_WEIGHT, vector("norm.weight"),
                    NORM_BIAS, vector("norm.bias"),
                    HEAD_WEIGHT, matrix("head.weight"),
                    HEAD_BIAS, vector("head.bias"),
                    REPRESENTATION_WEIGHT, matrix("pre_logits.fc.weight"),
                    REPRESENTATION_BIAS, vector("pre_logits.fc.bias"),
                    FEATURE_PROJECTION_WEIGHT, matrix("head.weight"),
                    FEATURE_PROJECTION_BIAS, vector("head.bias")),
            List.of(new OtherMlp(
                    "blocks.0.mlp.w12.weight",
                    Map.of(
                            FC1_WEIGHT, matrix("blocks.{n}.mlp.w12.weight"),
                            FC1_BIAS, vector("blocks.{n}.mlp.w12.bias"),
                            FC2_WEIGHT, matrix("blocks.{n}.mlp.w3.weight"),
                            FC2_BIAS, vector("blocks.{n}.mlp.w3.bias")))),
            List.of(
                    new OtherPooling(
                            "head_dist.weight",
                            Pooling.CLASS_AND_DISTILLATION_TOKEN,
                            Map.of(
                                    DISTILLATION_HEAD_WEIGHT, matrix("head_dist.weight"),
                                    DISTILLATION_HEAD_BIAS, vector("head_dist.bias"))),
                    new OtherPooling(
                            "fc_norm.weight",
                            Pooling.MEAN_OF_PATCHES,
                            Map.of(
                                    NORM_WEIGHT, vector("fc_norm.weight"),
                                    NORM_BIAS, vector("fc_norm.bias"))),
                    new OtherPooling("attn_pool.latent", Pooling.ATTENTION, attentionPooling())),
            Pattern.compile("mask_token"),
            new TensorNaming.PreNorm("norm_pre.weight", "norm_pre.bias", 1e-5f),
            1e-6f,
            Activation.GELU);

    /** All namings, in the order in which they are tried. */
    static final List<TensorNaming> ALL =
            Stream.concat(Stream.of(TIMM), HuggingFaceNamings.ALL.stream()).toList();

    private TensorNamings() {}

    private static Map<String, Recipe> attentionPooling() {
        return Map.ofEntries(
                Map.entry(POOLING_QUERY, table("attn_pool.latent")),
                Map.entry(
                        pooling(QKV_WEIGHT),
                        new Recipe.Stack(List.of(matrix("attn_pool.q.weight"), matrix("attn_pool.kv.weight")))),
                Map.entry(
                        pooling(QKV_BIAS),
                        new Recipe.Stack(List.of(vector("attn_pool.q.bias"), vector("attn_pool.kv.bias")))),
                Map.entry(pooling(PROJECTION_WEIGHT), matrix("attn_pool.proj.weight")),
                Map.entry(pooling(PROJECTION_BIAS), vector("attn_pool.proj.bias")),
                Map.entry(pooling(NORM_WEIGHT), vector("attn_pool.norm.weight")),
                Map.entry(pooling(NORM_BIAS), vector("attn_pool.norm.bias")),
                Map.entry(pooling(FC1_WEIGHT), matrix("attn_pool.mlp.fc1.weight")),
                Map.entry(pooling(FC1_BIAS), vector("attn_pool.mlp.fc1.bias")),
                Map.entry(pooling(FC2_WEIGHT), matrix("attn_pool.mlp.fc2.weight")),
                Map.entry(pooling(FC2_BIAS), vector("attn_pool.mlp.fc2.bias")));
    }
}
