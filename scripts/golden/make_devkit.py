"""Makes small files with the structure of the ILSVRC2012 development kit's data/meta.mat, of four classes.

    python scripts/golden/make_devkit.py        (takes a second; reproduces the same bytes)

In collab/evaluation/src/test/corpus/devkit-classes:

  compressed.mat   as MATLAB 7 writes it, each variable a zlib stream, after a variable that isn't asked for
  plain.mat        the same without compression
"""

import io

import numpy as np
from scipy.io import savemat

from golden_files import ROOT

FOLDER = ROOT / "collab/evaluation/src/test/corpus/devkit-classes"
HEADER_TEXT_BYTES = 116

# ILSVRC2012_ID, WordNet id, words, children; ids are in another order than WordNet ids, and the last isn't a leaf
SYNSETS = [
    (1, "n01484850", "great white shark, white shark", []),
    (2, "n01440764", "tench, Tinca tinca", []),
    (3, "n01443537", "goldfish", []),
    (4, "n00015388", "animal", [1, 2, 3]),
]


def main():
    fields = ["ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height"]
    synsets = np.zeros((len(SYNSETS), 1), dtype=[(name, object) for name in fields])
    for i, (number, wordnet_id, words, children) in enumerate(SYNSETS):
        synsets[i, 0] = (
            float(number),
            wordnet_id,
            words,
            "",
            float(len(children)),
            np.array([children], dtype=float),
            float(i == 3),
        )
    for name, compressed in (("compressed.mat", True), ("plain.mat", False)):
        out = io.BytesIO()
        savemat(out, {"before": np.arange(3.0), "synsets": synsets}, do_compression=compressed)
        content = bytearray(out.getvalue())
        content[:HEADER_TEXT_BYTES] = b"MATLAB 5.0 MAT-file".ljust(HEADER_TEXT_BYTES)  # without the time
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
