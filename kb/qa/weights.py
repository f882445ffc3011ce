"""Weights that were fitted beforehand: how likely something is, by the sum of what its traits weigh (logistic regression)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BIAS = "bias"
_MOST = 30.0  # logarithm of the odds, beyond which nothing is surer


@dataclass(frozen=True, slots=True)
class Weights:
    """`of`: trait → weight in the logarithm of the odds, and `bias`."""

    of: Mapping[str, float]

    @classmethod
    def read(cls, text: str) -> Weights:
        """:raises ValueError: a line that is no comment and not a trait, a tab and a number."""
        rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        return cls({trait: float(weight) for trait, weight in rows})

    def likelihood(self, traits: Mapping[str, float]) -> float:
        """In [0, 1]; a trait without a weight says nothing."""
        odds = self.of[_BIAS] + sum(self.of.get(name, 0.0) * value for name, value in traits.items())
        return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, odds))))


@cache
def weights(name: str) -> Weights:
    """Of a file of `kb/qa`."""
    return Weights.read(resources.files("kb.qa").joinpath(name).read_text(encoding="utf-8"))
