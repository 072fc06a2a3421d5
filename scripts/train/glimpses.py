"""Fine-tunes a Vision Transformer on parts of images, so that it classifies the few patches that an edge sends.

python glimpses.py --model deit_tiny_patch16_224 --images FOLDER --out OUT

The original model teaches: it sees whole pictures, the copy that learns sees parts of them. Labels help but aren't needed.
OUT/model.safetensors and OUT/config.json are what `glimpse convert OUT` reads. A killed run, started again, goes on.
"""

import argparse
import copy
import csv
import json
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from timm.data import resolve_model_data_config
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor
from torch.utils.data import DataLoader

from loop import save_atomically
from parts import AttendingTeacher, draw_count, draw_parts, forward, load
from pictures import HeldOutPictures, Picture, TrainingPictures, find, read_classes, split

TEMPERATURE = 2.0
SOFT_WEIGHT = 0.7
WARM_UP = 0.04
WEIGHT_DECAY = 0.05
AVERAGE = 0.998
MIXED_BATCHES = 0.4
KINDS = ("parts", "jpeg", "webp", "small")
HELD_OUT_SHARES = (0.05, 0.1, 0.2, 0.4, 1.0)


@dataclass(frozen=True)
class Recipe:
    kinds: frozenset[str]
    epochs: float
    batch: int
    lr: float
    seed: int
    save_every: int

    def state(self) -> dict:
        """What a resumed run must have in common with the one it resumes."""
        return {
            "kinds": sorted(self.kinds),
            "epochs": self.epochs,
            "batch": self.batch,
            "lr": self.lr,
            "seed": self.seed,
        }


def loss_of(logits: Tensor, soft: Tensor, labels: Tensor, others: Tensor, share: float) -> Tensor:
    """Follows the teacher and, where labels are known (at least 0), the label; `share` mixes the labels of two pictures."""
    divergence = F.kl_div(
        F.log_softmax(logits / TEMPERATURE, 1),
        F.log_softmax(soft / TEMPERATURE, 1),
        reduction="batchmean",
        log_target=True,
    )
    soft_loss = TEMPERATURE**2 * divergence
    if labels.min() < 0:
        return soft_loss
    hard = share * F.cross_entropy(logits, labels) + (1 - share) * F.cross_entropy(logits, others)
    return SOFT_WEIGHT * soft_loss + (1 - SOFT_WEIGHT) * hard


class Run:
    """A resumable fine-tuning. What a step draws depends on the seed and its number alone."""

    def __init__(self, model: VisionTransformer, recipe: Recipe, size: int, out: Path, device: torch.device):
        self.recipe, self.out, self.device = recipe, out, device
        config = resolve_model_data_config(model)
        self.mean = torch.tensor(config["mean"], device=device).view(3, 1, 1)
        self.std = torch.tensor(config["std"], device=device).view(3, 1, 1)
        self.teacher = AttendingTeacher(copy.deepcopy(model)).to(device)
        self.student = model.to(device).train()
        self.average = copy.deepcopy(self.student).eval().requires_grad_(False)
        self.per_epoch = max(1, size // recipe.batch)
        self.size = size
        self.steps = max(1, round(recipe.epochs * self.per_epoch))
        decayed = [value for value in self.student.parameters() if value.ndim > 1]
        others = [value for value in self.student.parameters() if value.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=recipe.lr)
        self.rows: list[list] = []
        self.step = 0

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if state["recipe"] != self.recipe.state() or state["size"] != self.size:
            raise SystemExit(
                f"{self.checkpoint}: is of another recipe or other images, expected the same or another --out"
            )
        self.student.load_state_dict(state["student"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.rows, self.step = state["log"], state["step"]

    def save(self) -> None:
        save_atomically(
            {
                "recipe": self.recipe.state(),
                "size": self.size,
                "student": self.student.state_dict(),
                "average": self.average.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "log": self.rows,
                "step": self.step,
            },
            self.checkpoint,
        )

    def keys(self) -> Iterator[list[tuple[int, int]]]:
        """Yields the pictures of each batch from the present step on, as (epoch, index)."""
        order: list[int] = []
        for step in range(self.step, self.steps):
            epoch, place = divmod(step, self.per_epoch)
            if not order or place == 0:
                generator = torch.Generator().manual_seed(self.recipe.seed * 1_000_003 + epoch)
                order = torch.randperm(self.size, generator=generator).tolist()
            first = place * self.recipe.batch
            yield [(epoch, index) for index in order[first : first + self.recipe.batch]]

    def normalise(self, images: Tensor) -> Tensor:
        return (images.to(self.device, non_blocking=True).float() / 255 - self.mean) / self.std

    def learn(self, whole: Tensor, seen: Tensor, labels: Tensor) -> float:
        generator = torch.Generator().manual_seed(self.recipe.seed * 7_368_787 + self.step)
        whole, seen, labels = self.normalise(whole), self.normalise(seen), labels.to(self.device)
        others, share = labels, 1.0
        if torch.rand((), generator=generator).item() < MIXED_BATCHES:
            share = torch.rand((), generator=generator).item()
            order = torch.randperm(len(whole), generator=generator).to(self.device)
            whole, seen = whole.lerp(whole[order], 1 - share), seen.lerp(seen[order], 1 - share)
            others = labels[order]
        with self.autocast():
            soft, attention = self.teacher(whole)
            keep = None
            if "parts" in self.recipe.kinds:
                patches = self.student.patch_embed.num_patches
                count = draw_count(patches, generator)
                keep = draw_parts((len(whole), patches), count, attention, generator).to(self.device)
            logits = forward(self.student, seen, keep)
        loss = loss_of(logits.float(), soft.float(), labels, others, share)
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.lr * self.rate()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.student.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.update_average()
        self.step += 1
        return loss.item()

    def autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda")

    def rate(self) -> float:
        warm_up = max(1, round(WARM_UP * self.steps))
        if self.step < warm_up:
            return (self.step + 1) / warm_up
        return 0.5 * (1 + math.cos(math.pi * (self.step - warm_up) / max(1, self.steps - warm_up)))

    @torch.no_grad()
    def update_average(self) -> None:
        kept = min(AVERAGE, (1 + self.step) / (10 + self.step))  # early weights are soon forgotten
        for mean, value in zip(self.average.parameters(), self.student.parameters(), strict=True):
            mean.lerp_(value, 1 - kept)

    @torch.no_grad()
    def examine(self, held_out: DataLoader) -> list[float]:
        """Returns how often the averaged model predicts what is expected, for some shares of the patches with the highest
        attention (at random without a class token): the label or, without labels, the original's answer to the whole."""
        patches = self.student.patch_embed.num_patches
        shares = HELD_OUT_SHARES if "parts" in self.recipe.kinds else (1.0,)
        right, images = [0] * len(shares), 0
        for whole, labels in held_out:
            whole, labels = self.normalise(whole), labels.to(self.device)
            with self.autocast():
                soft, attention = self.teacher(whole)
                expected = torch.where(labels < 0, soft.argmax(1), labels)
                generator = torch.Generator().manual_seed(0)
                order = attention if attention is not None else torch.rand(len(whole), patches, generator=generator)
                order = order.to(self.device).argsort(1, descending=True)
                for place, share in enumerate(shares):
                    logits = forward(self.average, whole, order[:, : max(1, round(share * patches))])
                    right[place] += (logits.argmax(1) == expected).sum().item()
            images += len(whole)
        return [round(count / images, 4) for count in right]

    def train(self, training: DataLoader, held_out: DataLoader) -> None:
        if not self.rows:
            self.rows.append([0, "", *self.examine(held_out), 0])
            print(*self.rows[-1], flush=True)
        start, losses = time.monotonic(), []
        for whole, seen, labels in training:
            losses.append(self.learn(whole, seen, labels))
            ended = self.step % self.per_epoch == 0 or self.step == self.steps
            if ended:
                seconds = round(time.monotonic() - start)
                loss = round(sum(losses) / len(losses), 4)
                self.rows.append([math.ceil(self.step / self.per_epoch), loss, *self.examine(held_out), seconds])
                print(*self.rows[-1], flush=True)
                start, losses = time.monotonic(), []
            if ended or self.step % self.recipe.save_every == 0:
                self.save()


def export(model: VisionTransformer, name: str, out: Path) -> None:
    """Writes the weights and a config.json as timm's repositories of a hub have them."""
    part = out / "model.safetensors.part"
    save_file({key: value.detach().float().cpu().contiguous() for key, value in model.state_dict().items()}, part)
    os.replace(part, out / "model.safetensors")
    data = resolve_model_data_config(model)
    config = {
        "architecture": name.removeprefix("hf-hub:").split("/")[-1].split(".")[0],
        "num_classes": model.num_classes,
        "global_pool": model.global_pool,
        "pretrained_cfg": {
            key: data[key] for key in ("input_size", "interpolation", "crop_pct", "crop_mode", "mean", "std")
        },
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def loaders(
    run: Run, pictures: tuple[list[Picture], list[Picture]], model: VisionTransformer, workers: int
) -> tuple[DataLoader, DataLoader]:
    data = resolve_model_data_config(model)
    side = data["input_size"][-1]
    degradations = set(run.recipe.kinds) - {"parts"}
    training = TrainingPictures(pictures[0], side, degradations, run.recipe.seed)
    held_out = HeldOutPictures(pictures[1], side, data["crop_pct"])
    return (
        DataLoader(training, batch_sampler=run.keys(), num_workers=workers, pin_memory=run.device.type == "cuda"),
        DataLoader(held_out, batch_size=min(run.recipe.batch, 128), num_workers=workers),
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="timm's name of the model, or hf-hub:OWNER/NAME")
    parser.add_argument("--checkpoint", help="safetensors file with timm's tensor names in place of published weights")
    parser.add_argument("--images", type=Path, required=True, help="folder of images, at any depth")
    parser.add_argument("--classes", help="'sorted', or a file with a line per class: the images' folders are classes")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model, checkpoints and the log")
    parser.add_argument("--on", default="parts", help=f"what to learn from, comma-separated: {', '.join(KINDS)}")
    parser.add_argument("--epochs", type=float, default=30)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument(
        "--lr", type=float, default=1.2e-4, help="peak learning rate for batches of 512; by the square root for others"
    )
    parser.add_argument("--held-out", type=int, default=500, help="images for the log, a tenth of all at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save-every", type=int, default=500, help="steps between checkpoints within an epoch")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, help="threads of PyTorch on a CPU")
    parser.add_argument("--workers", type=int, default=0, help="processes that read images")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    kinds = frozenset(args.on.split(","))
    if not kinds <= set(KINDS):
        raise SystemExit(f"--on: '{args.on}' is invalid, expected some of {', '.join(KINDS)}")
    for name in ("epochs", "batch", "lr", "save_every"):
        if not getattr(args, name) > 0:
            raise SystemExit(f"--{name.replace('_', '-')}: expected a number above 0")
    if not args.images.is_dir():
        raise SystemExit(f"--images {args.images}: no such folder")
    if args.threads:
        torch.set_num_threads(args.threads)
    model = load(args.model, args.checkpoint)
    classes = read_classes(args.classes, args.images) if args.classes else None
    found = find(args.images, classes)
    if any(picture.label >= model.num_classes for picture in found):
        raise SystemExit(f"--classes: more classes than the model's {model.num_classes}")
    pictures = split(found, max(1, min(args.held_out, len(found) // 10)))
    args.out.mkdir(parents=True, exist_ok=True)
    batch = min(args.batch, len(pictures[0]))
    recipe = Recipe(kinds, args.epochs, batch, args.lr * math.sqrt(batch / 512), args.seed, args.save_every)
    run = Run(model, recipe, len(pictures[0]), args.out, torch.device(args.device))
    run.resume()
    run.train(*loaders(run, pictures, model, args.workers))
    shares = HELD_OUT_SHARES if "parts" in kinds else (1.0,)
    header = ["epoch", "loss", *(f"right_on_{share:.0%}" for share in shares), "seconds"]
    with open(args.out / "log.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *run.rows])
    export(run.average, args.model, args.out)
    print(f"{args.out / 'model.safetensors'}: convert it with glimpse convert {args.out} --out FILE")


if __name__ == "__main__":
    main()
