"""One seeded, resumable training loop for every stage."""

import csv
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import OneCycleLR

from data import Split, normalise

SEED = 2404_07217


def save_atomically(state: object, path: Path) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)


def accuracy(model: nn.Module, split: Split) -> float:
    return (predict(model, split).argmax(1) == split.labels).double().mean().item()


@torch.no_grad()
def predict(model: Callable[[Tensor], Tensor], split: Split, batch: int = 500) -> Tensor:
    if isinstance(model, nn.Module):
        model.eval()
    return torch.cat([model(normalise(part)) for part in split.images.split(batch)])


def train(name: str, model: nn.Module, loss_of: Callable[[nn.Module, Tensor], Tensor], *,
          size: int, held_out: Split, out: Path, epochs: int, batch: int, lr: float,
          optimizer: torch.optim.Optimizer, grad_clip: float = 1.0) -> nn.Module:
    """Trains on `loss_of(model, indices)`; a killed run goes on at its last whole epoch.

    Each epoch seeds itself from its number, so a resumed run draws what an unbroken one would.
    """
    steps = size // batch
    schedule = OneCycleLR(optimizer, lr, epochs * steps, pct_start=0.2)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / f"{name}.pt"
    rows: list[list] = []
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        rows = state["log"]

    for epoch in range(len(rows), epochs):
        torch.manual_seed(SEED + epoch)
        model.train()
        start, total = time.monotonic(), 0.0
        for indices in torch.randperm(size)[:steps * batch].view(steps, batch):
            loss = loss_of(model, indices)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), grad_clip)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
        rows.append([epoch + 1, round(total / steps, 4), round(accuracy(model, held_out), 4),
                     round(time.monotonic() - start)])
        print(name, *rows[-1], flush=True)
        save_atomically({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                         "schedule": schedule.state_dict(), "log": rows}, checkpoint)
    with open(out / f"{name}-log.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [["epoch", "loss", "held_out_accuracy", "seconds"], *rows])
    return model.eval()
