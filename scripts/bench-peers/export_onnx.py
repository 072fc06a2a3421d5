"""Exports each NAME.safetensors in a folder, a converted model, to NAME.onnx with the same weights.

python export_onnx.py FOLDER
"""

import sys
from pathlib import Path

import torch
from timm.layers import set_fused_attn

import converted_model


def export(source: Path, target: Path) -> None:
    # plain matrix products and a softmax, which every runtime can fuse in its own way
    set_fused_attn(False)
    model = converted_model.load(source)
    side = model.patch_embed.img_size[0]
    example = torch.zeros(1, model.patch_embed.proj.in_channels, side, side)
    partial = target.with_suffix(".partial")
    with torch.inference_mode():
        torch.onnx.export(
            model,
            (example,),
            str(partial),
            input_names=["image"],
            output_names=["logits"],
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    partial.rename(target)


def main() -> None:
    folder = Path(sys.argv[1])
    for source in sorted(folder.glob("*.safetensors")):
        target = source.with_suffix(".onnx")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            print(f"{target.name} from {source.name}", file=sys.stderr)
            export(source, target)


if __name__ == "__main__":
    main()
