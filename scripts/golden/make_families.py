"""Makes a small random model of each family in its published format, and its own library's outputs for one image.

    python scripts/golden/make_families.py

In weights-converter/src/test/resources/glimpse/convert/FAMILY: the checkpoint as the library saves it (model.safetensors;
config.json from transformers, timm's has none) and expected.safetensors with

  patches      [n][channels*patch*patch]  the whole image, a patch being [channel][row][column]
  logits       [classes]                  if the model has a classifier, otherwise:
  features     [width]                    the pooled output
  attention.N  [heads][tokens][tokens]    attention of block N, after softmax
  pooling      [heads][tokens]            attention of the attention pooling, after softmax

expected-SIZE.safetensors has the same for an image size other than the model's own.

All expected values come from a float64 forward pass on the float32 weights and are rounded to float32 at the end.
"""

import json
import logging
from collections import OrderedDict
from dataclasses import replace
from functools import partial

import safetensors.torch
import torch
import transformers
from timm.layers import SwiGLUPacked
from timm.models.deit import VisionTransformerDistilled

from golden_files import CONVERTER, randomise, to_patches, write_safetensors
from make_models import MODELS, build, trace

SIZES = {
    "hidden_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 60,
    "image_size": 12,
    "patch_size": 4,
    "attn_implementation": "eager",
}
# for the families added later: as small as possible with all of their parts
TINY = SIZES | {"hidden_size": 12, "intermediate_size": 20, "image_size": 6, "patch_size": 2}
LABELS = {0: "tabby", 1: "tench, Tinca tinca", 2: "Chihuahua", 3: "crème", 4: "sled dog"}


def hugging_face(name, model, seed, newer_names=False):
    """Saves a model as transformers does, or with the tensor names that transformers 5 uses in memory."""
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
    if attention_pooling(model) and "logits" not in output:
        expected["pooling"] = pooling_attention(model, output.last_hidden_state).float()
    write_safetensors(folder / "expected.safetensors", expected)
    print(name)


def features(output):
    """Returns the pooled output: the normalised class token, or the output of attention pooling."""
    return output.pooler_output


def attention_pooling(model):
    return getattr(model, "head", None) if isinstance(model, transformers.SiglipVisionModel) else None


def pooling_attention(model, tokens):
    """Returns the attention of each head, computed by PyTorch's own module."""
    pool = attention_pooling(model)
    with torch.no_grad():
        return pool.attention(pool.probe, tokens, tokens, average_attn_weights=False)[1][0, :, 0]


def whole(name, model, tower, seed):
    """Saves a model of images and texts as transformers does; the expected outputs are those of the image tower."""
    randomise(model.eval(), torch.Generator().manual_seed(seed))
    folder = CONVERTER / name
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    config = model.config.vision_config
    generator = torch.Generator().manual_seed(100 + seed)
    image = torch.empty(config.num_channels, config.image_size, config.image_size).normal_(generator=generator)
    with torch.no_grad():
        features = model.double().get_image_features(image[None].double())
        attentions = tower(model)(image[None].double(), output_attentions=True).attentions
    features = features if torch.is_tensor(features) else features.pooler_output
    expected = {"patches": to_patches(image, config.patch_size), "features": features[0].float()}
    for layer, attention in enumerate(attentions):
        expected[f"attention.{layer}"] = attention[0].float()
    write_safetensors(folder / "expected.safetensors", expected)
    print(name)


def timm(name, spec, sizes=(), representation=0, projection=False, **variant):
    """Saves one of the engine's golden models as timm does, with weights in the model's own type.

    representation: width of the layer that timm up to version 0.5 had before the classifier, saved with its name there
    projection: whether the head projects into the space shared with texts, so that its outputs are features
    """
    model = build(spec, **variant)
    if representation:
        add_representation(model, spec, representation)
    folder = CONVERTER / name
    folder.mkdir(parents=True, exist_ok=True)
    state = {key: tensor.to(spec.dtype).contiguous() for key, tensor in model.state_dict().items()}
    if representation:
        state = {key.replace("fc_norm.", "pre_logits."): tensor for key, tensor in state.items()}
    safetensors.torch.save_file(state, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    expect(model, spec, spec.image, folder / "expected.safetensors", projection)
    for size in sizes:
        resized = build(spec, **variant)
        resized.set_input_size(img_size=size)
        expect(resized, spec, size, folder / f"expected-{size}.safetensors")


def add_representation(model, spec, length):
    """Puts the layer in the place of newer versions' optional norm, which comes at the same point of the forward pass."""
    layers = {"fc": torch.nn.Linear(spec.width, length), "act": torch.nn.Tanh()}
    model.fc_norm = torch.nn.Sequential(OrderedDict(layers))
    model.head = torch.nn.Linear(length, spec.classes)
    randomise(model, torch.Generator().manual_seed(spec.seed))


def hub_config(name, architecture, tag, spec):
    """Writes the config.json that timm puts beside a checkpoint on the hub, reduced to the fields that matter here."""
    pretrained = {
        "tag": tag,
        "input_size": [3, spec.image, spec.image],
        "interpolation": "bicubic",
        "crop_pct": 0.9,
        "mean": [0.48145466, 0.4578275, 0.40821073],
        "std": [0.26862954, 0.26130258, 0.27577711],
        "num_classes": spec.classes,
    }
    config = {
        "architecture": architecture,
        "num_classes": spec.classes,
        "num_features": spec.width,
        "pretrained_cfg": pretrained,
    }
    (CONVERTER / name / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def expect(model, spec, size, path, projection=False):
    generator = torch.Generator().manual_seed(200 + spec.seed)
    image = torch.empty(spec.channels, size, size).normal_(generator=generator)
    patches = to_patches(image, spec.patch)
    with torch.no_grad():
        traced = trace(model.double(), patches, list(range(len(patches))), image.double())
    output = "logits" if spec.classes and not projection else "features"
    expected = {"patches": patches, output: traced["logits"].float()}
    expected |= {
        key: value.float() for key, value in sorted(traced.items()) if key.startswith(("attention.", "pooling"))
    }
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
    later_families()


def later_families():
    """Makes the families added later, as small as possible with all that is special to them."""
    spec = replace(MODELS[0], image=6, patch=2, width=8, heads=2, mlp=12, depth=1, classes=0)
    classifier = replace(spec, classes=5)
    by_query = {"class_token": False, "global_pool": "map", "act_layer": "gelu_tanh"}
    timm("timm-siglip", replace(spec, name="siglip", seed=31), **by_query)
    timm("timm-siglip-classifier", replace(classifier, name="siglip-classifier", seed=32), **by_query)
    by_mean = {"class_token": False, "global_pool": "avg", "fc_norm": False}
    timm("timm-average-normalised", replace(classifier, name="average-normalised", seed=33), **by_mean)
    timm("timm-representation", replace(classifier, name="representation", seed=37), representation=6)
    gate = {"mlp_layer": SwiGLUPacked, "act_layer": "silu", "init_values": 1.0}
    timm("timm-gated", replace(spec, name="gated", mlp=24, seed=34), reg_tokens=2, no_embed_class=True, **gate)
    quick = {"pre_norm": True, "norm_layer": partial(torch.nn.LayerNorm, eps=1e-5), "act_layer": "quick_gelu"}
    timm("timm-clip-quickgelu", replace(classifier, name="clip-quickgelu", seed=36), projection=True, **quick)
    hub_config("timm-clip-quickgelu", "vit_base_patch32_clip_quickgelu_224", "openai", classifier)

    sizes = {
        "hidden_size": 8,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 6,
        "patch_size": 2,
        "attn_implementation": "eager",
    }
    vision = sizes | {"intermediate_size": 12}
    text = {
        "hidden_size": 4,
        "num_hidden_layers": 1,
        "num_attention_heads": 1,
        "intermediate_size": 4,
        "vocab_size": 8,
        "max_position_embeddings": 4,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "pad_token_id": 1,
    }
    hugging_face("hf-siglip", transformers.SiglipVisionModel(transformers.SiglipVisionConfig(**vision)), 41)
    eager = {"attn_implementation": "eager"}
    both = transformers.SiglipConfig(text_config=text | {"projection_size": 8}, vision_config=vision, **eager)
    whole("hf-siglip-whole", transformers.SiglipModel(both), lambda model: model.vision_model, 42)
    labelled = transformers.SiglipConfig(text_config=text, vision_config=vision, num_labels=5, **eager)
    hugging_face("hf-siglip-classifier", transformers.SiglipForImageClassification(labelled), 43)
    exact = vision | {"hidden_act": "gelu"}
    both = transformers.CLIPConfig(text_config=text, vision_config=exact, projection_dim=6, **eager)
    whole("hf-clip-whole", transformers.CLIPModel(both), lambda model: model.vision_model, 45)
    gated = transformers.Dinov2Config(**sizes, mlp_ratio=2, use_swiglu_ffn=True)
    hugging_face("hf-dinov2-gated", transformers.Dinov2Model(gated), 46)
    hugging_face("hf-dinov2-gated-5", transformers.Dinov2Model(gated), 47, newer_names=True)
    labelled = transformers.Dinov2WithRegistersConfig(**sizes, mlp_ratio=2, num_labels=5, num_register_tokens=2)
    hugging_face("hf-dinov2-classifier", transformers.Dinov2WithRegistersForImageClassification(labelled), 49)


if __name__ == "__main__":
    main()
