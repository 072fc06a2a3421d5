"""Encodes images as a server would be sent them whole, for `glimpse sweep --encoded`.

python encode.py --model MODEL --images IMAGES [--choose-on IMAGES] --format webp:40 webp:40@112 --out OUT

MODEL is a converted one, whose metadata says what square of an image it sees: that square is encoded, by Pillow, in its own
size or scaled down (Lanczos) to the side after the @. Each format becomes OUT/FORMAT, with the images' names below
`images` and `choose-on`, and the last line printed is the options for the sweep. IMAGES are folders, lists of an image's path
and class per line, or IDX files. Files that are there already are kept: a killed run, started again, goes on.
"""

import argparse
import gzip
import io
import json
import os
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

SUFFIXES = {".jpeg", ".jpg", ".png", ".webp"}
METHOD = 4  # libwebp's default effort
IDX_IMAGES = b"\0\0\x08\x03"  # bytes in three dimensions
FORMAT = re.compile(r"(webp|jpeg):([0-9]{1,3})(?:@([0-9]{1,4}))?")


@dataclass(frozen=True)
class Format:
    codec: str
    quality: int
    side: int | None

    @staticmethod
    def parse(text: str) -> "Format":
        match = FORMAT.fullmatch(text)
        if not match or int(match[2]) > 100 or (match[3] and int(match[3]) < 1):
            raise argparse.ArgumentTypeError(
                f"'{text}' is invalid, expected webp:QUALITY or jpeg:QUALITY, perhaps with @SIDE"
            )
        return Format(match[1], int(match[2]), int(match[3]) if match[3] else None)

    @property
    def folder(self) -> str:
        return f"{self.codec}-{self.quality}" + (f"@{self.side}" if self.side else "")

    @property
    def name(self) -> str:
        """What the sweep calls it: all settings of a kind are one method."""
        kind = {"webp": "WebP", "jpeg": "Pillow-JPEG"}[self.codec]
        return f"scaled-down-{kind}:{self.quality}@{self.side}" if self.side else f"{kind}:{self.quality}"

    def encode(self, image: Image.Image) -> bytes:
        if self.side:
            image = image.resize((self.side, self.side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        if self.codec == "webp":
            image.save(file, "WEBP", quality=self.quality, method=METHOD)
        else:
            image.save(file, "JPEG", quality=self.quality, optimize=True)
        return file.getvalue()


@dataclass(frozen=True)
class Framing:
    """The square that a model sees, as its converted file describes it."""

    mode: str
    resize: int
    size: int
    filter: Image.Resampling
    channels: int

    @staticmethod
    def read(model: Path) -> "Framing":
        with model.open("rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            metadata = json.loads(file.read(length)).get("__metadata__", {})
        prefix = "glimpse.preprocessing."
        mode = metadata.get(prefix + "crop_mode", metadata.get(prefix + "framing"))  # the key of earlier files
        if mode is None:
            raise SystemExit(
                f"encode.py: --model {model}: has no preprocessing, expected a file that glimpse convert wrote"
            )
        size = int(metadata[prefix + "size"])
        return Framing(
            mode,
            int(metadata.get(prefix + "resize", size)),
            size,
            Image.Resampling[metadata.get(prefix + "interpolation", "bicubic").upper()],
            len(metadata[prefix + "mean"].split(",")),
        )

    def crop(self, image: Image.Image) -> Image.Image:
        image = image.convert("RGB")
        if self.channels == 1:
            image = image.convert("L")
        if self.mode == "as_is":
            return image
        if self.mode == "squash":
            image = image.resize((self.resize, self.resize), self.filter)
        else:
            width, height = image.size
            short = min(width, height)
            image = image.resize((int(self.resize * width / short), int(self.resize * height / short)), self.filter)
        left = round((image.width - self.size) / 2)
        top = round((image.height - self.size) / 2)
        return image.crop((left, top, left + self.size, top + self.size))


def find(source: Path) -> dict[str, Callable[[], Image.Image]]:
    """Returns how the images are read, by the names that the sweep has for them."""
    if source.is_dir():
        files = sorted(Path(folder) / name for folder, _, names in os.walk(source, followlinks=True) for name in names)
        paths = {path.relative_to(source).as_posix(): path for path in files}
    elif not source.is_file():
        raise SystemExit(f"encode.py: {source}: no such folder, list or IDX file")
    else:
        content = source.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        if content.startswith(IDX_IMAGES):
            return find_in_idx(content)
        lines = content.decode().splitlines()
        names = [re.split(r"\t|,(?=[^,]*$)| (?=[^ ]*$)", line.strip(), maxsplit=1)[0] for line in lines]
        paths = {name: source.parent / name for name in names}
    return {name: partial(Image.open, path) for name, path in paths.items() if path.suffix.lower() in SUFFIXES}


def find_in_idx(content: bytes) -> dict[str, Callable[[], Image.Image]]:
    """Names images by their numbers, zero-padded to the width of the last one's."""
    count, height, width = struct.unpack(">3I", content[4:16])
    digits, area = len(str(count - 1)), height * width
    return {
        f"{index:0{digits}}": partial(Image.frombytes, "L", (width, height), content[start : start + area])
        for index, start in enumerate(range(16, 16 + count * area, area))
    }


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    os.replace(partial, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="a file that glimpse convert wrote")
    parser.add_argument("--images", type=Path, required=True, help="the sweep's: a folder, a list or an IDX file")
    parser.add_argument("--choose-on", type=Path, help="the sweep's --choose-on")
    parser.add_argument("--choose-on-skip", type=int, default=0, help="the sweep's --choose-on-skip")
    parser.add_argument(
        "--format", type=Format.parse, nargs="+", required=True, help="webp:QUALITY[@SIDE] or jpeg:QUALITY[@SIDE]"
    )
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    framing = Framing.read(arguments.model)
    for form in arguments.format:
        if form.side and form.side >= framing.size:
            raise SystemExit(
                f"encode.py: --format @{form.side}: expected a side below the model's {framing.size} pixels"
            )
    parts = {"images": (arguments.images, 0), "choose-on": (arguments.choose_on, arguments.choose_on_skip)}
    for part, (source, skip) in parts.items():
        if source is None:
            continue
        images = dict(list(find(source).items())[skip:])
        if not images:
            raise SystemExit(f"encode.py: {source}: has no images" + (f" after the first {skip}" if skip else ""))
        for name, read in images.items():
            missing = []
            for form in arguments.format:
                to = arguments.out / form.folder / part / Path(name).with_suffix("." + form.codec)
                if not to.exists():
                    missing.append((form, to))
            if missing:
                with read() as image:
                    square = framing.crop(image)
                for form, to in missing:
                    write(to, form.encode(square))
        print(f"{part}: {len(images)} images as {len(arguments.format)} formats", flush=True)
    print(" ".join(f"--encoded {form.name}={arguments.out / form.folder}" for form in arguments.format))


if __name__ == "__main__":
    main()
