"""Fine-tunes the demo's server on parts of images, or on whole images as compression and scaling leave them.

python finetune.py --data FOLDER --out FOLDER parts      for an edge that sends patches
python finetune.py --data FOLDER --out FOLDER files      its fair rival, for a device that sends small files

Both begin with the server that comes with the program and follow its predictions for whole images. They take the same
steps, over the same images in the same order. A killed run, started again, resumes at its last checkpoint.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from data import CLASSES, VARIANTS, Split, apply_variants, load_train, normalise
from loop import SEED
from models import EDGE, SERVER, Vit, VitConfig
from parts import draw_count, draw_parts
from pictures import degrade
from train import distillation, train_vit

BUNDLED = (
    Path(__file__).resolve().parents[2] / "collab/evaluation/src/main/resources/glimpse/evaluation/data/fashion-mnist"
)
FILES = {"jpeg", "webp", "small"}
EPOCHS = 1
NAMES = {".qkv.": ".attn.qkv.", ".projection.": ".attn.proj.", ".fc1.": ".mlp.fc1.", ".fc2.": ".mlp.fc2."}


def bundled(name: str, config: VitConfig) -> Vit:
    """Reads a model that comes with the program, whose tensors have other names than timm's."""
    model = Vit(config)
    state = {}
    for key, value in load_file(BUNDLED / f"{name}.safetensors").items():
        value = value.float()
        match key:
            case "prefix_tokens":  # includes the class token's position embedding
                state["cls_token"] = value.unsqueeze(0)
            case "position_embedding":
                state["pos_embed"] = torch.cat([torch.zeros(1, config.width), value]).unsqueeze(0)
            case "patch_embedding.weight":
                state["patch_embed.proj.weight"] = value.view_as(model.patch_embed.proj.weight)
            case "patch_embedding.bias":
                state["patch_embed.proj.bias"] = value
            case _:
                for ours, timms in NAMES.items():
                    key = key.replace(ours, timms)
                state[key] = value
    model.load_state_dict(state)
    return model.eval().requires_grad_(False)


def degraded(images: Tensor, random: np.random.Generator) -> Tensor:
    """Returns what is left of a batch of bytes, each image compressed and scaled down in its own way."""
    pictures = (degrade(Image.fromarray(image), FILES, random).convert("L") for image in images.numpy())
    return torch.from_numpy(np.stack([np.asarray(picture) for picture in pictures]))


def fine_tune(kind: str, learn: Split, held_out: Split, out: Path, epochs: int = EPOCHS) -> None:
    model, teacher, edge = bundled("server", SERVER), bundled("server", SERVER), bundled("edge", EDGE)

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

    model.requires_grad_(True)
    train_vit(kind, model, loss_of, learn, held_out, out, epochs=0, extra=epochs, batch=128, lr=2e-3)
    weights = {key: value.contiguous() for key, value in model.state_dict().items()}
    save_file(weights, out / f"{kind}.safetensors")
    (out / "classes.txt").write_text("".join(f"{name}\n" for name in CLASSES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the four idx.gz files")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, logs and models")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("kind", choices=("parts", "files"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(SEED)
    fine_tune(args.kind, *load_train(args.data), args.out, args.epochs)


if __name__ == "__main__":
    main()
