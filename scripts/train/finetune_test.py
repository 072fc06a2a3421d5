"""Tests fine-tuning the demo's server, on images that come with the program: python -m unittest finetune_test"""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from safetensors.torch import load_file

from data import Split, load_test
from finetune import BUNDLED, bundled, degraded, fine_tune
from loop import accuracy, save_atomically
from models import EDGE, SERVER


class FinetuneTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.out = Path(temporary.name)
        images = load_test(BUNDLED)
        self.some = Split(images.images[:256], images.labels[:256])

    def test_the_bundled_models_are_read(self):
        self.assertGreater(accuracy(bundled("server", SERVER), self.some), 0.9)
        self.assertGreater(accuracy(bundled("edge", EDGE), self.some), 0.8)

    def test_what_is_left_of_images_depends_on_the_seed_alone(self):
        once, again, otherwise = (degraded(self.some.images, np.random.default_rng(seed)) for seed in (1, 1, 2))
        self.assertEqual(once.shape, self.some.images.shape)
        self.assertTrue(torch.equal(once, again))
        self.assertFalse(torch.equal(once, otherwise))

    def test_a_killed_run_ends_as_an_uninterrupted_one(self):
        for kind in ("parts", "files"):
            fine_tune(kind, self.some, self.some, self.out / "whole", epochs=1)
            dying = mock.patch.multiple("loop", SAVE_EVERY=1, save_atomically=self.save_and_die)
            with dying, self.assertRaises(KeyboardInterrupt):  # after the first of two steps
                fine_tune(kind, self.some, self.some, self.out / "killed", epochs=1)
            fine_tune(kind, self.some, self.some, self.out / "killed", epochs=1)
            whole, killed = (load_file(self.out / folder / f"{kind}.safetensors") for folder in ("whole", "killed"))
            for key, value in whole.items():
                self.assertTrue(torch.equal(killed[key], value), key)

    @staticmethod
    def save_and_die(state: object, path: Path) -> None:
        save_atomically(state, path)
        raise KeyboardInterrupt


if __name__ == "__main__":
    unittest.main()
