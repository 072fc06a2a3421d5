"""Trains the demo's edge and the base server, which finetune.py then fine-tunes, one stage at a time.

python train.py --data FOLDER --out FOLDER teacher|logits|server|edge
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.lr_scheduler import OneCycleLR

from data import VARIANTS, Split, apply_variants, load_train, normalise
from loop import SEED, predict, save_atomically, train, trapezoid
from models import EDGE, SERVER, Teacher, Vit

CACHED_VARIANTS = 6
TEMPERATURE = 2.0
SOFT_WEIGHT = 0.8
MIN_KEPT = 0.3
SERVER_EPOCHS = 21
SERVER_EXTRA_EPOCHS = 3
EDGE_EPOCHS = 4
DECAY = 1 / 3
ATTENTION_WEIGHT = 3.0


def load(model: nn.Module, path: Path) -> nn.Module:
    model.load_state_dict(torch.load(path, weights_only=True)["model"])
    return model.eval()


def train_teacher(learn: Split, held_out: Split, out: Path) -> None:
    model = Teacher().to(memory_format=torch.channels_last)

    def loss_of(model: nn.Module, indices: Tensor) -> Tensor:
        variants = torch.randint(VARIANTS, (len(indices),))
        images = normalise(apply_variants(learn.images[indices], variants))
        images = images.contiguous(memory_format=torch.channels_last)
        # No label smoothing: it would blur the teacher's probabilities of the wrong classes.
        return F.cross_entropy(model(images), learn.labels[indices])

    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
    epochs, batch = 8, 128
    schedule = OneCycleLR(optimizer, 0.1, epochs * (len(learn) // batch), pct_start=0.2)
    train(
        "teacher",
        model,
        loss_of,
        size=len(learn),
        held_out=held_out,
        out=out,
        epochs=epochs,
        batch=batch,
        optimizers=[optimizer],
        schedules=[schedule],
    )


def cache_logits(learn: Split, held_out: Split, out: Path) -> None:
    """Saves the teacher's logits for a few variants of each image: far cheaper than running it during training."""
    teacher = load(Teacher(), out / "teacher.pt").to(memory_format=torch.channels_last)
    variants = torch.rand(len(learn), VARIANTS).argsort(1)[:, :CACHED_VARIANTS]
    logits = torch.stack(
        [predict(teacher, Split(apply_variants(learn.images, column), learn.labels)) for column in variants.unbind(1)],
        1,
    )
    save_atomically({"variants": variants, "logits": logits}, out / "logits.pt")


def distillation(logits: Tensor, soft: Tensor, labels: Tensor) -> Tensor:
    divergence = F.kl_div(
        F.log_softmax(logits / TEMPERATURE, 1),
        F.log_softmax(soft / TEMPERATURE, 1),
        reduction="batchmean",
        log_target=True,
    )
    return SOFT_WEIGHT * TEMPERATURE**2 * divergence + (1 - SOFT_WEIGHT) * F.cross_entropy(logits, labels)


def train_vit(
    name: str,
    model: Vit,
    loss_of: Callable[[nn.Module, Tensor], Tensor],
    learn: Split,
    held_out: Split,
    out: Path,
    *,
    epochs: int,
    batch: int,
    lr: float,
    extra: int = 0,
) -> None:
    # Muon on the blocks' matrices converges in fewer epochs; AdamW trains the rest.
    matrices = [value for key, value in model.named_parameters() if key.startswith("blocks") and value.ndim == 2]
    others = [value for key, value in model.named_parameters() if not (key.startswith("blocks") and value.ndim == 2)]
    optimizers = [
        torch.optim.Muon(matrices, lr=lr, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(others, lr=lr, weight_decay=0.05, fused=True),
    ]
    steps = len(learn) // batch
    schedules = [
        trapezoid(optimizer, epochs * steps, warm_up=steps, decay=round(epochs * steps * DECAY), extra=extra * steps)
        for optimizer in optimizers
    ]
    train(
        name,
        model,
        loss_of,
        size=len(learn),
        held_out=held_out,
        out=out,
        epochs=epochs + extra,
        batch=batch,
        optimizers=optimizers,
        schedules=schedules,
    )


def train_server(learn: Split, held_out: Split, out: Path) -> None:
    model = Vit(SERVER)
    cache = torch.load(out / "logits.pt", weights_only=True)

    def loss_of(model: nn.Module, indices: Tensor) -> Tensor:
        pick = torch.randint(CACHED_VARIANTS, (len(indices),))
        images = normalise(apply_variants(learn.images[indices], cache["variants"][indices, pick]))
        # One count for the whole batch keeps it rectangular; each image draws its own patches.
        # Squared to favour small counts, which are cheap to train on and most of what the server will see.
        count = round(SERVER.patches * (MIN_KEPT + (1 - MIN_KEPT) * torch.rand(()).item() ** 2))
        keep = torch.rand(len(indices), SERVER.patches).argsort(1)[:, :count]
        return distillation(model(images, keep), cache["logits"][indices, pick], learn.labels[indices])

    train_vit(
        "server",
        model,
        loss_of,
        learn,
        held_out,
        out,
        epochs=SERVER_EPOCHS,
        extra=SERVER_EXTRA_EPOCHS,
        batch=128,
        lr=2e-3,
    )


def train_edge(learn: Split, held_out: Split, out: Path) -> None:
    """Distils the server in two ways: its prediction, and the attention of its class token."""
    model, server = Vit(EDGE), load(Vit(SERVER), out / "server.pt")

    def loss_of(model: nn.Module, indices: Tensor) -> Tensor:
        images = normalise(apply_variants(learn.images[indices], torch.randint(VARIANTS, (len(indices),))))
        with torch.no_grad():
            soft, rows = server.forward_with_attention(images)
            # All layers: on the held-out part, the last layer alone selects no better than random.
            wanted = rows.mean(1)
        logits, rows = model.forward_with_attention(images)
        attention = F.kl_div(rows[:, -1].log(), wanted, reduction="batchmean")
        return distillation(logits, soft, learn.labels[indices]) + ATTENTION_WEIGHT * attention

    train_vit("edge", model, loss_of, learn, held_out, out, epochs=EDGE_EPOCHS, batch=128, lr=2e-3)


STAGES = {"teacher": train_teacher, "logits": cache_logits, "server": train_server, "edge": train_edge}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the four idx.gz files")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and logs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("stage", choices=STAGES)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(SEED)
    STAGES[args.stage](*load_train(args.data), args.out)


if __name__ == "__main__":
    main()
