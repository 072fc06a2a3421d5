"""The seeded, resumable training loop of every stage."""

import csv
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR, LRScheduler

from data import Split, normalise

SEED = 2404_07217
EXTRA_PEAK = 3 / 8
SAVE_EVERY = 50  # steps


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


def trapezoid(optimizer: Optimizer, steps: int, *, warm_up: int, decay: int, extra: int = 0) -> LRScheduler:
    """A linear warm-up, a plateau and a linear decay to zero over the last `decay` steps; then optionally a second,
    lower decay over `extra` more steps.

    Until the first decay nothing depends on `steps`, so a run can still be made longer or shorter.
    """

    def factor(step: int) -> float:
        if step < steps:
            return min(1.0, (step + 1) / warm_up, (steps - step) / decay)
        return EXTRA_PEAK * max(0, steps + extra - step) / max(1, extra)

    return LambdaLR(optimizer, factor)


def train(
    name: str,
    model: nn.Module,
    loss_of: Callable[[nn.Module, Tensor], Tensor],
    *,
    size: int,
    held_out: Split,
    out: Path,
    epochs: int,
    batch: int,
    optimizers: list[Optimizer],
    schedules: list[LRScheduler],
) -> nn.Module:
    """Trains on `loss_of(model, indices)`; a killed run resumes after its last checkpoint.

    Each epoch is seeded by its number, and a checkpoint within one keeps the generator's state, so a resumed run draws the
    same random numbers as an uninterrupted one.
    """
    steps = size // batch
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / f"{name}.pt"
    rows: list[list] = []
    within: dict = {}
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        for part, saved in zip([*optimizers, *schedules], state["optimizing"], strict=True):
            part.load_state_dict(saved)
        rows, within = state["log"], state.get("within", {})

    def save() -> None:
        save_atomically(
            {
                "model": model.state_dict(),
                "log": rows,
                "within": within,
                "optimizing": [part.state_dict() for part in [*optimizers, *schedules]],
            },
            checkpoint,
        )

    for epoch in range(len(rows), epochs):
        torch.manual_seed(SEED + epoch)
        batches = torch.randperm(size)[: steps * batch].view(steps, batch)
        model.train()
        start, total, first = time.monotonic(), 0.0, 0
        if within:
            first, total = within["step"], within["total"]
            start -= within["seconds"]
            torch.set_rng_state(within["random"])
        for step, indices in enumerate(batches[first:], first + 1):
            loss = loss_of(model, indices)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for part in [*optimizers, *schedules]:
                part.step()
            model.zero_grad()
            total += loss.item()
            if step % SAVE_EVERY == 0 and step < steps:
                seconds = time.monotonic() - start
                within = {"step": step, "total": total, "seconds": seconds, "random": torch.get_rng_state()}
                save()
        within = {}
        rows.append(
            [epoch + 1, round(total / steps, 4), round(accuracy(model, held_out), 4), round(time.monotonic() - start)]
        )
        print(name, *rows[-1], flush=True)
        save()
    with open(out / f"{name}-log.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["epoch", "loss", "held_out_accuracy", "seconds"], *rows])
    return model.eval()
