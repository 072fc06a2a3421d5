"""Makes full-size random models of published architectures and their library's outputs for one image: about 3 GB.

    python scripts/golden/make_full_size.py FOLDER [MODEL...]
    GLIMPSE_FULL_SIZE=FOLDER mvn -pl weights-converter -am verify -Dtest=FullSizeTest -Dsurefire.failIfNoSpecifiedTests=false

FOLDER/MODEL holds the checkpoint in its published format (PyTorch's container, or safetensors and config.json) and
expected.safetensors with patches, logits or features, and the readout row `[heads][tokens]`: the attention of the class
token in the last block, or of attention pooling. README.md here lists the differences measured.
"""

import json
import logging
import sys
from pathlib import Path

import timm
import torch
import transformers

from golden_files import randomise, to_patches, write_safetensors
from make_models import trace

TIMM = [
    "deit_tiny_patch16_224",
    "deit_small_patch16_224",
    "deit_base_patch16_224",
    "deit_tiny_distilled_patch16_224",
    "deit3_small_patch16_224",
    "vit_base_patch16_224",
    "vit_base_patch32_224",
    "vit_small_patch8_224",
    "vit_small_patch14_reg4_dinov2",
    "vit_base_patch32_clip_quickgelu_224",
    "vit_base_patch16_siglip_224",
]
CLIP_B32 = {"patch_size": 32, "image_size": 224}
SIGLIP_B16 = {"patch_size": 16, "image_size": 224}
DINOV2_S14 = {
    "hidden_size": 384,
    "num_attention_heads": 6,
    "num_hidden_layers": 12,
    "image_size": 518,
    "patch_size": 14,
}
EAGER = {"attn_implementation": "eager"}
HUGGING_FACE = {
    "hf_dinov2_with_registers_small": lambda: transformers.Dinov2WithRegistersModel(
        transformers.Dinov2WithRegistersConfig(**DINOV2_S14, num_register_tokens=4, **EAGER)
    ),
    "hf_clip_vit_base_patch32": lambda: transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(**CLIP_B32, projection_dim=512, hidden_size=768, num_attention_heads=12, **EAGER)
    ),
    "hf_siglip_base_patch16_224": lambda: transformers.SiglipVisionModel(
        transformers.SiglipVisionConfig(**SIGLIP_B16, hidden_size=768, num_attention_heads=12, **EAGER)
    ),
}


def timm_model(name, folder, generator):
    classes = 0 if "dinov2" in name or "siglip" in name else 512 if "clip" in name else 1000
    model = timm.create_model(name, pretrained=False, num_classes=classes).eval()
    randomise(model, generator)
    torch.save({"model": model.state_dict()}, folder / "pytorch_model.bin")
    if "clip" in name:
        config = {"architecture": name, "num_classes": classes, "pretrained_cfg": {"tag": "openai"}}
        (folder / "config.json").write_text(json.dumps(config))
    size = model.patch_embed.img_size[0]
    image = torch.empty(3, size, size).normal_(generator=generator)
    patches = to_patches(image, model.patch_embed.patch_size[0])
    everything = list(range(len(patches)))
    single = trace(model, patches, everything, image)["logits"]
    double = trace(model.double(), patches, everything, image.double())
    last = double.get("pooling", double[f"attention.{len(model.blocks) - 1}"][:, 0])
    return patches, "logits" if classes == 1000 else "features", single, double["logits"], last


def hugging_face(name, folder, generator):
    model = HUGGING_FACE[name]().eval()
    randomise(model, generator)
    model.save_pretrained(folder)
    config = model.config
    image = torch.empty(3, config.image_size, config.image_size).normal_(generator=generator)
    single = features(model(image[None]))
    output = model.double()(image[None].double(), output_attentions=True)
    last = output.attentions[-1][0, :, 0]
    if isinstance(model, transformers.SiglipVisionModel):
        tokens, pool = output.last_hidden_state, model.head
        last = pool.attention(pool.probe, tokens, tokens, average_attn_weights=False)[1][0, :, 0]
    return to_patches(image, config.patch_size), "features", single, features(output), last


def features(output):
    return (output.image_embeds if "image_embeds" in output else output.pooler_output)[0]


def main():
    transformers.logging.set_verbosity_error()
    logging.disable(logging.WARNING)
    names = TIMM + list(HUGGING_FACE)
    for seed, name in enumerate(names):
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        folder = Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        make = timm_model if name in TIMM else hugging_face
        with torch.no_grad():
            patches, kind, single, double, attention = make(name, folder, torch.Generator().manual_seed(seed))
        expected = {"patches": patches, kind: double.float(), "attention": attention.float()}
        write_safetensors(folder / "expected.safetensors", expected)
        largest = double.abs().max()
        print(
            f"{name}: largest of the {kind} {largest:.2f}; attention: largest {attention.max():.3f}, mean "
            f"{attention.mean():.4f}; PyTorch's float32 differs by {(single - double).abs().max() / largest:.1e} of the largest"
        )


if __name__ == "__main__":
    main()
