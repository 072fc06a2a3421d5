"""Makes small random models of each family as it is published, and what its own library says of one image.

    python scripts/golden/make_families.py

In weights-converter/src/test/resources/glimpse/convert/FAMILY: the checkpoint as the library saves it (model.safetensors;
config.json from transformers, timm's has none) and expected.safetensors with

  patches      [n][channels*patch*patch]  the whole image, a patch as [channel][row][column]
  logits       [classes]                  of a model without a classifier instead:
  features     [width]                    the pooled output
  attention.N  [heads][tokens][tokens]    softmaxed attention of block N

expected-SIZE.safetensors is the same at another image size than the trained one.

Expectations are float64 forward passes on the float32 weights, rounded to float32 at the end.
"""

import logging
from dataclasses import replace
from functools import partial

import safetensors.torch
import torch
import transformers
from timm.models.deit import VisionTransformerDistilled

from golden_files import CONVERTER, randomise, to_patches, write_safetensors
from make_models import MODELS, build, trace

SIZES = dict(
    hidden_size=24,
    num_hidden_layers=2,
    num_attention_heads=3,
    intermediate_size=60,
    image_size=12,
    patch_size=4,
    attn_implementation="eager",
)
# of the families that came later, as small as shows all their parts
TINY = SIZES | dict(hidden_size=12, intermediate_size=20, image_size=6, patch_size=2)
LABELS = {0: "tabby", 1: "tench, Tinca tinca", 2: "Chihuahua", 3: "crème", 4: "sled dog"}


def hugging_face(name, model, seed, newer_names=False):
    """Saved as transformers saves it, or under the names that transformers 5 gives the tensors in memory."""
    randomise(model.eval(), torch.Generator().manual_seed(seed))
    folder = CONVERTER / name
    model.save_pretrained(folder)
    if newer_names:
        safetensors.torch.save_file(model.state_dict(), folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    config = getattr(model.config, "vision_config", model.config)
    generator = torch.Generator().manual_seed(100 + seed)
    image = torch.empty(config.num_channels, config.image_size, config.image_size).normal_(generator=generator)
    with torch.no_grad():
        output = model.double()(image[None].double(), output_attentions=True)
    expected = {"patches": to_patches(image, config.patch_size)}
    if "logits" in output:
        expected["logits"] = output.logits[0].float()
    else:
        expected["features"] = features(output)[0].float()
    for layer, attention in enumerate(output.attentions):
        expected[f"attention.{layer}"] = attention[0].float()
    write_safetensors(folder / "expected.safetensors", expected)
    print(name)


def features(output):
    """The normalised class token."""
    return output.pooler_output


def timm(name, spec, sizes=(), **variant):
    """One of the engine's golden models as timm saves it; weights in the model's own type."""
    model = build(spec, **variant)
    folder = CONVERTER / name
    folder.mkdir(parents=True, exist_ok=True)
    state = {key: tensor.to(spec.dtype).contiguous() for key, tensor in model.state_dict().items()}
    safetensors.torch.save_file(state, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    expect(model, spec, spec.image, folder / "expected.safetensors")
    for size in sizes:
        resized = build(spec, **variant)
        resized.set_input_size(img_size=size)
        expect(resized, spec, size, folder / f"expected-{size}.safetensors")


def expect(model, spec, size, path):
    generator = torch.Generator().manual_seed(200 + spec.seed)
    image = torch.empty(spec.channels, size, size).normal_(generator=generator)
    patches = to_patches(image, spec.patch)
    with torch.no_grad():
        traced = trace(model.double(), patches, list(range(len(patches))), image.double())
    expected = {"patches": patches, "logits" if spec.classes else "features": traced["logits"].float()}
    expected |= {key: value.float() for key, value in sorted(traced.items()) if key.startswith("attention.")}
    write_safetensors(path, expected)
    print(f"{path.parent.name}: logits {[round(x, 3) for x in traced['logits'].tolist()]}")


def main():
    for spec in MODELS[:3]:
        timm(f"timm-{spec.name}", spec, sizes=(12, 28) if spec.name == "plain" else ())
    transformers.logging.set_verbosity_error()
    logging.disable(logging.WARNING)
    small = replace(MODELS[0], depth=2, mlp=40)
    timm("timm-deit3", replace(small, name="deit3", seed=11), init_values=1.0, no_embed_class=True)
    timm("timm-registers", replace(small, name="registers", seed=12), reg_tokens=2, no_embed_class=True)
    timm("timm-distilled", replace(small, name="distilled", seed=17), model_class=VisionTransformerDistilled)
    timm("timm-average", replace(MODELS[1], name="average", seed=14), class_token=False, global_pool="avg")
    timm("timm-average-class", replace(small, name="average-class", seed=15), global_pool="avg")
    vit = transformers.ViTConfig(**SIZES, id2label=LABELS, label2id={v: k for k, v in LABELS.items()})
    hugging_face("hf-vit", transformers.ViTForImageClassification(vit), 1)
    no_bias = transformers.ViTConfig(**SIZES, qkv_bias=False, num_channels=1, num_labels=5, layer_norm_eps=1e-6)
    hugging_face("hf-vit-grey", transformers.ViTForImageClassification(no_bias), 2)
    deit = transformers.DeiTConfig(**SIZES, num_labels=5)
    hugging_face("hf-deit-distilled", transformers.DeiTForImageClassificationWithTeacher(deit), 5)
    hugging_face("hf-deit", transformers.DeiTForImageClassification(deit), 4)
    tiny = replace(small, image=6, patch=2, width=12, mlp=20, classes=0)
    timm("timm-encoder", replace(tiny, name="encoder", seed=18), init_values=1.0)
    named = transformers.ViTForImageClassification(transformers.ViTConfig(**TINY, num_labels=5))
    hugging_face("hf-vit-5", named, 9, newer_names=True)
    dino = {key: value for key, value in TINY.items() if key != "intermediate_size"} | {"mlp_ratio": 2}
    hugging_face("hf-dinov2-5", transformers.Dinov2Model(transformers.Dinov2Config(**dino)), 10, newer_names=True)
    registers = transformers.Dinov2WithRegistersConfig(**dino, num_register_tokens=2)
    hugging_face("hf-dinov2-registers", transformers.Dinov2WithRegistersModel(registers), 8)
    clip = transformers.CLIPVisionConfig(**TINY)
    hugging_face("hf-clip", transformers.CLIPVisionModel(clip), 11)
    norm = partial(torch.nn.LayerNorm, eps=1e-5)
    timm("timm-clip", replace(tiny, name="clip", seed=19, depth=1, classes=5), pre_norm=True, norm_layer=norm)


if __name__ == "__main__":
    main()
