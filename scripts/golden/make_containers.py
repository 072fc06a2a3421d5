"""Saves the small Hugging Face ViT of make_families.py (run that first) in every container that checkpoints come in.

    python scripts/golden/make_containers.py

In weights-converter/src/test/resources/glimpse/convert:

  hf-vit-bin          pytorch_model.bin, as PyTorch saves it
  hf-vit-sharded      safetensors shards and their index
  hf-vit-bin-sharded  PyTorch shards and their index
  torch               nested.pth, protocol4.pth: another state dictionary, within a training script's checkpoint, with
                      views, strides, shared storages, every float type and an integer buffer; and views.safetensors,
                      the values of its float tensors as float32
"""

import json
import shutil
from collections import OrderedDict

import safetensors.torch
import torch

from golden_files import CONVERTER, write_safetensors


def shards(state, folder, extension, save):
    folder.mkdir(parents=True, exist_ok=True)
    names = list(state)
    weight_map = {}
    for number, part in enumerate((names[::2], names[1::2]), start=1):
        stem = "model" if extension == "safetensors" else "pytorch_model"
        file = f"{stem}-0000{number}-of-00002.{extension}"
        save({name: state[name] for name in part}, folder / file)
        (folder / file).chmod(0o644)
        weight_map |= {name: file for name in part}
    index = {"metadata": {"total_size": sum(t.numel() * t.element_size() for t in state.values())}}
    index["weight_map"] = dict(sorted(weight_map.items()))
    (folder / f"{stem}.{extension}.index.json").write_text(json.dumps(index, indent=2) + "\n")


def views():
    generator = torch.Generator().manual_seed(7)
    base = torch.empty(6, 10).normal_(generator=generator)
    return OrderedDict(
        whole=base,
        rows=base[2:5],
        columns=base[:, 3:7],
        transposed=base.T,
        permuted=base.view(6, 5, 2).permute(2, 0, 1),
        steps=base[::2, ::3],
        scalar=base[1, 1],
        empty=base[:0],
        parameter=torch.nn.Parameter(base[0].clone()),
        double=base.double() / 3,
        half=base.half().T,
        bfloat=base.bfloat16()[1:],
        position_ids=torch.arange(5),
        mask=torch.tensor([True, False]),
    )


def main():
    source = CONVERTER / "hf-vit"
    state = safetensors.torch.load_file(source / "model.safetensors")
    for name in ("hf-vit-bin", "hf-vit-sharded", "hf-vit-bin-sharded"):
        (CONVERTER / name).mkdir(exist_ok=True)
        shutil.copy(source / "config.json", CONVERTER / name / "config.json")
    torch.save(state, CONVERTER / "hf-vit-bin/pytorch_model.bin")
    shards(state, CONVERTER / "hf-vit-sharded", "safetensors", safetensors.torch.save_file)
    shards(state, CONVERTER / "hf-vit-bin-sharded", "bin", torch.save)

    folder = CONVERTER / "torch"
    folder.mkdir(exist_ok=True)
    tensors = views()
    optimizer = {"state": {0: {"step": torch.tensor(3.0), "betas": (0.9, 0.999)}}, "groups": [{"params": [0, 1]}]}
    nested = {"epoch": 2**40, "best": -1.5, "note": "élan", "done": False, "args": None, "optimizer": optimizer}
    torch.save(nested | {"model": tensors}, folder / "nested.pth")
    torch.save({"state_dict": tensors}, folder / "protocol4.pth", pickle_protocol=4)
    floats = {name: tensor.float() for name, tensor in tensors.items() if tensor.is_floating_point()}
    write_safetensors(folder / "views.safetensors", floats)


if __name__ == "__main__":
    main()
