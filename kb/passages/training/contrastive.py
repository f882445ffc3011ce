"""Learns a vector for every piece, so that the mean over a text lies near the mean over the text it belongs to.

Of a batch of pairs, each text must find its own partner among all partners (multiple negatives ranking, both ways). No negatives are mined.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from kb.passages.training.pairs import Pair

Ids = list[NDArray[numpy.int32]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """`repeats`: how often a source's pairs are seen in one epoch; `scale` multiplies the cosines; `most`: pieces of a text that are read."""

    repeats: Mapping[str, int]
    size: int = 40_000  # pieces
    dimensions: int = 256
    nested: tuple[int, ...] = (256, 128)  # the first so many dimensions must do alone as well
    epochs: int = 3
    batch: int = 1024  # pairs, of one source
    rate: float = 0.02
    warm_up: float = 0.05  # share of the steps
    scale: float = 20.0
    most: int = 128
    seed: int = 1


def train(tokenizer: Tokenizer, sources: Mapping[str, Sequence[Pair]], recipe: Recipe) -> NDArray[numpy.float32]:
    """The vectors of the pieces, a row each."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    encoded = {name: _encoded(tokenizer, pairs, recipe.most) for name, pairs in sources.items() if pairs}
    bag = nn.EmbeddingBag.from_pretrained(_start(tokenizer.get_vocab_size(), encoded, recipe), freeze=False, mode="mean")
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.rate)
    batches = [batch for _ in range(recipe.epochs) for batch in _batches(encoded, recipe, rng)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(batches), recipe.warm_up))
    began, losses = time.process_time(), 0.0
    for step, (name, chosen) in enumerate(batches, start=1):
        left, right = encoded[name]
        loss = _loss(_bagged(bag, [left[i] for i in chosen]), _bagged(bag, [right[i] for i in chosen]), recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        losses += loss.item()
        if step % 100 == 0 or step == len(batches):
            print(f"{step}/{len(batches)} steps, {time.process_time() - began:.0f} s: loss {losses / (step % 100 or 100):.3f}", flush=True)
            losses = 0.0
    weights: NDArray[numpy.float32] = bag.weight.detach().numpy()
    return weights


def _encoded(tokenizer: Tokenizer, pairs: Sequence[Pair], most: int) -> tuple[Ids, Ids]:
    sides: list[Ids] = []
    for side in range(2):
        encodings = tokenizer.encode_batch_fast([pair[side][: 6 * most] for pair in pairs], add_special_tokens=False)
        sides.append([numpy.asarray(encoding.ids[:most], dtype=numpy.int32) for encoding in encodings])
    both = [i for i in range(len(pairs)) if len(sides[0][i]) and len(sides[1][i])]
    return [sides[0][i] for i in both], [sides[1][i] for i in both]


def _start(pieces: int, encoded: Mapping[str, tuple[Ids, Ids]], recipe: Recipe) -> torch.Tensor:
    """Random directions, as long as a piece is rare: a frequent one should say little from the first step."""
    seen = numpy.zeros(pieces)
    texts = 0
    for left, right in encoded.values():
        for ids in (*left, *right):
            seen[numpy.unique(ids)] += 1
            texts += 1
    rarity = numpy.log(1 + texts / (1 + seen))
    directions = torch.randn(pieces, recipe.dimensions) / math.sqrt(recipe.dimensions)
    return directions * torch.from_numpy(rarity / rarity.mean()).float()[:, None]


def _batches(encoded: Mapping[str, tuple[Ids, Ids]], recipe: Recipe, rng: random.Random) -> list[tuple[str, list[int]]]:
    batches: list[tuple[str, list[int]]] = []
    for name, (left, _) in encoded.items():
        for _ in range(recipe.repeats.get(name, 1)):
            order = list(range(len(left)))
            rng.shuffle(order)
            batches += [(name, order[i : i + recipe.batch]) for i in range(0, len(order), recipe.batch)]
    rng.shuffle(batches)
    return batches


def _bagged(bag: nn.EmbeddingBag, texts: Ids) -> torch.Tensor:
    lengths = numpy.fromiter((len(ids) for ids in texts), dtype=numpy.int64)
    offsets = numpy.concatenate(([0], lengths.cumsum()[:-1]))
    vectors: torch.Tensor = bag(torch.from_numpy(numpy.concatenate(texts)), torch.from_numpy(offsets.astype(numpy.int32)))
    return vectors


def _loss(left: torch.Tensor, right: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    own = torch.arange(len(left))
    total = torch.zeros(())
    for dimensions in recipe.nested:
        one = nn.functional.normalize(left[:, :dimensions], dim=1)
        other = nn.functional.normalize(right[:, :dimensions], dim=1)
        scores = recipe.scale * one @ other.T
        total = total + nn.functional.cross_entropy(scores, own) + nn.functional.cross_entropy(scores.T, own)
    return total / (2 * len(recipe.nested))


def _rate(step: int, steps: int, warm_up: float) -> float:
    first = max(1, int(steps * warm_up))
    return (step + 1) / first if step < first else max(0.0, (steps - step) / (steps - first))
