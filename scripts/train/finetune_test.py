"""Tests fine-tuning the demo's server, on images that come with the program: python -m unittest finetune_test"""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

from data import Split, load_test
from finetune import degraded, fine_tune
from loop import SEED, save_atomically
from models import EDGE, SERVER, Vit

BUNDLED = (
    Path(__file__).resolve().parents[2] / "collab/evaluation/src/main/resources/glimpse/evaluation/data/fashion-mnist"
)


class FinetuneTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.out = Path(temporary.name)
        images = load_test(BUNDLED)
        self.some = Split(images.images[:256], images.labels[:256])

    def test_what_is_left_of_images_depends_on_the_seed_alone(self):
        once, again, otherwise = (degraded(self.some.images, np.random.default_rng(seed)) for seed in (1, 1, 2))
        self.assertEqual(once.shape, self.some.images.shape)
        self.assertTrue(torch.equal(once, again))
        self.assertFalse(torch.equal(once, otherwise))

    def test_a_killed_run_ends_as_an_uninterrupted_one(self):
        for kind in ("parts", "files"):
            whole, killed = (self.untrained(name) for name in (f"whole-{kind}", f"killed-{kind}"))
            fine_tune(kind, self.some, self.some, whole, epochs=1)
            dying = mock.patch.multiple("loop", SAVE_EVERY=1, save_atomically=self.save_and_die)
            with dying, self.assertRaises(KeyboardInterrupt):  # after the first of two steps
                fine_tune(kind, self.some, self.some, killed, epochs=1)
            fine_tune(kind, self.some, self.some, killed, epochs=1)
            resumed = weights(killed / f"{kind}.pt")
            for key, value in weights(whole / f"{kind}.pt").items():
                self.assertTrue(torch.equal(resumed[key], value), key)

    def test_two_steps_move_the_base_server_a_little(self):
        out = self.untrained("out")
        base = weights(out / "server.pt")
        fine_tune("parts", self.some, self.some, out, epochs=1)
        for key, value in weights(out / "parts.pt").items():
            self.assertLess((value - base[key]).abs().max(), 0.01, key)

    def untrained(self, name: str) -> Path:
        out = self.out / name
        out.mkdir()
        torch.manual_seed(SEED)
        for model, config in (("server", SERVER), ("edge", EDGE)):
            save_atomically({"model": Vit(config).state_dict()}, out / f"{model}.pt")
        return out

    @staticmethod
    def save_and_die(state: object, path: Path) -> None:
        save_atomically(state, path)
        raise KeyboardInterrupt


def weights(checkpoint: Path) -> dict[str, torch.Tensor]:
    return torch.load(checkpoint, weights_only=True)["model"]


if __name__ == "__main__":
    unittest.main()
