"""Tests fine-tuning on parts with a small random model: python -m unittest glimpses_test (in this folder)."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from timm import create_model

import glimpses
from parts import AttendingTeacher, draw_count, draw_parts, forward
from pictures import degrade, find, read_classes, split

SMALL = {"img_size": 224, "embed_dim": 48, "depth": 2, "num_heads": 3, "num_classes": 4}
NAME = "vit_tiny_patch16_224"


def small_model() -> torch.nn.Module:
    torch.manual_seed(1)
    return create_model(NAME, **SMALL).eval()


class PartsTest(unittest.TestCase):
    def test_all_patches_give_what_timm_gives(self) -> None:
        for pool in ("token", "avg", "map"):
            model = create_model(NAME, **SMALL, global_pool=pool, class_token=pool == "token").eval()
            images = torch.rand(2, 3, 224, 224)
            everything = torch.arange(196).expand(2, -1)
            torch.testing.assert_close(forward(model, images), model(images))
            torch.testing.assert_close(forward(model, images, everything), model(images), rtol=1e-4, atol=1e-5)

    def test_patches_that_are_left_out_do_not_matter(self) -> None:
        model, images = small_model(), torch.rand(1, 3, 224, 224)
        changed = images.clone()
        changed[:, :, :16, :16] = 0  # patch 0
        keep = torch.tensor([[5, 17, 100]])
        torch.testing.assert_close(forward(model, images, keep), forward(model, changed, keep))

    def test_the_teachers_attention_is_that_of_its_last_block(self) -> None:
        model, images = small_model(), torch.rand(2, 3, 224, 224)
        logits, attention = AttendingTeacher(model)(images)
        torch.testing.assert_close(logits, model(images))
        block = model.blocks[-1]
        block.attn.fused_attn = False
        rows = []
        block.attn.attn_drop.register_forward_hook(lambda *call: rows.append(call[2]))
        model(images)
        expected = rows[0][:, :, 0, 1:].mean(1)
        torch.testing.assert_close(attention, expected / expected.sum(1, keepdim=True))

    def test_parts_are_different_patches_and_follow_the_attention(self) -> None:
        attention = torch.full((50, 196), 1e-9)
        attention[:, :20] = 0.05
        near = 0
        for seed in range(20):
            drawn = draw_parts((50, 196), 20, attention, torch.Generator().manual_seed(seed))
            self.assertEqual([len(set(row)) for row in drawn.tolist()], [20] * 50)
            near += (drawn < 20).double().mean().item() / 20
        self.assertGreater(near, 0.5)

    def test_counts_reach_from_few_to_all(self) -> None:
        counts = [draw_count(196, torch.Generator().manual_seed(seed)) for seed in range(500)]
        self.assertLess(min(counts), 10)
        self.assertGreater(max(counts), 190)
        self.assertTrue(all(6 <= count <= 196 for count in counts))


class FineTuningTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        random = np.random.default_rng(3)
        for index in range(12):
            path = self.folder / "images" / f"class{index % 4}" / f"{index}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(random.integers(0, 256, (40, 50, 3), np.uint8)).save(path)
        self.checkpoint = self.folder / "model.safetensors"
        small = create_model(NAME, num_classes=4, depth=1)
        save_file(small.state_dict(), self.checkpoint)

    def run_with(self, out: str, *more: str) -> str:
        said = io.StringIO()
        args = [
            "glimpses.py",
            "--model",
            NAME,
            "--checkpoint",
            str(self.checkpoint),
            "--images",
            str(self.folder / "images"),
        ]
        args += ["--out", str(self.folder / out), "--batch", "4", "--epochs", "2", "--device", "cpu", *more]
        with mock.patch.object(sys, "argv", args), contextlib.redirect_stdout(said):
            glimpses.main()
        return said.getvalue()

    def weights(self, out: str) -> dict[str, torch.Tensor]:
        return load_file(self.folder / out / "model.safetensors")

    def test_a_run_without_labels_writes_what_convert_reads(self) -> None:
        self.run_with("out")
        original = load_file(self.checkpoint)
        tuned = self.weights("out")
        self.assertEqual({key: value.shape for key, value in tuned.items()}, {k: v.shape for k, v in original.items()})
        self.assertFalse(torch.equal(tuned["head.weight"], original["head.weight"]))
        self.assertIn('"architecture": "vit_tiny_patch16_224"', (self.folder / "out" / "config.json").read_text())
        log = (self.folder / "out" / "log.csv").read_text().splitlines()
        self.assertEqual([line.split(",")[0] for line in log], ["epoch", "0", "1", "2"])

    def test_a_killed_run_ends_as_one_that_was_left_alone(self) -> None:
        self.run_with("whole", "--classes", "sorted")
        learn, left = glimpses.Run.learn, [3]

        def killed(run: glimpses.Run, *batch: torch.Tensor) -> float:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return learn(run, *batch)

        with mock.patch.object(glimpses.Run, "learn", killed), self.assertRaises(KeyboardInterrupt):
            self.run_with("killed", "--classes", "sorted", "--save-every", "1")
        self.run_with("killed", "--classes", "sorted", "--save-every", "1")
        for key, value in self.weights("whole").items():
            self.assertTrue(torch.equal(value, self.weights("killed")[key]), key)

    def test_another_recipe_does_not_resume(self) -> None:
        self.run_with("out")
        with self.assertRaisesRegex(SystemExit, "another recipe"):
            self.run_with("out", "--seed", "5")

    def test_the_fair_rival_learns_from_compressed_pictures(self) -> None:
        self.run_with("out", "--on", "jpeg,webp,small")
        self.assertFalse(torch.equal(self.weights("out")["head.weight"], load_file(self.checkpoint)["head.weight"]))

    def test_what_is_wrong_is_said_in_one_line(self) -> None:
        for more, said in (
            (["--on", "gif"], "--on: 'gif' is invalid"),
            (["--images", str(self.folder / "none")], "no such folder"),
            (["--batch", "0"], "--batch: expected a number above 0"),
            (["--model", "vit_small_patch16_224"], "isn't a vit_small_patch16_224"),
            (["--model", "resnet18", "--checkpoint", str(self.checkpoint)], "resnet18"),
            (["--checkpoint", str(Path(__file__))], "glimpses_test.py: isn't a"),
        ):
            with self.subTest(more), self.assertRaises(SystemExit) as raised:
                self.run_with("out", *more)
            self.assertIn(said, str(raised.exception))
            self.assertNotIn("\n", str(raised.exception))


class PicturesTest(unittest.TestCase):
    def test_degraded_pictures_keep_their_size_and_lose_detail(self) -> None:
        image = Image.fromarray(np.random.default_rng(0).integers(0, 256, (96, 96, 3), np.uint8))
        for kinds in ({"jpeg"}, {"webp"}, {"small"}, {"jpeg", "webp", "small"}):
            losses = []
            for seed in range(8):
                other = degrade(image, kinds, np.random.default_rng(seed))
                self.assertEqual(other.size, image.size)
                losses.append(np.abs(np.array(other, int) - np.array(image, int)).mean())
            self.assertGreater(max(losses), 5, kinds)

    def test_classes_are_read_from_tables(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            table = Path(name) / "classes.tsv"
            table.write_text("index\twnid\tname\n0\tn01\ttench\n1\tn02\tShih-Tzu\n")
            self.assertEqual(read_classes(str(table), Path(name))["n02"], 1)

    def test_pictures_are_held_out_by_their_names(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            for index in range(10):
                Image.new("RGB", (4, 4)).save(Path(name) / f"{index}.png")
            pictures = find(Path(name), None)
            learn, held_out = split(pictures, 3)
            self.assertEqual(len(held_out), 3)
            self.assertEqual({p.path for p in learn} | {p.path for p in held_out}, {p.path for p in pictures})


if __name__ == "__main__":
    unittest.main()
