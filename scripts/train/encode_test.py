"""Tests encode.py on a few random pictures: python -m unittest encode_test"""

import gzip
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
METADATA = {
    "glimpse.preprocessing.crop_mode": "center",
    "glimpse.preprocessing.resize": "40",
    "glimpse.preprocessing.size": "32",
    "glimpse.preprocessing.interpolation": "bicubic",
    "glimpse.preprocessing.mean": "0.5,0.5,0.5",
}


class EncodeTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        header = json.dumps({"__metadata__": METADATA}).encode()
        (self.folder / "model").write_bytes(struct.pack("<Q", len(header)) + header)
        for name in ("test/ant/a.png", "test/bee/b.JPEG", "held-out/ant/c.png"):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.frombytes("RGB", (50, 44), os.urandom(50 * 44 * 3)).save(path)

    def encode(self, *more, choose_on="held-out"):
        command = [
            sys.executable,
            str(HERE / "encode.py"),
            "--model",
            "model",
            "--images",
            "test",
            "--choose-on",
            choose_on,
        ]
        return subprocess.run(
            [*command, "--out", "out", "--format", *more], cwd=self.folder, capture_output=True, text=True, check=False
        )

    def test_each_format_has_a_folder_and_an_option(self):
        run = self.encode("webp:40", "webp:50@16", "jpeg:30")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(
            run.stdout.splitlines()[-1],
            "--encoded WebP:40=out/webp-40 --encoded scaled-down-WebP:50@16=out/webp-50@16"
            " --encoded Pillow-JPEG:30=out/jpeg-30",
        )
        self.assertEqual(Image.open(self.folder / "out/webp-40/images/bee/b.webp").size, (32, 32))
        self.assertEqual(Image.open(self.folder / "out/webp-50@16/choose-on/ant/c.webp").size, (16, 16))
        self.assertEqual(Image.open(self.folder / "out/jpeg-30/images/ant/a.jpeg").format, "JPEG")

    def test_what_is_there_is_kept(self):
        self.encode("webp:40")
        kept = self.folder / "out/webp-40/images/ant/a.webp"
        kept.write_bytes(b"mine")
        (self.folder / "out/webp-40/images/bee/b.webp").unlink()
        self.assertEqual(self.encode("webp:40").returncode, 0)
        self.assertEqual(kept.read_bytes(), b"mine")
        self.assertTrue((self.folder / "out/webp-40/images/bee/b.webp").exists())

    def test_images_of_an_idx_file_are_named_by_their_numbers(self):
        pixels = os.urandom(12 * 32 * 32)
        content = b"\0\0\x08\x03" + struct.pack(">3I", 12, 32, 32) + pixels
        (self.folder / "idx.gz").write_bytes(gzip.compress(content))
        run = self.encode("webp:100", "--choose-on-skip", "10", choose_on="idx.gz")
        self.assertEqual(run.returncode, 0, run.stderr)
        files = sorted((self.folder / "out/webp-100/choose-on").iterdir())
        self.assertEqual([path.name for path in files], ["10.webp", "11.webp"])

    def test_wrong_input_is_one_line(self):
        for more, message in ((["webp:40@32"], "expected a side below"), (["gif:4"], "'gif:4' is invalid")):
            run = self.encode(*more)
            self.assertNotEqual(run.returncode, 0)
            self.assertIn(message, run.stderr.splitlines()[-1])
        self.assertIn("no such folder, list or IDX file", self.encode("webp:40", choose_on="nowhere").stderr)


if __name__ == "__main__":
    unittest.main()
