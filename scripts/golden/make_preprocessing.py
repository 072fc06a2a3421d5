"""Makes the golden images: small image files, and how Pillow and timm decode, resize and preprocess them.

    python scripts/golden/make_preprocessing.py     (takes seconds; reproduces the same bytes)

In engine/src/test/resources/glimpse/engine/image:

  decode/NAME.jpg|png         an image file
  decode/NAME.rgb             [height][width][3]  Pillow's Image.open(file).convert("RGB")
  damaged/NAME.jpg, .jpg.rgb  the same of JPEGs whose damage libjpeg passes over
  damaged/changed.tsv         files of decode with some bytes changed, and the CRC-32 of what Pillow makes of them
  resize/WxH[-KIND].rgb       [height][width][3]  a source image
  resize/SOURCE.FILTER.WxH.rgb                    the source after Pillow's resize
  preprocessing/NAME.crop     [size][size][3]     the source after timm's transforms up to ToTensor
  preprocessing/NAME.f32      [channels][size][size]  the source after all of timm's transforms, little endian

and in each folder an index.tsv, whose first line names the columns. In
collab/evaluation/src/test/resources/glimpse/evaluation/data:

  NAME.webp, NAME.webp.rgb    as in decode
"""

import io
import random
import shutil
import struct
import zlib
from pathlib import Path

import numpy
from PIL import Image
from timm.data import create_transform

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "engine/src/test/resources/glimpse/engine/image"
WEBP = ROOT / "collab/evaluation/src/test/resources/glimpse/evaluation/data"
FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
LANCZOS = {"lanczos": Image.Resampling.LANCZOS}  # for resizing alone, no model asks for it


def noise(width, height, seed):
    """Returns noise with many samples at 0 and 255, so that a filter's overshoot is clipped."""
    samples = numpy.random.default_rng(seed).integers(-128, 384, (height, width, 3))
    return Image.fromarray(samples.clip(0, 255).astype(numpy.uint8))


def scene(width, height, seed):
    """Returns waves with a little noise, which JPEG compression preserves well."""
    generator = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width]
    channels = []
    for _ in range(3):
        a, b, phase = generator.uniform(0.05, 0.5, 3)
        channels.append(127 + 110 * numpy.sin(a * x + b * y + 6 * phase) + generator.normal(0, 8, (height, width)))
    return Image.fromarray(numpy.stack(channels, 2).clip(0, 255).astype(numpy.uint8))


def jpeg(image, **options):
    data = io.BytesIO()
    image.save(data, "JPEG", **{"quality": 85, **options})
    return data.getvalue()


def segments(data):
    """Yields a JPEG's marker segments before the first scan, as (marker, start, end)."""
    at = 2
    while data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 1], at, end
        at = end


def without(data, marker):
    for found, start, end in reversed(list(segments(data))):
        if found == marker:
            data = data[:start] + data[end:]
    return data


def with_adobe(data, transform):
    """Puts an Adobe segment first, and removes the JFIF segment and any other Adobe segment."""
    data = without(without(data, 0xE0), 0xEE)
    adobe = b"\xff\xee" + struct.pack(">H5sHHHB", 14, b"Adobe", 100, 0, 0, transform)
    return data[:2] + adobe + data[2:]


def reframed(data, size=None, identifiers=None, sampling=None):
    """Changes the frame header and leaves the compressed data alone."""
    for marker, start, _ in segments(data):
        if 0xC0 <= marker <= 0xC2:
            frame, count = start, data[start + 9]
    data = bytearray(data)
    if size:
        data[frame + 5 : frame + 9] = struct.pack(">HH", size[1], size[0])
    for component in range(count):
        if identifiers:
            scan = data.index(b"\xff\xda", frame)
            data[frame + 10 + 3 * component] = data[scan + 5 + 2 * component] = identifiers[component]
        if sampling:
            data[frame + 11 + 3 * component] = sampling[component]
    return bytes(data)


def jpegs():
    photo = scene(37, 29, 1)
    grey = photo.convert("L")
    inks = Image.merge("CMYK", [*photo.split(), scene(37, 29, 2).split()[0]])
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: rotated by 90 degrees
    yield "444", jpeg(photo, subsampling="4:4:4")
    yield "422", jpeg(photo, subsampling="4:2:2")
    yield "420", jpeg(photo, subsampling="4:2:0")
    yield "420-narrow", jpeg(scene(3, 40, 3), subsampling="4:2:0")
    yield "420-pixel", jpeg(scene(1, 1, 4), subsampling="4:2:0")
    # MCUs are 16 x 8 in 4:2:2 and 8 x 16 in 4:4:0; both images have 6 across and 3 down
    yield "440", reframed(jpeg(scene(96, 24, 5), subsampling="4:2:2"), size=(45, 43), sampling=[0x12, 0x11, 0x11])
    yield "420-noise-quality-10", jpeg(noise(37, 29, 6), subsampling="4:2:0", quality=10)
    yield "420-progressive", jpeg(photo, subsampling="4:2:0", progressive=True)
    yield "420-restart", jpeg(photo, subsampling="4:2:0", restart_marker_blocks=1)
    yield "420-orientation", jpeg(photo, exif=exif)
    yield "420-comment-profile-tail", jpeg(photo, comment=b"x" * 300, icc_profile=b"not a profile") + b"tail"
    yield "grey", jpeg(grey)
    yield "grey-progressive", jpeg(grey, progressive=True)
    yield "rgb-by-identifiers", without(jpeg(photo, keep_rgb=True), 0xE0)
    yield "rgb-by-adobe", with_adobe(jpeg(photo, subsampling="4:4:4"), 0)
    yield "ycbcr-by-adobe", with_adobe(jpeg(photo), 1)
    yield "ycbcr-by-identifiers", without(jpeg(photo, subsampling="4:4:4"), 0xE0)
    yield "ycbcr-odd-identifiers", reframed(without(jpeg(photo, subsampling="4:4:4"), 0xE0), identifiers=[0, 1, 2])
    yield "cmyk", jpeg(inks)
    yield "cmyk-no-adobe", without(without(jpeg(inks), 0xE0), 0xEE)
    yield "ycck", with_adobe(jpeg(inks), 2)


def scan_start(data):
    scan = data.index(b"\xff\xda")
    return scan + 2 + int.from_bytes(data[scan + 2 : scan + 4], "big")


def damaged_jpegs():
    photo = scene(37, 29, 1)
    whole = jpeg(photo, subsampling="4:2:0")
    start, end = scan_start(whole), len(whole) - 2
    middle = (start + end) // 2
    yield "stray-bytes-before-end", whole[:end] + b"\x12\x34\xff\x00\x56" + whole[end:]
    yield "bits-missing", whole[:middle] + whole[end:]
    yield "bits-doubled", whole[:middle] + whole[middle - 50 : middle] * 4 + whole[middle:]
    yield "all-ones", whole[:middle] + b"\xff\0" * 4 + whole[middle + 8 :]
    yield "comment-in-pixel-data", whole[:middle] + b"\xff\xfe\0\x04no" + whole[middle:]
    yield "restart-marker-without-interval", whole[:middle] + b"\xff\xd0" + whole[middle:]
    yield "huffman-tables-missing", without(whole, 0xC4)
    yield "progressive-parameters", whole[: start - 3] + b"\x01\x20\x11" + whole[start:]
    yield "overflow", jpeg(noise(37, 29, 6), qtables=[[2] * 64, [2] * 64]).replace(b"\2" * 64, b"\xff" * 64)
    yield "ycck-by-odd-adobe", with_adobe(jpeg(Image.merge("CMYK", [*photo.split(), scene(37, 29, 2).split()[0]])), 1)

    restarts = jpeg(photo, subsampling="4:2:0", restart_marker_blocks=1)
    at = [restarts.index(bytes([0xFF, 0xD0 + i])) for i in range(5)]
    yield "restart-missing", restarts[: at[1]] + restarts[at[1] + 2 :]
    yield "restart-interval-missing", restarts[: at[1]] + restarts[at[2] :]
    yield "restart-intervals-missing", restarts[: at[0]] + restarts[at[4] :]
    yield "restart-interval-doubled", restarts[: at[2]] + restarts[at[1] : at[2]] + restarts[at[2] :]
    yield "restart-intervals-doubled", restarts[: at[4]] + restarts[at[0] :]
    yield "restart-marker-odd", restarts[: at[2] + 1] + b"\xd7" + restarts[at[2] + 2 :]
    yield "restart-marker-reserved", restarts[: at[2]] + b"\xff\x02\xff\xff" + restarts[at[2] :]

    progressive = jpeg(photo, subsampling="4:2:0", progressive=True)
    scans = [i for i in range(len(progressive)) if progressive[i : i + 2] == b"\xff\xda"]
    for count in 1, 2, 5:
        tables = progressive.rindex(b"\xff\xc4", 0, scans[count])
        yield f"progressive-first-{count}", progressive[:tables] + b"\xff\xd9"
    yield "progressive-bits-missing", progressive[: scans[-1] + 40] + b"\xff\xd9"
    start = scan_start(progressive)
    yield "progressive-all-ones", progressive[: start + 9] + b"\xff\0" * 4 + progressive[start + 17 :]


def crc_of_pillow(data):
    """What an image's samples come to, or None."""
    try:
        image = Image.open(io.BytesIO(data)).convert("RGB")
    except Exception:  # noqa: BLE001 (Pillow raises many kinds for damaged files)
        return None
    return f"{image.width}\t{image.height}\t{zlib.crc32(image.tobytes()):08x}"


def make_damaged(folder):
    index = ["file\twidth\theight"]
    for name, data in damaged_jpegs():
        image = Image.open(io.BytesIO(data)).convert("RGB")
        (folder / f"{name}.jpg").write_bytes(data)
        (folder / f"{name}.jpg.rgb").write_bytes(image.tobytes())
        index.append(f"{name}.jpg\t{image.width}\t{image.height}")
    generator = random.Random(1)
    changed = ["file\tchanges (byte=value)\twidth\theight\tcrc32"]
    for name, data in jpegs():
        for _ in range(20):
            bytes_changed = bytearray(data)
            changes = []
            for _ in range(generator.randint(1, 3)):
                at, value = generator.randrange(scan_start(data), len(data) - 6), generator.randrange(255)
                bytes_changed[at] = value
                changes.append(f"{at}={value}")
            found = crc_of_pillow(bytes(bytes_changed))
            if found:
                changed.append(f"{name}.jpg\t{' '.join(changes)}\t{found}")
    (folder / "changed.tsv").write_text("\n".join(changed) + "\n")
    return index


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, before=(), interlace=0):
    """Returns a PNG of raw rows, each of which starts with its filter byte."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    chunks = [(b"IHDR", header), *before, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in chunks)


def adam7(samples):
    """Returns the unfiltered rows of Adam7's seven passes."""
    rows = b""
    for top, left, down, across in [
        (0, 0, 8, 8),
        (0, 4, 8, 8),
        (4, 0, 8, 4),
        (0, 2, 4, 4),
        (2, 0, 4, 2),
        (0, 1, 2, 2),
        (1, 0, 2, 1),
    ]:
        for row in samples[top::down, left::across]:
            rows += b"\0" + row.tobytes() if row.size else b""
    return rows


def pngs():
    photo = scene(23, 17, 7)
    alpha = scene(23, 17, 8).split()[0]
    palette = numpy.random.default_rng(9).integers(0, 256, 15).astype(numpy.uint8).tobytes()
    random = numpy.random.default_rng(10)

    def saved(image, **options):
        data = io.BytesIO()
        image.save(data, "PNG", **options)
        return data.getvalue()

    def packed(depth):
        width = (23 * depth + 7) // 8
        return b"".join(b"\0" + random.bytes(width) for _ in range(17))

    yield "rgb", saved(photo)
    yield "rgba", saved(Image.merge("RGBA", [*photo.split(), alpha]))
    yield "rgb-transparent-colour", saved(photo, transparency=photo.getpixel((3, 3)))
    yield "rgb-interlaced", png(23, 17, 8, 2, adam7(numpy.array(photo)), interlace=1)
    yield (
        "rgb-gamma-profile-text",
        png(
            23,
            17,
            8,
            2,
            b"".join(b"\0" + row.tobytes() for row in numpy.array(photo)),
            [
                (b"gAMA", struct.pack(">I", 100000)),
                (b"iCCP", b"odd\0\0" + zlib.compress(b"not a profile")),
                (b"tEXt", b"a\0b"),
            ],
        ),
    )
    yield "rgb-16", png(23, 17, 16, 2, b"".join(b"\0" + random.bytes(23 * 6) for _ in range(17)))
    yield "rgba-16", png(23, 17, 16, 6, b"".join(b"\0" + random.bytes(23 * 8) for _ in range(17)))
    yield "grey", saved(photo.convert("L"))
    yield "grey-alpha", saved(Image.merge("LA", [photo.convert("L"), alpha]))
    yield "grey-alpha-16", png(23, 17, 16, 4, b"".join(b"\0" + random.bytes(23 * 4) for _ in range(17)))
    for depth in (1, 2, 4):
        yield f"grey-{depth}", png(23, 17, depth, 0, packed(depth))
    for depth, entries in (1, 2), (2, 4), (4, 5), (8, 5):
        # with fewer than 2^depth colours, some indices exceed the palette
        yield f"palette-{depth}", png(23, 17, depth, 3, packed(depth), [(b"PLTE", palette[: entries * 3])])
    yield "palette-transparent", saved(photo.quantize(7), transparency=2)


def make_decode(folder):
    index = ["file\twidth\theight"]
    for suffix, files in ("jpg", jpegs()), ("png", pngs()):
        for name, data in files:
            image = Image.open(io.BytesIO(data)).convert("RGB")
            (folder / f"{name}.{suffix}").write_bytes(data)
            (folder / f"{name}.{suffix}.rgb").write_bytes(image.tobytes())
            index.append(f"{name}.{suffix}\t{image.width}\t{image.height}")
    return index


def make_resize(folder):
    grey = noise(20, 14, 20).convert("L").convert("RGB")
    cases = {
        "37x23": (noise(37, 23, 11), ["16x11", "12x23", "37x9", "37x23", "74x46", "53x12", "20x40", "1x1", "36x24"]),
        # the height loses more than twice as many pixels as the width, exactly twice as many, or the width grows
        "9x61": (noise(9, 61, 12), ["5x20", "9x20", "14x20", "5x53", "4x51", "4x50"]),
        "1x17": (noise(1, 17, 13), ["1x5", "4x17", "3x34"]),
        "17x1": (noise(17, 1, 14), ["5x1", "17x4", "8x8"]),
        "1x1": (noise(1, 1, 15), ["5x3"]),
        "20x14-grey": (grey, ["9x31", "8x8"]),
        "64x40-scene": (scene(64, 40, 16), ["40x25", "51x32"]),
    }
    index = ["source\tfilter\ttarget"]
    for name, (source, targets) in cases.items():
        (folder / f"{name}.rgb").write_bytes(source.tobytes())
        for target in targets:
            for filter_name, code in (FILTERS | LANCZOS).items():
                resized = source.resize(tuple(map(int, target.split("x"))), code)
                (folder / f"{name}.{filter_name}.{target}.rgb").write_bytes(resized.tobytes())
                index.append(f"{name}\t{filter_name}\t{target}")
    return index


def make_preprocessing(folder):
    rgb = {"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)}
    grey = {"mean": (0.286,), "std": (0.353,)}
    # (width, height), shorter side, crop: odd and even remainders, up and down, crops larger than the image
    cases = [
        ((45, 31), 18, 16, "bicubic", rgb),
        ((40, 31), 18, 15, "bicubic", rgb),
        ((31, 52), 18, 15, "bilinear", rgb),
        ((31, 49), 16, 14, "bilinear", rgb),
        ((26, 80), 18, 16, "bicubic", rgb),
        ((9, 13), 24, 21, "bicubic", rgb),
        ((24, 24), 18, 18, "bicubic", rgb),
        ((18, 30), 18, 16, "bicubic", rgb),
        ((30, 20), 12, 17, "bicubic", rgb),
        ((20, 33), 12, 16, "bicubic", rgb),
        ((33, 21), 18, 16, "bicubic", grey),
    ]
    index = ["name\twidth\theight\tresize\tsize\tfilter\tmean\tstd"]
    for number, ((width, height), resize, size, filter_name, scale) in enumerate(cases):
        source = noise(width, height, 30 + number)
        transform = create_transform(
            (len(scale["mean"]), size, size), interpolation=filter_name, crop_pct=size / resize, **scale
        )
        assert transform.transforms[0].size == resize
        image = source if scale is rgb else source.convert("L")
        crop = transform.transforms[1](transform.transforms[0](image))
        (folder / f"{number}.rgb").write_bytes(source.tobytes())
        (folder / f"{number}.crop").write_bytes(crop.convert("RGB").tobytes())
        (folder / f"{number}.f32").write_bytes(transform(image).numpy().astype("<f4").tobytes())
        mean, std = (",".join(map(str, scale[key])) for key in ("mean", "std"))
        index.append(f"{number}\t{width}\t{height}\t{resize}\t{size}\t{filter_name}\t{mean}\t{std}")
    return index


def make_webp(folder):
    photo = scene(37, 29, 50)
    alpha = photo.copy()
    alpha.putalpha(scene(37, 29, 51).convert("L"))
    pale = Image.blend(photo.convert("L").convert("RGB"), photo, 0.2)
    parts = Image.new("RGB", (80, 48), (20, 120, 220))  # different codes and predictors, and copies
    parts.paste(scene(40, 24, 53), (0, 0))
    parts.paste(noise(16, 16, 54).quantize(7).convert("RGB"), (40, 0))
    parts.paste(parts.crop((40, 0, 56, 16)), (60, 28))
    parts.paste(photo, (0, 24))
    folder.mkdir(parents=True, exist_ok=True)
    for name, image, options in [
        ("lossless", photo, {"lossless": True}),
        ("lossless-parts", parts, {"lossless": True, "quality": 100, "method": 6}),
        ("lossless-13-colours", photo.quantize(13).convert("RGB"), {"lossless": True}),
        ("lossless-3-colours", photo.quantize(3).convert("RGB"), {"lossless": True}),
        ("lossless-2-colours", photo.quantize(2).convert("RGB"), {"lossless": True}),
        ("lossless-alpha", alpha, {"lossless": True, "exact": True}),
        ("animated", photo, {"lossless": True, "save_all": True, "append_images": [scene(37, 29, 52)]}),
        ("lossy", pale, {"quality": 90}),
    ]:
        data = io.BytesIO()
        image.save(data, "WEBP", **options)
        (folder / f"{name}.webp").write_bytes(data.getvalue())
        if name != "animated":  # the program rejects animations
            (folder / f"{name}.webp.rgb").write_bytes(Image.open(data).convert("RGB").tobytes())


def main():
    for name, make in (
        ("decode", make_decode),
        ("damaged", make_damaged),
        ("resize", make_resize),
        ("preprocessing", make_preprocessing),
    ):
        folder = OUT / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "index.tsv").write_text("\n".join(make(folder)) + "\n")
    make_webp(WEBP)


if __name__ == "__main__":
    main()
