"""Fine-tunes the base server on parts of images, or on whole images as compression and scaling leave them.

python finetune.py --data FOLDER --out FOLDER parts      the demo's server, for an edge that sends patches
python finetune.py --data FOLDER --out FOLDER files      its fair rival, for a device that sends small files

Both begin with the server that train.py left in OUT and follow its predictions for whole images. They take the same
steps, over the same images in the same order. A killed run, started again, resumes at its last checkpoint.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from data import VARIANTS, Split, apply_variants, load_train, normalise
from loop import SEED
from models import EDGE, SERVER, Vit
from parts import draw_count, draw_parts
from pictures import degrade
from train import distillation, load, train_vit

FILES = {"jpeg", "webp", "small"}
EPOCHS = 6


def degraded(images: Tensor, random: np.random.Generator) -> Tensor:
    """Returns what is left of a batch of bytes, each image compressed and scaled down in its own way."""
    pictures = (degrade(Image.fromarray(image), FILES, random).convert("L") for image in images.numpy())
    return torch.from_numpy(np.stack([np.asarray(picture) for picture in pictures]))


def fine_tune(kind: str, learn: Split, held_out: Split, out: Path, epochs: int = EPOCHS) -> None:
    model, teacher = (load(Vit(SERVER), out / "server.pt") for _ in range(2))
    edge = load(Vit(EDGE), out / "edge.pt")

    def loss_of(model: nn.Module, indices: Tensor) -> Tensor:
        # The loop seeds each epoch. All else is drawn from a seed of its own, so that both kinds draw the same images.
        seed = torch.randint(2**31, ()).item()
        images = apply_variants(learn.images[indices], torch.randint(VARIANTS, (len(indices),)))
        whole = normalise(images)
        with torch.no_grad():
            soft = teacher(whole)
        if kind == "files":
            seen = normalise(degraded(images, np.random.default_rng(seed)))
            return distillation(model(seen), soft, learn.labels[indices])
        with torch.no_grad():
            attention = edge.forward_with_attention(whole)[1][:, -1]
        generator = torch.Generator().manual_seed(seed)
        count = draw_count(SERVER.patches, generator)
        keep = draw_parts((len(indices), SERVER.patches), count, attention, generator)
        return distillation(model(whole, keep), soft, learn.labels[indices])

    train_vit(kind, model, loss_of, learn, held_out, out, epochs=0, extra=epochs, batch=128, lr=2e-3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the four idx.gz files")
    parser.add_argument("--out", type=Path, required=True, help="folder of train.py's outputs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("kind", choices=("parts", "files"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(SEED)
    fine_tune(args.kind, *load_train(args.data), args.out, args.epochs)


if __name__ == "__main__":
    main()
