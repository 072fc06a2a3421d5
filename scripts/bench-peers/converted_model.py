"""Loads a converted model file as a timm model, and the image that all engines classify."""

from functools import partial
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from timm.models.vision_transformer import VisionTransformer

BLOCK_NAMES = {
    "norm1": "norm1",
    "qkv": "attn.qkv",
    "projection": "attn.proj",
    "norm2": "norm2",
    "fc1": "mlp.fc1",
    "fc2": "mlp.fc2",
}


def load(file: Path) -> VisionTransformer:
    """Loads a model whose only prefix token is the class token, with a classifier on it."""
    with safe_open(file, framework="pt") as tensors:
        metadata = tensors.metadata()
        weights = {name: tensors.get_tensor(name).float() for name in tensors.keys()}  # noqa: SIM118 (not a dict)
    config = {key.removeprefix("glimpse.config."): value for key, value in metadata.items()}
    width, channels, patch = (int(config[name]) for name in ("width", "channels", "patch_size"))
    if weights["prefix_tokens"].shape[0] != 1:
        raise SystemExit(f"{file}: {weights['prefix_tokens'].shape[0]} prefix tokens, expected 1, the class token")
    epsilon = float(config["layer_norm_epsilon"])
    model = VisionTransformer(
        img_size=int(config["image_size"]),
        patch_size=patch,
        in_chans=channels,
        num_classes=int(config["classes"]),
        embed_dim=width,
        depth=int(config["depth"]),
        num_heads=int(config["heads"]),
        mlp_ratio=int(config["mlp_width"]) / width,
        qkv_bias=config["qkv_bias"] == "true",
        norm_layer=partial(torch.nn.LayerNorm, eps=epsilon),
    )
    model.load_state_dict(timm_state(weights, width, channels, patch))
    return model.eval()


def timm_state(weights: dict, width: int, channels: int, patch: int) -> dict:
    """Returns the converted file's tensors with timm's names and shapes."""
    state = {}
    for name, tensor in weights.items():
        if name == "patch_embedding.weight":
            state["patch_embed.proj.weight"] = tensor.reshape(width, channels, patch, patch)
        elif name == "patch_embedding.bias":
            state["patch_embed.proj.bias"] = tensor
        elif name == "prefix_tokens":
            # already includes its position
            state["cls_token"] = tensor.reshape(1, 1, width)
        elif name == "position_embedding":
            state["pos_embed"] = torch.cat([torch.zeros(1, width), tensor]).unsqueeze(0)
        elif name.startswith("blocks."):
            _, block, part, kind = name.split(".")
            state[f"blocks.{block}.{BLOCK_NAMES[part]}.{kind}"] = tensor
        else:
            state[name] = tensor
    return state


def image(file: Path, model: VisionTransformer) -> np.ndarray:
    """Reads a file of floats, [patch][channel][row][column], as an image [1][channel][height][width]."""
    channels, patch = model.patch_embed.proj.in_channels, model.patch_embed.patch_size[0]
    grid = model.patch_embed.grid_size[0]
    patches = np.fromfile(file, dtype="<f4").reshape(grid, grid, channels, patch, patch)
    pixels = patches.transpose(2, 0, 3, 1, 4).reshape(1, channels, grid * patch, grid * patch)
    return np.ascontiguousarray(pixels)
