"""Evaluates selections, gates and costs of the trained pair, as defined in arXiv 2404.07217.

python evaluate.py --data FOLDER --out FOLDER held-out    chooses the operating point
python evaluate.py --data FOLDER --out FOLDER test        evaluates that point once and writes a CSV row per image
"""

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from data import Split, load_test, load_train, normalise
from loop import SEED
from models import EDGE, SERVER, Vit
from train import load

SUMS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97)
COUNTS = (5, 10, 15, 20, 25, 30, 35, 40, 45)
# Finer near zero, where most images of a distilled edge model are.
ETAS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, *(round(0.05 * step, 2) for step in range(1, 41)))
RANDOM_DRAWS = 2
# The goal is 0.3 points; the choice aims closer, because 5,000 images resolve only about that.
MAX_LOSS = 0.001


@dataclass
class Pair:
    """Both models' predictions for a split; top1 are classes, scores are N x patches."""

    labels: Tensor
    images: Tensor
    server: Vit
    edge_top1: Tensor
    min_entropy: Tensor
    scores: Tensor
    server_top1: Tensor

    def correct(self, top1: Tensor) -> Tensor:
        return top1 == self.labels


@torch.no_grad()
def observe(split: Split, edge: Vit, server: Vit) -> Pair:
    images = normalise(split.images)
    logits, scores = zip(*(edge.forward_with_attention(part) for part in images.split(500)))
    logits, scores = torch.cat(logits), torch.cat(scores)[:, -1]
    top1 = torch.cat([server(part).argmax(1) for part in images.split(500)])
    return Pair(split.labels, images, server, logits.argmax(1), -logits.softmax(1).amax(1).log2(), scores, top1)


def attention_sum(scores: Tensor, limit: float) -> Tensor:
    """Counts the highest-scored patches of each image whose scores add up to at most `limit`."""
    return (scores.sort(1, descending=True).values.cumsum(1) <= limit).sum(1)


@torch.no_grad()
def server_on_kept(pair: Pair, scores: Tensor, counts: Tensor) -> Tensor:
    """Returns the server's top-1 on each image's `counts` highest-scored patches; ties go to the lower position."""
    order = scores.argsort(dim=1, descending=True, stable=True)
    top1 = torch.empty_like(counts)
    for count in counts.unique().tolist():
        for part in (counts == count).nonzero().squeeze(1).split(500):
            top1[part] = pair.server(pair.images[part], order[part, :count]).argmax(1)
    return top1


def random_accuracy(pair: Pair, counts: Tensor) -> float:
    generator = torch.Generator().manual_seed(SEED)
    draws = [
        pair.correct(server_on_kept(pair, torch.rand(pair.scores.shape, generator=generator), counts))
        for _ in range(RANDOM_DRAWS)
    ]
    return torch.stack(draws).double().mean().item()


def collaborate(pair: Pair, eta: float, counts: Tensor, kept_top1: Tensor) -> dict[str, float]:
    confident = pair.min_entropy < eta
    top1 = torch.where(confident, pair.edge_top1, kept_top1)
    offloaded = counts[~confident].double()
    mean_kept = offloaded.mean().item() if len(offloaded) else 0.0
    share = len(offloaded) / len(counts)
    return {
        "confident": int(confident.sum()),
        "mean_kept": mean_kept,
        "cost": share * mean_kept / SERVER.patches,
        "collaborative": mean(pair.correct(top1)),
    }


def mean(values: Tensor) -> float:
    return values.double().mean().item()


def write_csv(path: Path, rows: list[dict]) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {key: round(value, 6) if isinstance(value, float) else value for key, value in row.items()} for row in rows
        )


def choose(pair: Pair, out: Path) -> None:
    """Chooses the operating point on the held-out part; writes selections.csv, grid.csv and operating-point.json."""
    selections, grid = [], []
    kinds = [("attention-sum", limit, attention_sum(pair.scores, limit)) for limit in SUMS]
    kinds += [("top-k", count, torch.full_like(pair.labels, count)) for count in COUNTS]
    for kind, value, counts in kinds:
        kept_top1 = server_on_kept(pair, pair.scores, counts)
        selections.append(
            {
                "selection": kind,
                "value": value,
                "mean_kept": mean(counts),
                "server_on_kept": mean(pair.correct(kept_top1)),
                "server_on_random": random_accuracy(pair, counts),
            }
        )
        print(selections[-1], flush=True)
        grid += [
            {"selection": kind, "value": value, "eta": eta} | collaborate(pair, eta, counts, kept_top1) for eta in ETAS
        ]
    write_csv(out / "selections.csv", selections)
    write_csv(out / "grid.csv", grid)
    alone = mean(pair.correct(pair.server_top1))
    point = min((row for row in grid if row["collaborative"] >= alone - MAX_LOSS), key=lambda row: row["cost"])
    summary = {"edge": mean(pair.correct(pair.edge_top1)), "server": alone}
    (out / "operating-point.json").write_text(
        json.dumps(
            {key: point[key] for key in ("selection", "value", "eta")}
            | {"gate": "min-entropy", "held_out": summary | point},
            indent=2,
        )
        + "\n"
    )
    print(summary, point)


def report(pair: Pair, out: Path) -> None:
    """Evaluates the chosen point once and writes reference.csv and test.json."""
    point = json.loads((out / "operating-point.json").read_text())
    counts = (
        attention_sum(pair.scores, point["value"])
        if point["selection"] == "attention-sum"
        else torch.full_like(pair.labels, point["value"])
    )
    kept_top1 = server_on_kept(pair, pair.scores, counts)
    result = {
        "edge": mean(pair.correct(pair.edge_top1)),
        "server": mean(pair.correct(pair.server_top1)),
        "server_on_kept": mean(pair.correct(kept_top1)),
        "server_on_random": random_accuracy(pair, counts),
        "mean_kept_all": mean(counts),
    } | collaborate(pair, point["eta"], counts, kept_top1)
    (out / "test.json").write_text(json.dumps(result, indent=2) + "\n")
    columns = zip(
        pair.labels.tolist(),
        pair.edge_top1.tolist(),
        pair.min_entropy.tolist(),
        counts.tolist(),
        pair.server_top1.tolist(),
        kept_top1.tolist(),
    )
    write_csv(
        out / "reference.csv",
        [
            {
                "index": index,
                "label": label,
                "edge_top1": edge,
                "min_entropy": entropy,
                "kept": kept,
                "server_top1_all": full,
                "server_top1_kept": partial,
            }
            for index, (label, edge, entropy, kept, full, partial) in enumerate(columns)
        ],
    )
    print(json.dumps(result, indent=2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the four idx.gz files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the training's outputs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("part", choices=("held-out", "test"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    models = load(Vit(EDGE), args.out / "edge.pt"), load(Vit(SERVER), args.out / "parts.pt")
    if args.part == "held-out":
        choose(observe(load_train(args.data)[1], *models), args.out)
    else:
        report(observe(load_test(args.data), *models), args.out)


if __name__ == "__main__":
    main()
