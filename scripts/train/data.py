"""Reads Fashion-MNIST with its fixed split, and augments it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

CLASSES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
MEAN, STD = 0.2860, 0.3530
HELD_OUT = 5_000
SHIFT = 2
# A variant is one of 5 x 5 shifts with or without a horizontal flip.
VARIANTS = (2 * SHIFT + 1) ** 2 * 2


@dataclass
class Split:
    images: Tensor  # N x 28 x 28, bytes
    labels: Tensor  # N, int64

    def __len__(self) -> int:
        return len(self.labels)


def _idx(path: Path) -> np.ndarray:
    with gzip.open(path, "rb") as file:
        raw = file.read()
    dims = raw[3]
    shape = np.frombuffer(raw, ">i4", dims, 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dims).reshape(shape).copy()


def _read(folder: Path, prefix: str) -> Split:
    return Split(
        torch.from_numpy(_idx(folder / f"{prefix}-images-idx3-ubyte.gz")),
        torch.from_numpy(_idx(folder / f"{prefix}-labels-idx1-ubyte.gz")).long(),
    )


def load_train(folder: Path) -> tuple[Split, Split]:
    """Returns the first 55,000 training images, to learn from, and the last 5,000, held out for every choice."""
    full = _read(folder, "train")
    cut = len(full) - HELD_OUT
    return (Split(full.images[:cut], full.labels[:cut]), Split(full.images[cut:], full.labels[cut:]))


def load_test(folder: Path) -> Split:
    return _read(folder, "t10k")


def normalise(images: Tensor) -> Tensor:
    """Turns bytes N x 28 x 28 into normalised floats N x 1 x 28 x 28."""
    return images.float().div_(255).sub_(MEAN).div_(STD).unsqueeze(1)


def apply_variants(images: Tensor, variants: Tensor) -> Tensor:
    """Shifts (padding with zeros) and flips each image of a batch of bytes according to its variant."""
    n, size = len(images), images.shape[-1]
    span = 2 * SHIFT + 1
    padded = torch.nn.functional.pad(images, (SHIFT,) * 4)
    rows = (variants // 2 // span).view(n, 1, 1) + torch.arange(size).view(1, size, 1)
    cols = torch.arange(size).view(1, 1, size).expand(n, 1, size)
    cols = torch.where((variants % 2 == 1).view(n, 1, 1), size - 1 - cols, cols)
    cols = (variants // 2 % span).view(n, 1, 1) + cols
    return padded[torch.arange(n).view(n, 1, 1), rows, cols]
