package glimpse.convert.naming;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Architectures that resemble a plain Vision Transformer but aren't supported, each recognised by one of its tensors.
 */
final class UnsupportedArchitecture {
    private static final Map<Pattern, String> BY_TENSOR = new LinkedHashMap<>();
    private static final String CLIP = "pre_layrnorm.weight";
    private static final String CLASSIFIER = "classifier.weight";

    static {
        refuse(".*relative_position_(bias_table|index|bias\\..*)", "relative position bias (BEiT, Swin, MaxViT)");
        refuse("layers\\.\\d+\\.blocks\\..*", "windowed attention (Swin)");
        refuse(".*patch_embed\\.(backbone|conv|stem|proj)\\.\\d+\\..*", "a convolutional stem");
        refuse(".*patch_embed\\.backbone\\..*|.*embeddings\\.backbone\\..*", "a convolutional stem (hybrid)");
        refuse(".*attn\\.(q_norm|k_norm|qk_norm).*", "normalised queries and keys");
        refuse(".*attn_pool\\.(q_norm|k_norm)\\..*", "normalised queries and keys in its attention pooling");
        refuse(".*attn_pool\\.pos_embed", "positions of its own in its attention pooling");
        refuse(".*mlp\\.(fc1_g|fc1_x)\\..*", "a gate in a layer of its own (EVA-02, AIMv2)");
        refuse(".*attn\\.rel_pos_[hw]|.*rel_pos\\..*", "relative positions in its attention (SAM)");
        refuse(".*attn\\.lambda_[qk]\\d", "differential attention");
        refuse(".*attn\\.(pos_proj|qk)\\..*", "attention to positions (ConViT)");
        refuse(".*attn\\.q_bias", "a bias of queries and values alone (EVA-02, BEiT)");
        refuse("blocks\\.\\d+\\.(attns|ffns)\\..*", "blocks side by side");
        refuse(".*(rope|freqs_cis|rotary).*", "rotary position embedding (EVA-02, DINOv3)");
        refuse(".*blocks_token_only.*", "class attention layers (CaiT)");
        refuse(".*(conv1|layer1\\.0\\.conv1)\\.weight", "a convolutional network");
    }

    private UnsupportedArchitecture() {}

    private static void refuse(String tensor, String thing) {
        BY_TENSOR.put(Pattern.compile(tensor, Pattern.DOTALL), thing);
    }

    /** Returns what makes these tensors an unsupported architecture and the tensor that shows it. */
    static Optional<String> reason(Collection<String> tensors) {
        boolean clip = tensors.stream().anyMatch(tensor -> tensor.endsWith(CLIP));
        if (clip && tensors.contains(CLASSIFIER)) {
            return Optional.of("a classifier on the mean of CLIP's tokens before their norm"
                    + " (CLIPForImageClassification), as tensor " + CLASSIFIER + " shows");
        }
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
