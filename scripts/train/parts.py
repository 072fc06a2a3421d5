"""Runs timm's Vision Transformers on parts of an image, and chooses those parts."""

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from timm import create_model
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn

FEWEST = 6 / 196
EXPONENT = 1.3
ATTENTION = 1.5


def load(name: str, checkpoint: str | None) -> VisionTransformer:
    """Returns timm's model of a name (`deit_tiny_patch16_224`, `hf-hub:OWNER/NAME`) with its published weights, or with those
    of a safetensors file that has timm's tensor names, however many classes and blocks those are of."""
    try:
        return require_classifier(read(name, checkpoint))
    except (OSError, RuntimeError, SafetensorError, TypeError, ValueError) as error:
        raise SystemExit(f"{checkpoint or name}: isn't a {name}: {' '.join(str(error).split())[:300]}") from error


def read(name: str, checkpoint: str | None) -> nn.Module:
    if checkpoint is None:
        return create_model(name, pretrained=True)
    weights = {key: value.float() for key, value in load_file(checkpoint).items()}
    if "head.weight" not in weights:
        raise ValueError("no tensor head.weight, expected a classifier with timm's tensor names")
    blocks = 1 + max(int(key.split(".")[1]) for key in weights if key.startswith("blocks."))
    model = create_model(name, num_classes=len(weights["head.weight"]), depth=blocks)
    model.load_state_dict(weights)
    return model


def require_classifier(model: nn.Module) -> VisionTransformer:
    if not isinstance(model, VisionTransformer) or model.num_classes == 0:
        raise ValueError("expected a Vision Transformer with a classifier, as glimpse convert reads them")
    return model


def forward(model: VisionTransformer, images: Tensor, keep: Tensor | None = None) -> Tensor:
    """Returns the logits for the kept patches (N x k positions, all if None), which keep their position embeddings."""
    x = model._pos_embed(model.patch_embed(images))
    if keep is not None:
        prefix = model.num_prefix_tokens
        kept = x[:, prefix:].gather(1, keep.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        x = torch.cat([x[:, :prefix], kept], 1)
    return model.forward_head(model.norm(model.blocks(model.norm_pre(x))))


class AttendingTeacher(nn.Module):
    """The original model: its logits, and where its class token looks in the last block."""

    def __init__(self, model: VisionTransformer):
        super().__init__()
        self.model = model.eval().requires_grad_(False)
        self._last_input: Tensor | None = None
        model.blocks[-1].register_forward_pre_hook(self._remember)

    def _remember(self, _: nn.Module, inputs: tuple) -> None:
        self._last_input = inputs[0]

    @torch.no_grad()
    def forward(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Returns the logits and the attention to each patch (N x patches), which is None without a class token."""
        logits = forward(self.model, images)
        if not self.model.has_class_token:
            return logits, None
        block = self.model.blocks[-1]
        attention = block.attn
        x = block.norm1(self._last_input)
        n, count, width = x.shape
        qkv = attention.qkv(x).view(n, count, 3, attention.num_heads, width // attention.num_heads)
        query, key = attention.q_norm(qkv[:, 0, 0]), attention.k_norm(qkv[:, :, 1])
        weights = (torch.einsum("nhd,nthd->nht", query, key) * attention.scale).softmax(-1).mean(1)
        weights = weights[:, self.model.num_prefix_tokens :]
        return logits, weights / weights.sum(1, keepdim=True)


def draw_count(patches: int, generator: torch.Generator) -> int:
    """Draws how many patches a batch keeps: 6 to 196 of 196, small numbers more often."""
    fewest = max(1, round(FEWEST * patches))
    return round(fewest + (patches - fewest) * torch.rand((), generator=generator).item() ** EXPONENT)


def draw_parts(shape: tuple[int, int], count: int, attention: Tensor | None, generator: torch.Generator) -> Tensor:
    """Draws which patches each image keeps: at random, some batches rather where the teacher looks.

    Gumbel noise draws without replacement; up to 1.5 times the logarithm of the attention is added.
    """
    noise = -torch.rand(shape, generator=generator).clamp_min(1e-20).log()
    order = -noise.clamp_min(1e-20).log()
    strength = ATTENTION * torch.rand((), generator=generator).item()
    if attention is not None:
        order = order.to(attention.device) + strength * attention.float().clamp_min(1e-9).log()
    return order.topk(count, dim=1).indices
