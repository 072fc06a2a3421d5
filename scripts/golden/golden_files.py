"""What the golden-file scripts share: random weights, patches, and safetensors files with reproducible bytes."""

import json
import struct
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "engine/src/test/resources/glimpse/engine/golden"
CONVERTER = ROOT / "weights-converter/src/test/resources/glimpse/convert"

_DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}


def write_safetensors(path, tensors, metadata=None):
    """Writes tensors in the given order. The safetensors library isn't reproducible: it shuffles the metadata."""
    header, offset, data = {}, 0, []
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        raw = tensor.reshape(-1).view(torch.uint8).numpy().tobytes()
        header[name] = {
            "dtype": _DTYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        offset += len(raw)
        data.append(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


def randomise(model, generator):
    """Fills a model with random weights, scaled so that attention scores spread over several units."""
    for name, parameter in model.named_parameters():
        noise = torch.empty_like(parameter).normal_(generator=generator)
        if name.endswith(("gamma", "lambda1")):
            value = 0.7 + 0.3 * noise
        elif parameter.dim() <= 1:
            gain = 1.0 if "norm" in name and name.endswith("weight") else 0.0
            value = gain + 0.2 * noise
        elif "token" in name or "pos" in name or name.endswith(("latent", "probe")):
            value = 0.5 * noise
        else:
            fan_in = parameter[0].numel()
            gain = 1.6 if any(part in name for part in ("qkv", "query", "key", ".q.", ".kv.", "in_proj")) else 0.8
            value = gain * noise / fan_in**0.5
        parameter.data.copy_(value)


def to_patches(image, patch):
    """Turns [channels][height][width] into [patches][channels * patch * patch], a patch being [channel][row][column]."""
    columns = torch.nn.functional.unfold(image[None], patch, stride=patch)
    return columns[0].T.contiguous()
