"""Reads a folder of images for fine-tuning: crops, flips and colours, and what compression leaves of a picture.

Everything random about a picture depends on the seed, the epoch and the picture alone, so that neither the number of worker
processes nor an interruption changes it.
"""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageEnhance
from torch import Tensor
from torch.utils.data import Dataset

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
LEAST_AREA = 0.35
COLOUR = 0.3
QUALITIES = (5, 80)
LEAST_SIDE = 1 / 3
PLAIN = 0.2


@dataclass(frozen=True)
class Picture:
    """A file and, if classes are known, the index of its class, otherwise -1."""

    path: Path
    label: int


def find(folder: Path, classes: dict[str, int] | None) -> list[Picture]:
    """Lists all images below a folder; with classes, those in subfolders that are named for them."""
    pictures = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            name = path.relative_to(folder).parts[0]
            if classes is not None and name not in classes:
                raise SystemExit(f"{path}: the folder {name} isn't among the {len(classes)} classes")
            pictures.append(Picture(path, -1 if classes is None else classes[name]))
    if len(pictures) < 2:
        raise SystemExit(f"{folder}: {len(pictures)} images, expected at least 2 ({', '.join(sorted(SUFFIXES))})")
    return pictures


def read_classes(text: str, folder: Path) -> dict[str, int]:
    """Returns the class of each folder name: `sorted`, or a file with a line per class that holds the name.

    A line may have several fields, such as the index, WordNet id and name of a table for `glimpse convert --labels`; each
    of them names the class. A table's header is skipped.
    """
    if text == "sorted":
        return {path.name: index for index, path in enumerate(sorted(p for p in folder.iterdir() if p.is_dir()))}
    lines = [line.split("\t") for line in Path(text).read_text().splitlines() if line.strip()]
    if lines and lines[0][0] == "index":
        lines = lines[1:]
    return {field.strip(): index for index, fields in enumerate(lines) for field in fields}


def split(pictures: list[Picture], held_out: int) -> tuple[list[Picture], list[Picture]]:
    """Takes some pictures out, by a hash of their names, which doesn't depend on where the folder is."""
    by_hash = sorted(pictures, key=lambda one: zlib.crc32("/".join(one.path.parts[-2:]).encode()))
    return sorted(by_hash[held_out:], key=lambda one: one.path), by_hash[:held_out]


def degrade(image: Image.Image, kinds: set[str], random: np.random.Generator) -> Image.Image:
    """Returns what is left of a picture that was scaled down and compressed, in its own size again."""
    side = image.width
    codecs = sorted(kinds & {"jpeg", "webp"})
    if "small" in kinds and (not codecs or random.random() < 0.5):
        small = round(side * (LEAST_SIDE + (1 - LEAST_SIDE) * random.random()))
        image = image.resize((small, small), Image.Resampling.LANCZOS)
    if codecs and random.random() >= PLAIN:
        low, high = np.log(QUALITIES)
        quality = round(float(np.exp(low + (high - low) * random.random())))
        file = io.BytesIO()
        image.save(file, codecs[random.integers(len(codecs))], quality=quality)
        image = Image.open(file).convert("RGB")
    return image if image.width == side else image.resize((side, side), Image.Resampling.BICUBIC)


def augment(image: Image.Image, side: int, random: np.random.Generator) -> Image.Image:
    """Crops a part of 35 to 100 % of the area, flips every other picture, and varies light, contrast and saturation."""
    area = image.width * image.height * (LEAST_AREA + (1 - LEAST_AREA) * random.random())
    aspect = np.exp(np.log(4 / 3) * (2 * random.random() - 1))
    width = min(image.width, max(1, round(np.sqrt(area * aspect))))
    height = min(image.height, max(1, round(np.sqrt(area / aspect))))
    left, top = random.integers(image.width - width + 1), random.integers(image.height - height + 1)
    box = (left, top, left + width, top + height)
    image = image.resize((side, side), Image.Resampling.BICUBIC, box=box, reducing_gap=2)
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for enhancer in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        image = enhancer(image).enhance(1 + COLOUR * (2 * random.random() - 1))
    return image


def centre(image: Image.Image, side: int, share: float) -> Image.Image:
    """Scales the shorter side to side / share and crops the centre, as timm does for evaluation."""
    scaled = int(side / share)
    shorter = min(image.size)
    width, height = (max(side, round(length * scaled / shorter)) for length in image.size)
    image = image.resize((width, height), Image.Resampling.BICUBIC)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))


def to_tensor(image: Image.Image) -> Tensor:
    """Returns bytes, 3 x side x side."""
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)


class TrainingPictures(Dataset):
    """Pictures by (epoch, index): as the teacher sees them, as the student sees them, and their label."""

    def __init__(self, pictures: list[Picture], side: int, kinds: set[str], seed: int):
        self.pictures, self.side, self.kinds, self.seed = pictures, side, kinds, seed

    def __getitem__(self, key: tuple[int, int]) -> tuple[Tensor, Tensor, int]:
        epoch, index = key
        random = np.random.default_rng([self.seed, epoch, index])
        picture = self.pictures[index]
        with Image.open(picture.path) as image:
            clean = augment(image.convert("RGB"), self.side, random)
        whole = to_tensor(clean)
        seen = to_tensor(degrade(clean, self.kinds, random)) if self.kinds else whole
        return whole, seen, picture.label

    def __len__(self) -> int:
        return len(self.pictures)


class HeldOutPictures(Dataset):
    """Pictures as an evaluation sees them, and their label."""

    def __init__(self, pictures: list[Picture], side: int, crop: float):
        self.pictures, self.side, self.crop = pictures, side, crop

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        with Image.open(self.pictures[index].path) as image:
            return to_tensor(centre(image.convert("RGB"), self.side, self.crop)), self.pictures[index].label

    def __len__(self) -> int:
        return len(self.pictures)
