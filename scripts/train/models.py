"""The convolutional teacher and the two Vision Transformers."""

from dataclasses import asdict, dataclass

import torch
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn

from data import CLASSES, MEAN, STD


@dataclass(frozen=True)
class VitConfig:
    width: int
    depth: int
    heads: int
    image_size: int = 28
    patch_size: int = 4
    channels: int = 1
    num_classes: int = len(CLASSES)

    @property
    def patches(self) -> int:
        return (self.image_size // self.patch_size) ** 2

    def to_json(self) -> dict:
        return asdict(self) | {"class_names": CLASSES, "mean": [MEAN], "std": [STD]}


SERVER = VitConfig(width=128, depth=6, heads=4)
EDGE = VitConfig(width=48, depth=2, heads=3)


class Vit(VisionTransformer):
    """timm's ViT, with timm's tensor names, that can also run on a subset of its patches."""

    def __init__(self, config: VitConfig):
        super().__init__(
            img_size=config.image_size,
            patch_size=config.patch_size,
            in_chans=config.channels,
            num_classes=config.num_classes,
            embed_dim=config.width,
            depth=config.depth,
            num_heads=config.heads,
        )
        self.config = config

    def tokens(self, images: Tensor, keep: Tensor | None) -> Tensor:
        """Returns the class token and the kept patches (N x k indices) with their original positions."""
        patches = self.patch_embed(images) + self.pos_embed[:, 1:]
        if keep is not None:
            patches = patches.gather(1, keep.unsqueeze(-1).expand(-1, -1, patches.shape[-1]))
        cls = (self.cls_token + self.pos_embed[:, :1]).expand(len(images), -1, -1)
        return torch.cat([cls, patches], 1)

    def forward(self, images: Tensor, keep: Tensor | None = None) -> Tensor:
        x = self.blocks(self.tokens(images, keep))
        return self.head(self.norm(x[:, 0]))

    def forward_with_attention(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the logits and the class token's attention to the patches, N x layers x patches.

        The attention is averaged over heads and renormalised without the class token itself.
        """
        x, rows = self.tokens(images, None), []
        for block in self.blocks:
            rows.append(class_attention(block, x))
            x = block(x)
        return self.head(self.norm(x[:, 0])), torch.stack(rows, 1)


def class_attention(block: nn.Module, x: Tensor) -> Tensor:
    attn = block.attn
    n, count, width = x.shape
    qkv = attn.qkv(block.norm1(x)).view(n, count, 3, attn.num_heads, width // attn.num_heads)
    query, key = qkv[:, 0, 0], qkv[:, :, 1]
    weights = (torch.einsum("nhd,nthd->nht", query, key) * attn.scale).softmax(-1).mean(1)[:, 1:]
    return weights / weights.sum(-1, keepdim=True)


class Residual(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.skip = (
            nn.Identity()
            if inputs == outputs and stride == 1
            else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.body(x) + self.skip(x))


class Teacher(nn.Sequential):
    """A small ResNet."""

    def __init__(self, widths: tuple[int, int, int] = (32, 64, 128)):
        a, b, c = widths
        super().__init__(
            nn.Conv2d(1, a, 3, 1, 1, bias=False),
            nn.BatchNorm2d(a),
            nn.ReLU(),
            Residual(a, b, 2),
            Residual(b, b, 1),
            Residual(b, c, 2),
            Residual(c, c, 1),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(c, len(CLASSES)),
        )
