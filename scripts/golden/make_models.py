"""Makes the engine's golden models: small random Vision Transformers and timm's outputs of every stage.

    python scripts/golden/make_models.py        (takes a minute on a laptop; reproduces the same bytes)

For each model, in engine/src/test/resources/glimpse/engine/golden:

  NAME.model.safetensors   the converted model: canonical tensor names, configuration in the metadata
  NAME.golden.safetensors  for each CASE (all: every patch; some: a few positions; none: the class token alone)
      CASE.positions       [n]                        F32, the kept grid positions, ascending
      CASE.patches         [n][channels*patch*patch]  the input, a patch being [channel][row][column]
      CASE.embedding       [1+n][width]               tokens before the first block, class token first
      CASE.block.N         [1+n][width]               tokens after block N, before the final norm
      CASE.attention.N     [heads][1+n][1+n]          attention of block N after softmax, rows are queries
      CASE.logits          [classes]

All expected values come from timm's forward pass in float64 on the float32 weights and are rounded to float32 only at the
end, so they are exact to float32. Weights of the F16 and BF16 models are rounded to their type first.
"""

from dataclasses import dataclass

import torch
from timm.models.vision_transformer import VisionTransformer

from golden_files import ENGINE, randomise, to_patches, write_safetensors


@dataclass(frozen=True)
class Model:
    name: str
    seed: int
    image: int
    patch: int
    channels: int
    width: int
    depth: int
    heads: int
    mlp: int
    classes: int
    qkv_bias: bool
    dtype: torch.dtype = torch.float32


MODELS = [
    Model("plain", 1, image=16, patch=4, channels=3, width=24, depth=3, heads=3, mlp=96, classes=7, qkv_bias=True),
    Model(
        "grey",
        2,
        image=28,
        patch=7,
        channels=1,
        width=40,
        depth=2,
        heads=5,
        mlp=80,
        classes=10,
        qkv_bias=False,
        dtype=torch.float16,
    ),
    Model(
        "wide",
        3,
        image=24,
        patch=8,
        channels=3,
        width=48,
        depth=2,
        heads=4,
        mlp=72,
        classes=3,
        qkv_bias=True,
        dtype=torch.bfloat16,
    ),
    Model("narrow", 4, image=15, patch=3, channels=3, width=24, depth=2, heads=2, mlp=61, classes=1, qkv_bias=False),
    Model(
        "head64",
        5,
        image=14,
        patch=2,
        channels=1,
        width=64,
        depth=1,
        heads=1,
        mlp=128,
        classes=11,
        qkv_bias=True,
        dtype=torch.float16,
    ),
]


def build(spec, model_class=VisionTransformer, **variant):
    model = model_class(
        img_size=spec.image,
        patch_size=spec.patch,
        in_chans=spec.channels,
        num_classes=spec.classes,
        embed_dim=spec.width,
        depth=spec.depth,
        num_heads=spec.heads,
        mlp_ratio=spec.mlp / spec.width,
        qkv_bias=spec.qkv_bias,
        **variant,
    ).eval()
    randomise(model, torch.Generator().manual_seed(spec.seed))
    for parameter in model.parameters():
        parameter.data = parameter.data.to(spec.dtype).float()
    return model


def canonical(model, spec):
    """Returns a timm model's tensors in canonical form. The class token includes its position, and stays F32."""
    source = {name: tensor.to(spec.dtype) for name, tensor in model.state_dict().items()}
    positions = model.state_dict()["pos_embed"][0]
    tensors = {
        "patch_embedding.weight": source["patch_embed.proj.weight"].flatten(1),
        "patch_embedding.bias": source["patch_embed.proj.bias"],
        "prefix_tokens": model.state_dict()["cls_token"][0] + positions[:1],
        "position_embedding": positions[1:].to(spec.dtype),
    }
    parts = {"attn.qkv": "qkv", "attn.proj": "projection", "mlp.fc1": "fc1", "mlp.fc2": "fc2"}
    for name, tensor in source.items():
        if name.startswith("blocks."):
            for timm_part, part in parts.items():
                name = name.replace(timm_part, part)
            tensors[name] = tensor
    for name in ("norm.weight", "norm.bias", "head.weight", "head.bias"):
        tensors[name] = source[name]
    return tensors


def metadata(spec):
    config = {
        "image_size": spec.image,
        "patch_size": spec.patch,
        "channels": spec.channels,
        "width": spec.width,
        "depth": spec.depth,
        "heads": spec.heads,
        "mlp_width": spec.mlp,
        "prefix_tokens": 1,
        "classes": spec.classes,
        "qkv_bias": str(spec.qkv_bias).lower(),
        "layer_norm_epsilon": "1e-6",
    }
    return {"glimpse.format": "1"} | {f"glimpse.config.{key}": str(value) for key, value in config.items()}


def trace(model, patches, positions, image):
    """Runs timm's own modules on some of an image's patches and returns the outputs of every stage.

    The whole image is embedded; only the prefix and the kept positions go through blocks, norm and head.
    """
    out = {}
    hooks = []
    for index, block in enumerate(model.blocks):
        block.attn.fused_attn = False
        hooks.append(block.attn.attn_drop.register_forward_hook(recorder(out, f"attention.{index}")))
        hooks.append(block.register_forward_hook(recorder(out, f"block.{index}")))
    if getattr(model, "attn_pool", None) is not None:
        model.attn_pool.fused_attn = False
        model.attn_pool.kv.register_forward_hook(
            lambda module, args, result: out.update(pooling=pooling_attention(model.attn_pool, result[0]))
        )
    prefix = model.num_prefix_tokens
    tokens = model._pos_embed(model.patch_embed(image[None]))
    kept = model.norm_pre(tokens[:, list(range(prefix)) + [prefix + position for position in positions]])
    out["embedding"] = kept[0]
    out["logits"] = model.forward_head(model.norm(model.blocks(kept)))[0]
    for hook in hooks:
        hook.remove()
    if len(positions) == patches.shape[0]:
        assert torch.allclose(out["logits"], model(image[None])[0], atol=1e-6), "differs from timm's forward pass"
    return out


def recorder(out, name):
    """Returns a forward hook that stores the first image's output under a name."""

    def record(module, args, result):
        out[name] = result[0]

    return record


def pooling_attention(pool, keys_and_values):
    """Returns the attention of attention pooling, [heads][tokens], computed from timm's queries and keys.

    timm itself doesn't expose it.
    """
    query = pool.q(pool.latent)[0].reshape(pool.num_heads, pool.head_dim)
    keys = keys_and_values[:, : query.numel()].reshape(-1, pool.num_heads, pool.head_dim)
    return (torch.einsum("hd,thd->ht", query, keys) * pool.scale).softmax(dim=-1)


def golden(model, spec):
    generator = torch.Generator().manual_seed(100 + spec.seed)
    image = torch.empty(spec.channels, spec.image, spec.image).normal_(generator=generator)
    patches = to_patches(image, spec.patch)
    count = patches.shape[0]
    some = sorted(torch.randperm(count, generator=generator)[: count // 3].tolist())
    exact = {}
    for case, positions in (("all", list(range(count))), ("some", some), ("none", [])):
        with torch.no_grad():
            single = trace(model.float(), patches, positions, image)
            double = trace(model.double(), patches, positions, image.double())
        model.float()
        error = max((single[name].double() - double[name]).abs().max().item() for name in double)
        attention = double[f"attention.{spec.depth - 1}"]
        print(
            f"{spec.name:8}{case:5} float32 differs by {error:.1e}, largest activation "
            f"{max(value.abs().max().item() for value in double.values()):5.2f}, "
            f"largest attention {attention.max().item():.2f}, mean {1 / attention.shape[-1]:.2f}"
        )
        exact[f"{case}.positions"] = torch.tensor(positions, dtype=torch.float32)
        exact[f"{case}.patches"] = patches[positions]
        exact.update({f"{case}.{name}": value.float() for name, value in sorted(double.items())})
    return exact


def main():
    for spec in MODELS:
        model = build(spec)
        write_safetensors(ENGINE / f"{spec.name}.model.safetensors", canonical(model, spec), metadata(spec))
        write_safetensors(ENGINE / f"{spec.name}.golden.safetensors", golden(model, spec))


if __name__ == "__main__":
    main()
