package glimpse.convert.layout;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Architectures that look like a plain Vision Transformer and aren't, by a tensor that gives them away. */
final class Refused {
    private static final Map<Pattern, String> BY_TENSOR = new LinkedHashMap<>();

    static {
        refuse(".*relative_position_(bias_table|index|bias\\..*)", "relative position bias (BEiT, Swin, MaxViT)");
        refuse("layers\\.\\d+\\.blocks\\..*", "windowed attention (Swin)");
        refuse(".*patch_embed\\.(backbone|conv|stem|proj)\\.\\d+\\..*", "a convolutional stem");
        refuse(".*patch_embed\\.backbone\\..*|.*embeddings\\.backbone\\..*", "a convolutional stem (hybrid)");
        refuse(".*attn\\.(q_norm|k_norm|qk_norm).*", "normalised queries and keys");
        refuse(".*pre_logits\\..*", "a representation layer before the classifier");
        refuse(".*attn_pool\\..*", "attention pooling");
        refuse(".*mlp\\.(w12|w3|fc1_g|weights_in)\\..*", "a gated MLP (SwiGLU)");
        refuse(".*(rope|freqs_cis|rotary).*", "rotary position embedding (EVA-02, DINOv3)");
        refuse(".*blocks_token_only.*", "class attention layers (CaiT)");
        refuse(".*(conv1|layer1\\.0\\.conv1)\\.weight", "a convolutional network");
    }

    private Refused() {}

    private static void refuse(String tensor, String thing) {
        BY_TENSOR.put(Pattern.compile(tensor), thing);
    }

    /** What makes these tensors another architecture, with the tensor that says so. */
    static Optional<String> reason(Collection<String> tensors) {
        for (Map.Entry<Pattern, String> entry : BY_TENSOR.entrySet()) {
            for (String tensor : tensors) {
                if (entry.getKey().matcher(tensor).matches()) {
                    return Optional.of(entry.getValue() + ", as tensor " + tensor + " shows");
                }
            }
        }
        return Optional.empty();
    }
}
