"""Makes full-size random models of the published architectures and what timm says of one image: about 1.5 GB.

    python scripts/golden/make_full_size.py FOLDER
    GLIMPSE_FULL_SIZE=FOLDER mvn -pl weights-converter -am verify -Dtest=FullSizeTest -Dsurefire.failIfNoSpecifiedTests=false

FOLDER/MODEL holds the checkpoint (PyTorch's container) and expected.safetensors with patches and logits, as the small
models of make_families.py do. README.md here records the differences seen.
"""

import sys
from pathlib import Path

import timm
import torch

from golden_files import randomise, to_patches, write_safetensors

MODELS = [
    "deit_tiny_patch16_224",
    "deit_small_patch16_224",
    "deit_base_patch16_224",
    "deit_tiny_distilled_patch16_224",
    "deit3_small_patch16_224",
    "vit_base_patch16_224",
    "vit_base_patch32_224",
    "vit_small_patch8_224",
]


def main():
    for seed, name in enumerate(MODELS):
        folder = Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        model = timm.create_model(name, pretrained=False, num_classes=1000).eval()
        generator = torch.Generator().manual_seed(seed)
        randomise(model, generator)
        torch.save({"model": model.state_dict()}, folder / "pytorch_model.bin")
        image = torch.empty(3, 224, 224).normal_(generator=generator)
        with torch.no_grad():
            single = model(image[None])[0]
            logits = model.double()(image[None].double())[0]
        patches = to_patches(image, model.patch_embed.patch_size[0])
        write_safetensors(folder / "expected.safetensors", {"patches": patches, "logits": logits.float()})
        print(f"{name}: largest logit {logits.abs().max():.2f}, float32 in PyTorch differs by "
              f"{(single - logits).abs().max():.1e}")


if __name__ == "__main__":
    main()
