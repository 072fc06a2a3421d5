"""Exports the pair as float32 safetensors files with timm's names, each with its config.json.

Also exports, if they are there, the base server and the rival that was fine-tuned on files, to compare the pair with.

python export.py --out FOLDER
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from models import EDGE, SERVER

PAIR = {"edge": "edge.pt", "server": "parts.pt"}
OTHERS = {"base": "server.pt", "files": "files.pt"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the training's outputs")
    out = parser.parse_args().out
    others = {name: checkpoint for name, checkpoint in OTHERS.items() if (out / checkpoint).exists()}
    for name, checkpoint in (PAIR | others).items():
        config = EDGE if name == "edge" else SERVER
        weights = torch.load(out / checkpoint, weights_only=True)["model"]
        save_file({key: value.float().contiguous() for key, value in weights.items()}, out / f"{name}.safetensors")
        (out / f"{name}.config.json").write_text(json.dumps(config.to_json(), indent=2) + "\n")


if __name__ == "__main__":
    main()
