"""Measures which frequencies of a patch a classifier's answer depends on, for the steps of the codec for glimpses.

python sensitivity.py --model deit_tiny_patch16_224 --images FOLDER

For each frequency of a patch's discrete cosine transform, in Y, Cb and Cr, it estimates the Fisher information that the
predicted distribution holds of the coefficient: the mean of the squared gradient of log p(class), with the class drawn from
p. A small error in the coefficient moves the distribution (Kullback-Leibler divergence) by half the information times the
squared error, so steps that do the same harm are in proportion to one over its root. It prints those, by u + v. Don't follow
them where images have hardly any energy: there a model's weights are as training happened to leave them.
"""

import argparse
import math
from pathlib import Path

import torch
from timm.data import resolve_model_data_config
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor
from torch.utils.data import DataLoader

from parts import forward, load
from pictures import HeldOutPictures, find

# JFIF's inverse: red, green and blue by Y, Cb and Cr
COLOURS = torch.tensor([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])


def cosines(side: int) -> Tensor:
    """Returns the orthonormal transform, [frequency][sample]."""
    samples = torch.arange(side)
    rows = [math.sqrt((1 if k == 0 else 2) / side) * torch.cos((2 * samples + 1) * k * math.pi / (2 * side)) for k in range(side)]
    return torch.stack(rows)


def information(model: VisionTransformer, images: Tensor, mean: Tensor, std: Tensor, generator: torch.Generator) -> Tensor:
    """Returns the information of each coefficient, [3][patch size][patch size], its mean over images and patches.

    Images are N x 3 x side x side, 0 to 255; mean and std are [3], of values divided by 255.
    """
    pixels = images.float().requires_grad_()
    logits = forward(model, (pixels / 255 - mean.view(3, 1, 1)) / std.view(3, 1, 1))
    classes = torch.multinomial(logits.detach().softmax(1), 1, generator=generator)
    (gradient,) = torch.autograd.grad(logits.log_softmax(1).gather(1, classes).sum(), pixels)
    size = model.patch_embed.patch_size[0]
    patches = gradient.unfold(2, size, size).unfold(3, size, size)  # [images][3][grid][grid][size][size]
    by_colour = torch.einsum("rc,nrijyx->ncijyx", COLOURS, patches)
    transform = cosines(size)
    return (transform @ by_colour @ transform.T).square().mean((0, 2, 3))


def steps(total: Tensor) -> list[list[float]]:
    """Returns one over the root of the information, [3][u + v], in units of that of Y in the middle, where u + v = size / 2."""
    size = total.shape[-1]
    diagonal = torch.arange(size)[:, None] + torch.arange(size)
    by_diagonal = [[total[c][diagonal == d].mean().rsqrt().item() for d in range(2 * size - 1)] for c in range(3)]
    middle = by_diagonal[0][size // 2]
    return [[step / middle for step in of_channel] for of_channel in by_diagonal]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="timm's name of a ViT classifier, or hf-hub:OWNER/NAME")
    parser.add_argument("--checkpoint", help="a safetensors file with timm's tensor names instead of published weights")
    parser.add_argument("--images", required=True, type=Path, help="a folder of images")
    parser.add_argument("--limit", type=int, default=300, help="use so many of them, from all over the folder (300)")
    arguments = parser.parse_args()
    if arguments.limit < 1:
        raise SystemExit("--limit: expected a number above 0")
    model = load(arguments.model, arguments.checkpoint).eval().requires_grad_(False)
    config = resolve_model_data_config(model)
    found = find(arguments.images, None)
    count = min(len(found), arguments.limit)
    chosen = [found[i * len(found) // count] for i in range(count)]
    pictures = HeldOutPictures(chosen, config["input_size"][-1], config["crop_pct"])
    generator = torch.Generator().manual_seed(0)
    mean, std = torch.tensor(config["mean"]), torch.tensor(config["std"])
    total = sum(
        len(images) * information(model, images, mean, std, generator)
        for images, _ in DataLoader(pictures, batch_size=25)
    )
    for name, of_channel in zip(("Y", "Cb", "Cr"), steps(total)):
        print(name + ":", " ".join(f"{step:.2f}" for step in of_channel))


if __name__ == "__main__":
    main()
