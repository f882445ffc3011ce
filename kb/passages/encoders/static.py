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

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        if not texts:
            return numpy.zeros((0, self._vectors.shape[1]), dtype=numpy.float32)
        return numpy.concatenate([self._encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)])

    def _encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        ids = [encoding.ids[:_MOST] for encoding in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        vectors = numpy.zeros((len(texts), self._vectors.shape[1]), dtype=numpy.float32)
        for row, own in zip(vectors, ids, strict=True):
            if own:
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
