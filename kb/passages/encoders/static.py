"""The shipped encoder: a vector for every piece of text, and the mean of them for a text. Reads its files with numpy; no torch.

It knows no word order: A比B快 and B比A快 get the same vector. See model/README.md for how it was trained and how well it finds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = Path(__file__).with_name("model")
TOKENIZER, VECTORS, SCALES, ABOUT = "tokenizer.json", "vectors.npy", "scales.npy", "model.json"
_MOST = 128  # pieces of a text that count, as in training
_BATCH = 1024  # texts
_TINY = 1e-9

Pieces = NDArray[numpy.int32]


class StaticEncoder:
    def __init__(self, folder: Path = MODEL) -> None:
        self.folder = folder

    @cached_property
    def name(self) -> str:
        return str(json.loads((self.folder / ABOUT).read_text(encoding="utf-8"))["name"])

    @cached_property
    def tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.folder / TOKENIZER))

    @cached_property
    def _vectors(self) -> NDArray[numpy.int8]:
        found: NDArray[numpy.int8] = numpy.load(self.folder / VECTORS, mmap_mode="r")  # a question touches a few rows only
        return found

    @cached_property
    def _scales(self) -> NDArray[numpy.float32]:
        return numpy.asarray(numpy.load(self.folder / SCALES), dtype=numpy.float32)

    def weights(self) -> NDArray[numpy.float32]:
        """The vectors of all pieces, a row each, in the tokenizer's order."""
        return self._vectors.astype(numpy.float32) * self._scales[:, None]

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The rows of the pieces of each text, in its order."""
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [numpy.array(encoding.ids[:_MOST], dtype=numpy.int32) for encoding in encodings]

    def matched(self, asked: Pieces, texts: Sequence[Pieces]) -> NDArray[numpy.float32]:
        """In [0, 1], one for each text, which holds one piece at least: how near the nearest of its pieces lies to each piece that is asked,
        in the mean, the pieces that say most counting most (those with long vectors: training makes those of common words short).

        The sum of the greatest cosines of Khattab and Zaharia, ColBERT (2020), here over vectors that know no context.
        """
        if not len(asked) or not texts:
            return numpy.zeros(len(texts), dtype=numpy.float32)
        places = numpy.concatenate(texts)
        used = numpy.zeros(len(self._vectors), dtype=bool)
        used[places] = True
        rows = numpy.flatnonzero(used)
        column = numpy.empty(len(used), dtype=numpy.int32)
        column[rows] = numpy.arange(len(rows))
        own, theirs = (self._vectors[part].astype(numpy.float32) for part in (asked, rows))
        weights = numpy.linalg.norm(own, axis=1) * self._scales[asked]
        cosines = theirs @ own.T
        cosines /= numpy.maximum(numpy.linalg.norm(theirs, axis=1), _TINY)[:, None]
        cosines /= numpy.maximum(numpy.linalg.norm(own, axis=1), _TINY)
        starts = numpy.cumsum([0, *map(len, texts[:-1])])
        nearest = numpy.maximum.reduceat(cosines[column[places]], starts, axis=0)
        found: NDArray[numpy.float32] = numpy.maximum(nearest, 0.0) @ (weights / max(float(weights.sum()), _TINY))
        return found

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        if not texts:
            return numpy.zeros((0, self._vectors.shape[1]), dtype=numpy.float32)
        return numpy.concatenate([self._encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)])

    def _encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        ids = self.pieces(texts)
        vectors = numpy.zeros((len(texts), self._vectors.shape[1]), dtype=numpy.float32)
        for row, own in zip(vectors, ids, strict=True):
            if len(own):
                row[:] = self._scales[own] @ self._vectors[own]
        lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        numpy.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def save(folder: Path, tokenizer: Tokenizer, weights: NDArray[numpy.float32], *, name: str) -> None:
    """Keeps eight bits a number, and one scale a piece."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    scales = (numpy.abs(weights).max(axis=1) / 127).astype(numpy.float16)
    rounded = numpy.rint(weights / numpy.maximum(scales.astype(numpy.float32), 1e-12)[:, None])
    numpy.save(folder / VECTORS, rounded.clip(-127, 127).astype(numpy.int8))
    numpy.save(folder / SCALES, scales)
    (folder / ABOUT).write_text(json.dumps({"name": name, "dimensions": weights.shape[1]}) + "\n", encoding="utf-8")
