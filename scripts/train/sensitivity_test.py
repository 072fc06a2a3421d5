"""Tests sensitivity.py on a model that sees one frequency: python -m unittest sensitivity_test"""

import unittest

import torch
from timm.models.vision_transformer import VisionTransformer

from sensitivity import COLOURS, cosines, information, steps


class SensitivityTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.model = VisionTransformer(img_size=32, patch_size=8, embed_dim=16, depth=1, num_heads=2, num_classes=5).eval()
        self.model.requires_grad_(False)

    def measure(self):
        images = torch.randint(0, 256, (4, 3, 32, 32), generator=torch.Generator().manual_seed(1))
        mean, std = torch.full((3,), 0.5), torch.full((3,), 0.5)
        return information(self.model, images, mean, std, torch.Generator().manual_seed(2))

    def test_a_model_that_sees_one_frequency_depends_on_it_alone(self):
        transform = cosines(8)
        basis = transform[2][:, None] * transform[5]
        to_luma = torch.linalg.inv(COLOURS)[0]
        weights = torch.randn(16)[:, None, None, None] * to_luma[:, None, None] * basis
        self.model.patch_embed.proj.weight.copy_(weights)
        total = self.measure()
        self.assertGreater(total[0, 2, 5], 0)
        total[0, 2, 5] = 0
        self.assertLess(total.max(), 1e-9)

    def test_the_more_a_model_depends_on_a_channel_the_shorter_its_steps(self):
        total = torch.ones(3, 8, 8)
        total[1] /= 4
        self.assertEqual([1.0] * 15, steps(total)[0])
        self.assertEqual([2.0] * 15, steps(total)[1])

    def test_equal_seeds_give_equal_results(self):
        self.assertTrue(torch.equal(self.measure(), self.measure()))


if __name__ == "__main__":
    unittest.main()
