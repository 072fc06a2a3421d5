"""Makes the golden model of dense features: a small random DINOv2-like model and timm's tokens after each layer.

    python scripts/golden/make_dense.py        (takes seconds; reproduces the same bytes)

In engine/src/test/resources/glimpse/engine/golden:

  dense.model.safetensors   the converted model: class token, four register tokens, layer scale folded into the weights
  dense.golden.safetensors
      patches               [patches][channels*patch*patch]  the input, a patch being [channel][row][column]
      hidden.N              [5+patches][width]               tokens after block N, class token first, then registers
      normalised.N          [5+patches][width]               the same after the model's last LayerNorm

All expected values come from timm's get_intermediate_layers in float64 on the float32 weights, rounded to float32 at the end.
"""

import torch
from timm.models.vision_transformer import VisionTransformer

from golden_files import ENGINE, randomise, to_patches, write_safetensors
from make_models import Model, metadata

SPEC = Model("dense", 6, image=12, patch=3, channels=3, width=24, depth=3, heads=3, mlp=48, classes=0, qkv_bias=True)
REGISTERS = 4


def build():
    model = VisionTransformer(
        img_size=SPEC.image,
        patch_size=SPEC.patch,
        in_chans=SPEC.channels,
        num_classes=SPEC.classes,
        embed_dim=SPEC.width,
        depth=SPEC.depth,
        num_heads=SPEC.heads,
        mlp_ratio=SPEC.mlp / SPEC.width,
        reg_tokens=REGISTERS,
        no_embed_class=True,
        init_values=1.0,
    ).eval()
    randomise(model, torch.Generator().manual_seed(SPEC.seed))
    return model


def canonical(model):
    """Returns the canonical tensors, as the converter makes them: with layer scale folded into the layer before it."""
    source = model.state_dict()
    tensors = {
        "patch_embedding.weight": source["patch_embed.proj.weight"].flatten(1),
        "patch_embedding.bias": source["patch_embed.proj.bias"],
        "prefix_tokens": torch.cat([source["cls_token"][0], source["reg_token"][0]]),
        "position_embedding": source["pos_embed"][0],
    }
    for index in range(SPEC.depth):
        block = f"blocks.{index}."
        scale1, scale2 = source[block + "ls1.gamma"], source[block + "ls2.gamma"]
        tensors |= {
            block + "norm1.weight": source[block + "norm1.weight"],
            block + "norm1.bias": source[block + "norm1.bias"],
            block + "qkv.weight": source[block + "attn.qkv.weight"],
            block + "qkv.bias": source[block + "attn.qkv.bias"],
            block + "projection.weight": source[block + "attn.proj.weight"] * scale1[:, None],
            block + "projection.bias": source[block + "attn.proj.bias"] * scale1,
            block + "norm2.weight": source[block + "norm2.weight"],
            block + "norm2.bias": source[block + "norm2.bias"],
            block + "fc1.weight": source[block + "mlp.fc1.weight"],
            block + "fc1.bias": source[block + "mlp.fc1.bias"],
            block + "fc2.weight": source[block + "mlp.fc2.weight"] * scale2[:, None],
            block + "fc2.bias": source[block + "mlp.fc2.bias"] * scale2,
        }
    tensors |= {"norm.weight": source["norm.weight"], "norm.bias": source["norm.bias"]}
    return tensors


def golden(model):
    image = torch.empty(SPEC.channels, SPEC.image, SPEC.image).normal_(generator=torch.Generator().manual_seed(106))
    tensors = {"patches": to_patches(image, SPEC.patch)}
    for name, norm in (("hidden", False), ("normalised", True)):
        with torch.no_grad():
            layers = model.double().get_intermediate_layers(
                image.double()[None], n=SPEC.depth, return_prefix_tokens=True, norm=norm
            )
        for index, (patches, prefix) in enumerate(layers):
            tensors[f"{name}.{index}"] = torch.cat([prefix[0], patches[0]]).float()
    return tensors


def main():
    model = build()
    config = metadata(SPEC) | {"glimpse.config.prefix_tokens": str(1 + REGISTERS)}
    write_safetensors(ENGINE / "dense.model.safetensors", canonical(model), config)
    write_safetensors(ENGINE / "dense.golden.safetensors", golden(model))


if __name__ == "__main__":
    main()
