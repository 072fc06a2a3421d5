"""Exports both models as float32 safetensors files with timm's names, each with its config.json.

python export.py --out FOLDER
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from models import EDGE, SERVER


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the training's outputs")
    out = parser.parse_args().out
    for name, config in (("edge", EDGE), ("server", SERVER)):
        weights = torch.load(out / f"{name}.pt", weights_only=True)["model"]
        save_file({key: value.float().contiguous() for key, value in weights.items()}, out / f"{name}.safetensors")
        (out / f"{name}.config.json").write_text(json.dumps(config.to_json(), indent=2) + "\n")


if __name__ == "__main__":
    main()
