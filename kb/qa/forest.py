"""Boosted decision trees that were fitted beforehand: every class's odds are the sum of what the leaves of its trees hold."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """Node by node: the place of the trait it looks at (-1 in a leaf), the limit up to which `left` follows, else `right`; what a leaf adds."""

    trait: tuple[int, ...]
    limit: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    adds: tuple[float, ...]

    def of(self, values: Sequence[float]) -> float:
        node = 0
        while self.trait[node] >= 0:
            node = self.left[node] if values[self.trait[node]] <= self.limit[node] else self.right[node]
        return self.adds[node]


@dataclass(frozen=True, slots=True)
class Forest:
    """`start`: class → logarithm of its odds before any tree; `trees`: the trees of each class."""

    traits: tuple[str, ...]
    start: tuple[float, ...]
    trees: tuple[tuple[Tree, ...], ...]

    @classmethod
    def read(cls, text: str) -> Forest:
        """:raises ValueError: not what `written` writes."""
        table = json.loads(text)
        trees = tuple(tuple(Tree(*(tuple(row) for row in rows)) for rows in own) for own in table["trees"])
        return cls(tuple(table["traits"]), tuple(table["start"]), trees)

    def written(self) -> str:
        rows = [[[tree.trait, tree.limit, tree.left, tree.right, tree.adds] for tree in own] for own in self.trees]
        table = {"traits": self.traits, "start": self.start, "trees": rows}
        return json.dumps(table, separators=(",", ":")).replace("]],", "]],\n") + "\n"

    def shares(self, traits: Mapping[str, float]) -> tuple[float, ...]:
        """Class → how likely it is; together 1. :raises KeyError: a trait is lacking."""
        values = [traits[name] for name in self.traits]
        odds = [start + sum(tree.of(values) for tree in own) for start, own in zip(self.start, self.trees, strict=True)]
        weights = [math.exp(one - max(odds)) for one in odds]
        return tuple(weight / sum(weights) for weight in weights)
